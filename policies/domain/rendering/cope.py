"""Clauses laid out as a CoPE labeler reads them: criteria, terms, and per label what is included and excluded."""

from __future__ import annotations

from collections.abc import Sequence

from policies.domain.rendering.pieces import Example, Pieces, listed, quoted

_SHOWN_EXAMPLES = 8


def cope_prompt(asked: Sequence[Pieces], *, title: str) -> tuple[str, list[str]]:
    """Return the criteria document for these clauses, one label each, and sentences on what it leaves out.

    Of each side's examples the first eight stand under its label.
    """
    lines = [title, "", "# Criteria", "", "## Overview", ""]
    what = ", ".join(pieces.title for pieces in asked)
    lines += [f"This policy says which posts carry the label{'s' if len(asked) > 1 else ''}: {what}.", ""]
    if any(pieces.definition for pieces in asked):
        lines += ["## Definition of Terms", ""]
        for pieces in asked:
            if pieces.definition:
                lines += [f"- **{pieces.title}**: {_indented(pieces.definition)}"]
        lines.append("")
    lines += ["## Interpretation of Language", ""]
    lines += ["- Apply these criteria exactly as written."]
    lines += ["- Do not judge a post by what it may imply, except where a criterion says so."]
    for pieces in asked:
        lines += listed(pieces.interpretation)
    lines += ["", "## Definition of Labels" if len(asked) > 1 else "## Definition of Label", ""]
    notes: list[str] = []
    for pieces in asked:
        lines += _label(pieces, notes)
    if any(pieces.rationale for pieces in asked):
        notes.append("The rationale is left out: it explains the rule and is no part of it.")
    if any(pieces.severities for pieces in asked):
        notes.append("Severities are left out: a CoPE labeler answers yes or no for each label.")
    return "\n".join(lines).rstrip() + "\n", notes


def _label(pieces: Pieces, notes: list[str]) -> list[str]:
    lines = [f"### ({pieces.key.upper()}) {pieces.title}", "", "#### Includes", ""]
    lines += listed(pieces.includes or pieces.definition)
    lines += _examples(pieces, is_covered=True, notes=notes)
    lines += ["", "#### Excludes", ""]
    spared = [*listed(pieces.excludes), *_examples(pieces, is_covered=False, notes=notes)]
    lines += spared or ["- Everything not named under Includes"]
    if not spared:
        notes.append(
            f"“{pieces.title}” says nothing about what it leaves out; two labelers may draw the line apart."
        )
    for sentence in pieces.precedence:
        lines.append(f"- **Precedence**: {sentence}")
    return [*lines, ""]


def _examples(pieces: Pieces, *, is_covered: bool, notes: list[str]) -> list[str]:
    side: list[Example] = [example for example in pieces.examples if example.is_covered is is_covered]
    if len(side) > _SHOWN_EXAMPLES:
        kind = "included" if is_covered else "excluded"
        notes.append(
            f"“{pieces.title}”: {len(side) - _SHOWN_EXAMPLES} of {len(side)} {kind} examples are left out."
        )
    if not side:
        return []
    return ["- **Examples**:", *(f"  - {quoted(example.text)}" for example in side[:_SHOWN_EXAMPLES])]


def _indented(passages: Sequence[str]) -> str:
    lines = "\n".join(passages).split("\n")
    return "\n".join([lines[0], *(f"  {line}" if line else "" for line in lines[1:])])
