"""The texts of a clause that a question may be like, each short enough for an encoder to read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

LONGEST = 1_000
MOST = 60


class Worded(Protocol):
    """A clause as a release says it."""

    @property
    def title(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def translations(self) -> Sequence[Mapping[str, Any]]: ...


def clause_passages(clause: Worded) -> list[str]:
    """Return what a clause says, passage by passage, each once and none empty, at most 60 of 1,000 characters.

    The title and the question are one; each block's text is one, each example's text, and each passage in another
    language. The order is the clause's own, so the same clause gives the same passages.
    """
    said = [f"{clause.title}. {clause.question}".strip(". ")]
    for block in clause.blocks:
        said.append(str(block.get("text") or ""))
        said += [str(item.get("text") or "") for item in block.get("items") or ()]
    for translation in clause.translations:
        said += [str(passage.get("text") or "") for passage in translation.get("passages") or ()]
    kept = dict.fromkeys(text for one in said if (text := one.strip()[:LONGEST].rstrip()))
    return list(kept)[:MOST]
