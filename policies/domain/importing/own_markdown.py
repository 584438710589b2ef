"""The annotators' guide read back: exactly where nobody touched it, from its words where somebody did."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import (
    BlockType,
    ClauseDocument,
    clause_document_read,
)
from policies.domain.exporting.policy_json import PolicyFacts
from policies.domain.exporting.policy_markdown import CLOSING, OPENING, guide_text, text_sha256
from policies.domain.importing.own_json import own_clause, own_proposal, without_unknown_parents
from policies.domain.importing.proposal import Note, NoteKind, Proposal, ProposedClause
from policies.domain.importing.sources import Source
from policies.domain.markdown_guide import BLOCK_TITLES

_MARK = OPENING.split(":")[0]
_CLAUSE = re.compile(r"^(#{2,6}) (.*) \(`([a-z][a-z0-9-]{0,63})`\)$")
_BLOCKS = {title: kind for kind, title in BLOCK_TITLES.items()}
_ANSWER = re.compile(r"^- `([a-z0-9][a-z0-9_-]{0,63})`: (.*?)( \(harmful\))?$")
_SEVERITIES = re.compile(r"^Severity: (.*)\.$")


def is_own_markdown(text: str) -> bool:
    """Tell whether a text is a guide as Concord writes it, with or without what reads it back."""
    if _MARK in text:
        return True
    lines = text.split("\n")
    is_guide = any(re.fullmatch(r"Release [a-z0-9-]+(@\d+| \(draft\))", line) for line in lines[:6])
    return is_guide and any(_CLAUSE.match(line) for line in lines)


@dataclass(slots=True)
class _Part:
    """One clause's part of the guide: its heading and the lines up to the next."""

    level: int
    title: str
    key: str
    line: int
    lines: list[str]


def guide_proposal(source: Source, notes: list[Note]) -> Proposal:
    """Read a guide; see `policies.domain.exporting.policy_markdown` for what stands behind it."""
    guide, behind = _divided(source.text)
    rows = _rows(source, behind, notes)
    head = rows[0][1] if rows else {}
    stored = {row["key"]: row for _, row in rows[1:] if isinstance(row.get("key"), str)}
    data = {**head, "clauses": [row for _, row in rows[1:]]}
    if rows and _is_untouched(source, guide, head, rows):
        return own_proposal(source, data, notes)
    before = len(notes)
    proposal = own_proposal(source, data, notes) if rows else Proposal(key="", title="")
    del notes[before:]
    known = {clause.key: clause for clause in proposal.clauses}
    clauses, changed = _clauses_read(source, guide, known, stored, notes)
    title = next((line[2:].strip() for line in guide.split("\n") if line.startswith("# ")), "")
    if changed:
        sentence = f"Read from the words, because the text was changed: {', '.join(changed[:10])}."
        notes.append(
            Note(
                NoteKind.CHANGED,
                sentence if rows else "Kinds of parts and evidence were assumed.",
                source.name,
            )
        )
    gone = [key for key in known if key not in {clause.key for clause in clauses}]
    if gone:
        notes.append(Note(NoteKind.LEFT_OUT, f"Taken out of the text: {', '.join(gone[:10])}.", source.name))
    label = re.search(r"^Release ([a-z0-9-]+)(?:@\d+| \(draft\))$", guide, re.MULTILINE)
    return Proposal(
        key=proposal.key or (label.group(1) if label else ""),
        title=title or proposal.title or source.stem,
        summary=proposal.summary,
        release_notes=proposal.release_notes,
        clauses=tuple(without_unknown_parents(clauses)),
        notes=tuple(notes),
    )


def _divided(text: str) -> tuple[str, str]:
    at = text.rfind(_MARK)
    if at < 0:
        return text, ""
    behind = text[at:].partition("\n")[2]
    return text[:at], behind.rpartition(CLOSING)[0] or behind


def _rows(source: Source, behind: str, notes: list[Note]) -> list[tuple[int, dict[str, Any]]]:
    first = source.text.count("\n", 0, source.text.rfind(_MARK)) + 2 if behind else 0
    rows: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(behind.split("\n"), start=first):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            rows.append((number, row))
        else:
            notes.append(
                Note(NoteKind.PROBLEM, "This line of the comment at the end is damaged.", source.name, number)
            )
    return rows if rows and "policy" in rows[0][1] else []


def _is_untouched(
    source: Source, guide: str, head: Mapping[str, Any], rows: Sequence[tuple[int, dict[str, Any]]]
) -> bool:
    """Tell whether the stored clauses make this very guide."""
    quiet: list[Note] = []
    placed = []
    for at, (line, row) in enumerate(rows[1:]):
        clause = own_clause(source, row, "", quiet, line=line)
        if clause is None:
            return False
        meaning = row.get("meaning_revision")
        placed.append(PlacedClause(clause.key, clause.parent_key, at, clause.document, meaning))
    policy, release = head.get("policy"), head.get("release")
    lines = head.get("lines")
    if not isinstance(policy, dict) or not isinstance(release, dict) or not isinstance(lines, list):
        return False
    number = release.get("number")
    facts = PolicyFacts(
        key=str(policy.get("key", "")),
        title="",
        release_title=str(release.get("title", "")),
        number=number if isinstance(number, int) else None,
    )
    made = guide_text(facts, placed, lines=[str(line) for line in lines])
    return _even(made) == _even(guide)


