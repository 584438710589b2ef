"""The changelog: what changed from the version before, by kind, clause and split, and why, in Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.domain.difference import KindDifference, Part, Why
from exports.domain.exclusions import SENTENCES, Reason
from exports.domain.splits import SPLITS
from exports.domain.summary import Summary

PATH = "CHANGELOG.md"
_EMPTY = "—"
_WORDS: dict[str, str] = {
    Why.NEW_ITEM: "The version before knew nothing of it.",
    Why.ITEM_GONE: "It is not among what is taken any more.",
    Why.RELEASE_CHANGED: "Its answers are of another policy release.",
    Why.DECISION_CHANGED: "What was decided, or the row's own text, is another.",
    Why.NEW_ANSWERS: "The number of people it rests on is another.",
    Why.SPLIT_CHANGED: "It went to another split.",
    Why.STALENESS_CHANGED: "Whether its answers still hold is another.",
    Why.CONTENT_CHANGED: "Agreement, probability or source is another.",
}


@dataclass(frozen=True)
class Edition:
    """A version as the changelog names it."""

    number: int
    release_label: str


@dataclass(frozen=True)
class ChangelogFacts:
    """What the changelog tells beside the numbers; ``before`` is nothing for the first version."""

    name: str
    title: str
    now: Edition
    before: Edition | None = None
    definition_changes: Sequence[Mapping[str, Any]] = ()


def changelog_first(facts: ChangelogFacts, summary: Summary) -> str:
    """Return the changelog of a version that none comes before."""
    lines = [
        *_head(facts),
        "This is the first version: there is none to compare it with. All of its rows are new.",
        "",
        "| kind | split | rows |",
        "|---|---|---:|",
        *(
            f"| `{kind}` | {split} | {counts[split]} |"
            for kind, counts in summary.counts().items()
            for split in SPLITS
            if counts.get(split)
        ),
    ]
    return "\n".join(lines) + "\n"


def changelog_unread(facts: ChangelogFacts) -> str:
    """Return the changelog where the store has lost files of the version before."""
    assert facts.before is not None
    lines = [
        *_head(facts),
        f"Files of version {facts.before.number} are lost, so rows could not be compared with it.",
        "",
        *_definition(facts.definition_changes),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def changelog_text(facts: ChangelogFacts, kinds: Mapping[str, KindDifference]) -> str:
    """Return the changelog against the version before."""
    assert facts.before is not None
    lines = [*_head(facts), f"Compared with version {facts.before.number}.", ""]
    if facts.before.release_label != facts.now.release_label:
        lines += [f"The policy release was `{facts.before.release_label}` before.", ""]
    lines += [*_definition(facts.definition_changes), *_totals(kinds)]
    for kind, found in kinds.items():
        lines += _kind(kind, found)
    return "\n".join([*lines, *_meanings(kinds)]).rstrip("\n") + "\n"


def _head(facts: ChangelogFacts) -> Iterator[str]:
    yield f"# What changed in {facts.title}, version {facts.now.number}"
    yield ""
    yield f"Dataset `{facts.name}`, built under the policy release `{facts.now.release_label}`."
    yield ""


def _definition(changes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not changes:
        return
    yield "## What is asked for"
    yield ""
    yield "| field | before | now |"
    yield "|---|---|---|"
    for change in changes:
        yield f"| `{change['field']}` | {_value(change['before'])} | {_value(change['after'])} |"
    yield ""


def _totals(kinds: Mapping[str, KindDifference]) -> Iterator[str]:
    yield "## Rows"
    yield ""
    if all(found.is_same for found in kinds.values()):
        yield "No row came in, went out or changed."
        yield ""
    yield "| kind | before | in | out | changed | the same | now |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for kind, found in kinds.items():
        kept = found.rows_changed + found.rows_same
        yield (
            f"| `{kind}` | {kept + found.rows_out} | {found.rows_in} | {found.rows_out} | {found.rows_changed} "
            f"| {found.rows_same} | {kept + found.rows_in} |"
        )
    yield ""


def _kind(kind: str, found: KindDifference) -> Iterator[str]:
    if found.is_same:
        return
    yield f"### `{kind}`"
    yield ""
    yield "| clause | split | what | why | rows |"
    yield "|---|---|---|---|---:|"
    for part, rows in sorted(found.parts.items(), key=lambda pair: _place(pair[0])):
        clause = f"`{part.clause}`" if part.clause else _EMPTY
        yield f"| {clause} | {part.split} | {part.change} | `{part.why}` | {rows} |"
    yield ""


def _place(part: Part) -> tuple[str, int, str, str]:
    return part.clause, SPLITS.index(part.split), part.change, part.why


def _meanings(kinds: Mapping[str, KindDifference]) -> Iterator[str]:
    """Say what each reason that was given means."""
    given = sorted({why for found in kinds.values() for why in found.reasons})
    if not given:
        return
    yield "## Why"
    yield ""
    for why in given:
        yield f"- `{why}`: {_sentence(why)}"


def _sentence(why: str) -> str:
    when, _, reason = why.partition("_")
    if when == "was":
        return f"It was left out before. {SENTENCES[Reason(reason)]}"
    if when == "now":
        return f"It is left out now. {SENTENCES[Reason(reason)]}"
    return _WORDS[why]


def _value(value: Any) -> str:
    """Return a value of the definition so that a cell of a table holds it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "`" + text.replace("|", "\\|") + "`"
