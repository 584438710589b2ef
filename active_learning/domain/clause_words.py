"""What a clause's words say of posts before anybody answered: texts like what it covers, and like what it does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

LONGEST = 1_000
MOST = 60
_COVERED = frozenset({"definition", "use_when", "examples"})
_NOT_COVERED = frozenset({"avoid_when", "counter_examples"})


class Worded(Protocol):
    """A clause as a release says it."""

    @property
    def title(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def answer_values(self) -> tuple[str, ...]: ...
    @property
    def harmful_values(self) -> Collection[str]: ...


def words_of(clause: Worded) -> tuple[list[str], list[str]]:
    """Return the texts of what the clause covers, and of what it does not, each once, at most 60 of 1,000 characters.

    Title and question, the definition, and when to use it are covered, line by line; when to avoid it is not. An
    example goes by its ruling, where it has one. Interpretations and reasons say neither.
    """
    covered, others = [f"{clause.title}. {clause.question}".strip(". ")], list[str]()
    for block in clause.blocks:
        if block["type"] not in _COVERED | _NOT_COVERED:
            continue
        own = covered if block["type"] in _COVERED else others
        own += str(block.get("text") or "").splitlines()
        for item in block.get("items") or ():
            ruling, place = item.get("ruling"), own
            if ruling in clause.answer_values:
                place = covered if ruling in clause.harmful_values else others
            place.append(str(item.get("text") or ""))
    return _each_once(covered), _each_once(others)


def _each_once(texts: Iterable[str]) -> list[str]:
    kept = dict.fromkeys(text for one in texts if (text := one.strip(" \t-*•#>").strip()[:LONGEST]))
    return list(kept)[:MOST]
