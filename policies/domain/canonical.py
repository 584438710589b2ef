"""One byte sequence for one meaning of "the same release": what the hash of a release is taken over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.domain.clause_documents import ClauseDocument, clause_json
from policies.domain.lineage import LineageStep, lineage_json

SCHEMA = "concord.release/1"


@dataclass(frozen=True, slots=True)
class PlacedClause:
    """A clause where it stands in the outline of a release."""

    key: str
    parent_key: str
    position: int
    document: ClauseDocument
    meaning_revision: int | None = None


def canonical_json(value: Any) -> bytes:
    """Return ``value`` as UTF-8 JSON with sorted keys and no blanks."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def clause_canonical(document: ClauseDocument) -> dict[str, Any]:
    """Return ``document`` as JSON without empty fields; modalities and evidence kinds have no order."""
    data = clause_json(document)
    data["modalities"] = sorted(data["modalities"])
    data["evidence_kinds"] = sorted(data["evidence_kinds"])
    return {name: value for name, value in ((n, _pruned(v)) for n, v in data.items()) if not _is_empty(value)}


def clause_sha256(document: ClauseDocument) -> str:
    """Return the SHA-256 of one clause's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_json(clause_canonical(document))).hexdigest()


def release_canonical(
    *,
    policy_key: str,
    title: str,
    clauses: Iterable[PlacedClause],
    lineage: Sequence[LineageStep] = (),
) -> bytes:
    """Return the canonical bytes of a release: policy, title, its clauses in outline order, where some went.

    Number, dates and people are no part of it: two releases that say the same have the same hash. Meaning
    revisions are: they decide which answers hold.
    """
    ordered = sorted(clauses, key=lambda clause: (clause.position, clause.key))
    return canonical_json(
        {
            "schema": SCHEMA,
            "policy": policy_key,
            "title": title,
            "clauses": [
                {
                    "key": clause.key,
                    "parent": clause.parent_key,
                    "meaning": clause.meaning_revision,
                    **clause_canonical(clause.document),
                }
                for clause in ordered
            ],
            **({"lineage": lineage_json(lineage)} if lineage else {}),
        }
    )


def release_sha256(
    *,
    policy_key: str,
    title: str,
    clauses: Iterable[PlacedClause],
    lineage: Sequence[LineageStep] = (),
) -> str:
    """Return the SHA-256 of `release_canonical`, in hexadecimal."""
    text = release_canonical(policy_key=policy_key, title=title, clauses=clauses, lineage=lineage)
    return hashlib.sha256(text).hexdigest()


def review_sha256(
    *,
    policy_key: str,
    title: str,
    clauses: Iterable[PlacedClause],
    decisions: Mapping[str, tuple[str, str]],
    lineage: Sequence[LineageStep] = (),
) -> str:
    """Return the hash that an approval is given for: the text and, per clause, (change, reason).

    Meaning revisions are left out: they are only given on publishing.
    """
    bare = [
        PlacedClause(clause.key, clause.parent_key, clause.position, clause.document) for clause in clauses
    ]
    text = release_canonical(policy_key=policy_key, title=title, clauses=bare, lineage=lineage)
    decided = canonical_json({key: list(decision) for key, decision in decisions.items()})
    return hashlib.sha256(text + b"\n" + decided).hexdigest()


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: member
            for name, member in ((n, _pruned(v)) for n, v in value.items())
            if not _is_empty(member)
        }
    if isinstance(value, list):
        return [_pruned(member) for member in value]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value == "" or value == [] or value == {}
