"""Policies as Concord exports them, read back exactly; what somebody changed since is said."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from policies.domain.canonical import PlacedClause, clause_sha256, release_sha256
from policies.domain.clause_documents import KEY_PATTERN, ClauseDocument, clause_document_read
from policies.domain.exporting.policy_json import SCHEMA
from policies.domain.importing.proposal import Note, NoteKind, Proposal, ProposedClause
from policies.domain.importing.sources import Source
from policies.domain.lineage import lineage_read

_DEEPEST = 30


def is_own_json(data: Any) -> bool:
    """Tell whether ``data`` is an exported policy."""
    return isinstance(data, dict) and data.get("schema") == SCHEMA


def json_read(source: Source, notes: list[Note]) -> Any:
    """Return the data of a JSON file, or ``None`` with a note that names the line."""
    try:
        _depth_checked(source.text)
        return json.loads(source.text, parse_constant=_constant_refused)
    except json.JSONDecodeError as error:
        notes.append(
            Note(NoteKind.PROBLEM, f"This is no JSON: {error.msg.lower()}.", source.name, error.lineno)
        )
    except (ValueError, RecursionError) as error:
        notes.append(Note(NoteKind.PROBLEM, f"This JSON is not read: {error}.", source.name))
    return None


def own_proposal(source: Source, data: Mapping[str, Any], notes: list[Note]) -> Proposal:
    """Return what an exported policy says; clauses that cannot be used are named and left out."""
    policy = _mapping(data.get("policy"))
    release = _mapping(data.get("release"))
    rows = data.get("clauses")
    clauses: list[ProposedClause] = []
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        clause = own_clause(source, row, f"Clause {number}", notes)
        if clause is not None:
            clauses.append(clause)
    title = _text(release.get("title")) or _text(policy.get("title"))
    is_exact = _hash_told(source, data, clauses, title, notes)
    return Proposal(
        key=_text(policy.get("key"))[:64],
        title=title[:500] or source.stem,
        summary=_text(policy.get("summary"))[:5000],
        release_notes=_text(release.get("notes")),
        clauses=tuple(clauses),
        notes=tuple(notes),
        is_exact=is_exact,
    )


def own_clause(
    source: Source, row: Any, name: str, notes: list[Note], *, line: int = 0
) -> ProposedClause | None:
    """Return one exported clause, or ``None`` with a note."""
    fields = _mapping(row)
    key = _text(fields.get("key"))
    if not re.fullmatch(KEY_PATTERN, key) or len(key) > 64:
        notes.append(Note(NoteKind.PROBLEM, f"{name} has no key that can be used.", source.name, line))
        return None
    document, errors = clause_document_read(fields.get("document"))
    if document is None:
        told = "; ".join(f"{error['path'] or 'the clause'}: {error['message']}" for error in errors[:3])
        notes.append(Note(NoteKind.PROBLEM, f"The clause {key} cannot be used: {told}", source.name, line))
        return None
    parent = _text(fields.get("parent"))
    return ProposedClause(key, parent, document, source.name, line)


def _hash_told(
    source: Source, data: Mapping[str, Any], clauses: Sequence[ProposedClause], title: str, notes: list[Note]
) -> bool:
    """Say which clauses are not what was exported; tell whether the whole is."""
    rows = {
        row["key"]: row
        for row in data.get("clauses") or []
        if isinstance(row, dict) and isinstance(row.get("key"), str)
    }
    changed = [
        clause.key
        for clause in clauses
        if rows[clause.key].get("sha256") and clause_sha256(clause.document) != rows[clause.key]["sha256"]
    ]
    if changed:
        notes.append(
            Note(NoteKind.CHANGED, f"Changed since it was exported: {', '.join(changed[:10])}.", source.name)
        )
    given = _text(_mapping(data.get("release")).get("content_sha256"))
    return not changed and (not given or _release_hash(data, clauses, title, rows) == given)


def _release_hash(
    data: Mapping[str, Any], clauses: Sequence[ProposedClause], title: str, rows: Mapping[str, Any]
) -> str:
    placed = [
        PlacedClause(
            clause.key, clause.parent_key, at, clause.document, rows[clause.key].get("meaning_revision")
        )
        for at, clause in enumerate(clauses)
    ]
    try:
        lineage = lineage_read(_mapping(data.get("release")).get("lineage") or [])
        key = _text(_mapping(data.get("policy")).get("key"))
        return release_sha256(policy_key=key, title=title, clauses=placed, lineage=lineage)
    except (KeyError, TypeError, ValueError, AttributeError):
        return ""


def without_unknown_parents(clauses: Sequence[ProposedClause]) -> list[ProposedClause]:
    """Return clauses whose parents are among them; others stand at the top."""
    keys = {clause.key for clause in clauses}
    return [clause if clause.parent_key in keys else replace(clause, parent_key="") for clause in clauses]


def document_of(data: Any) -> ClauseDocument | None:
    """Return a clause's text from plain JSON, or ``None`` when it is none."""
    return clause_document_read(data)[0]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _depth_checked(text: str) -> None:
    depth = deepest = 0
    in_text = escaped = False
    for character in text:
        if in_text:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_text = False
        elif character == '"':
            in_text = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    if deepest > _DEEPEST:
        raise ValueError(f"it is nested deeper than {_DEEPEST} levels")


def _constant_refused(name: str) -> Any:
    raise ValueError(f"{name} is no number")
