"""A release as one JSON document that reads back exactly: every clause with its text, place and hash."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.domain.canonical import PlacedClause, clause_sha256
from policies.domain.clause_documents import ClauseDocument

SCHEMA = "concord.policy/1"


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What stands beside the clauses: the policy, and which release or draft of it this is.

    Attributes
    ----------
    number
        The release's number; ``None`` for a draft.
    content_sha256
        The hash of the published release; empty for a draft.
    lineage
        Where clauses of earlier releases went, as the release tells it; part of its hash.
    """

    key: str
    title: str
    summary: str = ""
    release_title: str = ""
    number: int | None = None
    state: str = "draft"
    notes: str = ""
    effective_at: str = ""
    content_sha256: str = ""
    lineage: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def label(self) -> str:
        """The name people cite: ``community@2``, or ``community (draft)``."""
        return f"{self.key}@{self.number}" if self.number else f"{self.key} (draft)"

    @property
    def file_stem(self) -> str:
        """The name of files made of it, without an ending."""
        return f"{self.key}@{self.number}" if self.number else f"{self.key}-draft"


def document_brief(document: ClauseDocument) -> dict[str, Any]:
    """Return everything ``document`` says, fields that say nothing left out; it reads back equal."""
    return document.model_dump(mode="json", exclude_defaults=True)


def clause_row(clause: PlacedClause) -> dict[str, Any]:
    """Return one clause as it stands in the exported document."""
    return {
        "key": clause.key,
        "parent": clause.parent_key,
        "meaning_revision": clause.meaning_revision,
        "sha256": clause_sha256(clause.document),
        "document": document_brief(clause.document),
    }


def facts_json(facts: PolicyFacts) -> dict[str, Any]:
    """Return policy and release as they stand above the clauses."""
    return {
        "schema": SCHEMA,
        "policy": {"key": facts.key, "title": facts.title, "summary": facts.summary},
        "release": {
            "label": facts.label,
            "number": facts.number,
            "state": facts.state,
            "title": facts.release_title,
            "notes": facts.notes,
            "effective_at": facts.effective_at or None,
            "content_sha256": facts.content_sha256 or None,
            "lineage": [dict(step) for step in facts.lineage],
        },
    }


def policy_json(facts: PolicyFacts, clauses: Iterable[PlacedClause]) -> str:
    """Return the release as indented JSON in outline order, ending in a newline; the same input, the same bytes."""
    ordered = sorted(clauses, key=lambda clause: (clause.position, clause.key))
    whole = {**facts_json(facts), "clauses": [clause_row(clause) for clause in ordered]}
    return json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
