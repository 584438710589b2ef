"""Every save of a draft leaves its text behind, to be looked at and taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from core.accounts.selectors import Actor
from policies.domain.clause_documents import clause_json
from policies.models import Clause, DraftVersion, Release
from policies.models.draft_version import DraftAction
from policies.selectors.clauses import clause_document_of


def clause_version_keep(
    actor: Actor, release: Release, clause: Clause, *, action: DraftAction, version: int | None = None
) -> None:
    """Keep the clause as it stands, as ``version`` (its own when left out)."""
    DraftVersion.objects.create(
        release=release,
        clause_key=clause.key,
        version=version or clause.version,
        action=action,
        document=clause_json(clause_document_of(clause)),
        saved_by=actor.user,
    )


def head_version_keep(actor: Actor, release: Release, state: dict[str, Any]) -> None:
    """Keep title, notes and outline of a draft as they stand."""
    DraftVersion.objects.create(
        release=release, clause_key="", version=release.version, document=state, saved_by=actor.user
    )


def version_next(release: Release, key: str) -> int:
    """Return the version a clause of this key begins with: one that no earlier clause of the draft had."""
    rows = DraftVersion.objects.filter(release=release, clause_key=key)
    return (rows.aggregate(newest=Max("version"))["newest"] or 0) + 1
