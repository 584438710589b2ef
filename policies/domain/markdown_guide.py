"""A release as a markdown document for annotators: also what exports ship as ``policies/<key>@<n>.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import (
    BlockType,
    ClauseDocument,
    ClauseKind,
    ExampleItem,
    ExamplesBlock,
    RelationKind,
)

BLOCK_TITLES: Mapping[BlockType, str] = {
    BlockType.DEFINITION: "Definition",
    BlockType.USE_WHEN: "Use when",
    BlockType.AVOID_WHEN: "Avoid when",
    BlockType.INTERPRETATION: "How to read this",
    BlockType.EXAMPLES: "Examples",
    BlockType.COUNTER_EXAMPLES: "Counter-examples",
    BlockType.RATIONALE: "Why this rule exists",
}

_RELATION_WORDS: Mapping[RelationKind, str] = {
    RelationKind.EXCLUDES: "Does not apply together with",
    RelationKind.TAKES_PRECEDENCE: "Takes precedence over",
    RelationKind.EXEMPLIFIES: "Is a special case of",
    RelationKind.SEE_ALSO: "See also",
}


def release_guide(*, label: str, title: str, facts: Sequence[str], clauses: Sequence[PlacedClause]) -> str:
    """Render a release as markdown, clauses in outline order, children one heading level below their parent.

    Parameters
    ----------
    label
        The name people cite, such as ``community-safety@2``.
    title
        The title of the policy.
    facts
        Lines for the head: effective date, hash.
    clauses
        All clauses of the release.

    Returns
    -------
    str
        Ends in one newline; the same input gives the same bytes.
    """
    depths = outline_depths(clauses)
    lines = [f"# {title}", "", f"Release {label}", "", *(f"- {fact}" for fact in facts)]
    ordered = sorted(clauses, key=lambda clause: (clause.position, clause.key))
    for clause in ordered:
        lines += ["", *_clause_lines(clause, "#" * min(2 + depths[clause.key], 5))]
    return "\n".join(lines).rstrip() + "\n"


def clause_guide(clause: PlacedClause) -> str:
    """Render one clause as markdown, under a heading of the second level."""
    return "\n".join(_clause_lines(clause, "##")).rstrip() + "\n"


def outline_depths(clauses: Sequence[PlacedClause]) -> dict[str, int]:
    """Return key → how many ancestors stand above the clause; unknown or circular parents count as none."""
    parents = {clause.key: clause.parent_key for clause in clauses}
    depths: dict[str, int] = {}
    for key in parents:
        seen = {key}
        parent = parents[key]
        while parent in parents and parent not in seen:
            seen.add(parent)
            parent = parents[parent]
        depths[key] = len(seen) - 1
    return depths


def _clause_lines(clause: PlacedClause, heading: str) -> list[str]:
    document = clause.document
    lines = [f"{heading} {document.title} (`{clause.key}`)", ""]
    if clause.meaning_revision is not None:
        lines += [f"*Meaning revision {clause.meaning_revision}*", ""]
    if document.question:
        lines += [f"**{document.question}**", ""]
    lines += _scale_lines(document)
    for block in document.blocks:
        title = BLOCK_TITLES[block.type]
        if isinstance(block, ExamplesBlock):
            body = [line for item in block.items for line in _example_lines(item, document)]
        else:
            body = block.text.split("\n") if block.text else []
        if body:
            lines += [f"{heading}# {title}", "", *body, ""]
    for relation in document.relations:
        lines += [f"{_RELATION_WORDS[relation.kind]}: `{relation.clause_key}`", ""]
    return lines


def _scale_lines(document: ClauseDocument) -> list[str]:
    if document.kind is ClauseKind.AXIS:
        return [
            "Answer from −3 (the first response is much better) over 0 (equal) to +3 (the second is).",
            "",
            *_step_lines(document),
        ]
    lines = [f"- `{a.value}`: {a.label}{' (harmful)' if a.harmful else ''}" for a in document.answers]
    if document.severities:
        scale = ", ".join(f"{step.value} {step.label}" for step in document.severities)
        lines += ["", f"Severity: {scale}."]
    required = [name for name in ("evidence", "reason", "severity") if getattr(document.requires, name)]
    if required:
        lines += ["", f"A harmful answer needs: {', '.join(required)}."]
    if document.evidence_kinds:
        lines += ["", f"Evidence: {', '.join(kind.replace('_', ' ') for kind in document.evidence_kinds)}."]
    return [*lines, ""] if lines else []


def _step_lines(document: ClauseDocument) -> list[str]:
    if not document.answers:
        return []
    steps = [f"- `{answer.value}`: {answer.label}" for answer in document.answers]
    return ["Where a response is rated alone:", "", *steps, ""]


def _example_lines(item: ExampleItem, document: ClauseDocument) -> list[str]:
    labels = {answer.value: answer.label for answer in document.answers}
    severities = {step.value: step.label for step in document.severities}
    ruling = labels.get(item.ruling, item.ruling)
    if item.severity is not None:
        ruling += f", {severities.get(item.severity, str(item.severity))}"
    quoted = [f"> {line}".rstrip() for line in item.text.split("\n")] if item.text or not item.media else []
    shown = [shown.note or shown.asset_id for shown in item.media]
    quoted += [f"> *Shows: {note}*" for note in shown]
    after = " ".join(part for part in (f"**{ruling}.**" if ruling else "", item.why) if part)
    return [*quoted, "", after, ""] if after else [*quoted, ""]