def _even(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def _parts(guide: str) -> list[_Part]:
    parts: list[_Part] = []
    for number, line in enumerate(guide.split("\n"), start=1):
        found = _CLAUSE.match(line)
        if found:
            parts.append(_Part(len(found.group(1)), found.group(2), found.group(3), number, [line]))
        elif parts:
            parts[-1].lines.append(line)
    return parts


def _clauses_read(
    source: Source,
    guide: str,
    known: Mapping[str, ProposedClause],
    stored: Mapping[str, Mapping[str, Any]],
    notes: list[Note],
) -> tuple[list[ProposedClause], list[str]]:
    clauses: list[ProposedClause] = []
    changed: list[str] = []
    above: list[tuple[int, str]] = []
    for part in _parts(guide):
        if part.key in {clause.key for clause in clauses}:
            notes.append(Note(NoteKind.PROBLEM, f"The key {part.key} stands twice.", source.name, part.line))
            continue
        while above and above[-1][0] >= part.level:
            above.pop()
        old = known.get(part.key)
        parent = old.parent_key if old is not None else (above[-1][1] if above else "")
        above.append((part.level, part.key))
        is_same = old is not None and stored[part.key].get("text") == text_sha256("\n".join(part.lines))
        document = old.document if old is not None else None
        if not is_same:
            changed.append(part.key)
            document = _document(part, document, source, notes)
        if document is not None:
            clauses.append(ProposedClause(part.key, parent, document, source.name, part.line))
    return clauses, changed


def _document(
    part: _Part, old: ClauseDocument | None, source: Source, notes: list[Note]
) -> ClauseDocument | None:
    """Read one clause from its words; what words do not say stays as it was, or gets the usual defaults."""
    base = old.model_dump(mode="json") if old is not None else {}
    intro, passages = _passages(part.lines[1:])
    question = re.match(r"^\*\*(.*)\*\*$", next((line for line in intro if line.startswith("**")), ""))
    answers = [
        {"value": found.group(1), "label": found.group(2), "harmful": bool(found.group(3))}
        for line in intro
        if (found := _ANSWER.match(line))
    ]
    scale = next((found.group(1) for line in intro if (found := _SEVERITIES.match(line))), "")
    is_axis = any(line.startswith("Answer from −3") for line in intro)
    severities = [
        {"value": int(value), "label": label}
        for value, label in re.findall(r"(?:^|, )(\d{1,3}) (.*?)(?=, \d{1,3} |$)", scale)
    ]
    document = {
        "kind": "axis" if is_axis else "verdict",
        "modalities": [] if is_axis else ["text"],
        "evidence_kinds": [] if is_axis else ["text_span", "whole_post"],
        **base,
        "title": part.title,
        "question": question.group(1) if question else "",
        "answers": answers,
        "severities": severities,
        "blocks": _blocks(passages, base.get("blocks") or [], answers, severities),
    }
    read, errors = clause_document_read(document)
    if read is None:
        told = "; ".join(f"{error['path']}: {error['message']}" for error in errors[:3])
        notes.append(
            Note(NoteKind.PROBLEM, f"The clause {part.key} cannot be used: {told}", source.name, part.line)
        )
    return read


def _passages(lines: Sequence[str]) -> tuple[list[str], list[tuple[BlockType, list[str]]]]:
    intro: list[str] = []
    passages: list[tuple[BlockType, list[str]]] = []
    for line in lines:
        found = re.match(r"^#{3,7} (.*)$", line)
        if found and found.group(1) in _BLOCKS:
            passages.append((_BLOCKS[found.group(1)], []))
        elif passages:
            passages[-1][1].append(line)
        else:
            intro.append(line)
    return intro, passages


def _blocks(
    passages: Sequence[tuple[BlockType, list[str]]],
    before: Sequence[Mapping[str, Any]],
    answers: Sequence[Mapping[str, Any]],
    severities: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    left = list(before)
    blocks: list[dict[str, Any]] = []
    for kind, lines in passages:
        twin = next((block for block in left if block["type"] == kind.value), None)
        if twin is not None:
            left.remove(twin)
        block: dict[str, Any] = {"type": kind.value, "id": twin["id"] if twin else ""}
        if kind in (BlockType.EXAMPLES, BlockType.COUNTER_EXAMPLES):
            items = {item["text"]: item for item in (twin or {}).get("items", [])}
            block["items"] = _items(lines, items, answers, severities)
        else:
            block["text"] = "\n".join(lines).strip("\n")
        blocks.append(block)
    return blocks


def _items(
    lines: Sequence[str],
    known: Mapping[str, Mapping[str, Any]],
    answers: Sequence[Mapping[str, Any]],
    severities: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    is_quote = False
    for line in lines:
        if line.startswith(">"):
            said = line[1:].removeprefix(" ")
            if is_quote:
                items[-1]["text"] += f"\n{said}"
            else:
                items.append({"text": said, "why": ""})
            is_quote = True
        elif line.strip():
            is_quote = False
            if items:
                items[-1]["why"] = f"{items[-1]['why']}\n{line}".strip("\n")
        else:
            is_quote = False
    return [_item(item, known, answers, severities) for item in items]


def _item(
    item: dict[str, Any],
    known: Mapping[str, Mapping[str, Any]],
    answers: Sequence[Mapping[str, Any]],
    severities: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    found = re.match(r"^\*\*(.*?)\.\*\*\s?(.*)$", item["why"], re.DOTALL)
    ruling, why, severity = "", item["why"], None
    if found:
        said, why = found.group(1), found.group(2)
        for answer in sorted(answers, key=lambda one: -len(one["label"])):
            if said == answer["label"] or said.startswith(f"{answer['label']}, "):
                ruling, said = answer["value"], said[len(answer["label"]) :].removeprefix(", ")
                break
        severity = next((step["value"] for step in severities if step["label"] == said), None)
    return {
        **known.get(item["text"], {}),
        "text": item["text"],
        "why": why,
        "ruling": ruling,
        "severity": severity,
    }
