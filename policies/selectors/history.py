"""Saved versions of a draft, as its authors look at them: one row a sitting, every version to be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.accounts.selectors import Actor, Capability
from policies.domain.clause_documents import ClauseDocument, clause_json
from policies.domain.release_difference import (
    BlockDifference,
    FieldDifference,
    block_differences,
    field_differences,
)
from policies.errors import VersionNotFoundError
from policies.models import Clause, DraftVersion, Release
from policies.models.draft_version import DraftAction
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import clause_document_of

COPIED = "copied"
SITTING_ENDS_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one person saved in one go; ``version`` is the last of it, ``first_version`` the first.

    ``action`` is ``copied`` for the text a draft began with, which nobody of this draft saved.
    """

    version: int
    first_version: int
    saves: int
    action: str
    saved_by: Any
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """One version, and how the clause as it stands now differs from it."""

    version: int
    document: dict[str, Any]
    fields: tuple[FieldDifference, ...]
    blocks: tuple[BlockDifference, ...]


def clause_sittings(actor: Actor, release_id: UUID, key: str) -> list[Sitting]:
    """Return the saved versions of a clause of a draft, newest first, those of one sitting together."""
    release = release_visible_get(actor, release_id, needs=Capability.POLICY_APPROVE)
    rows = list(
        DraftVersion.objects.filter(release=release, clause_key=key)
        .defer("document")
        .select_related("saved_by")
        .order_by("version")
    )
    sittings = _sittings(rows)
    base = _base_clause(release, key)
    if base is not None and not any(row.version == 1 for row in rows):
        sittings.append(Sitting(1, 1, 1, COPIED, None, release.created_at))
    if not sittings:
        raise VersionNotFoundError(version=1, key=key)
    return sittings


def clause_version_get(actor: Actor, release_id: UUID, key: str, version: int) -> SavedVersion:
    """Return one saved version of a clause beside the clause as it now is (nothing, where it was taken out).

    Raises
    ------
    VersionNotFoundError
    """
    release = release_visible_get(actor, release_id, needs=Capability.POLICY_APPROVE)
    row = DraftVersion.objects.filter(release=release, clause_key=key, version=version).first()
    base = _base_clause(release, key) if version == 1 and row is None else None
    if row is not None:
        document = ClauseDocument.model_validate(row.document)
    elif base is not None:
        document = clause_document_of(base)
    else:
        raise VersionNotFoundError(version=version, key=key)
    now = release.clauses.filter(key=key).first()
    current = clause_document_of(now) if now else None
    return SavedVersion(
        version=version,
        document=clause_json(document),
        fields=field_differences(document, current),
        blocks=block_differences(document, current),
    )


def _base_clause(release: Release, key: str) -> Clause | None:
    return release.based_on.clauses.filter(key=key).first() if release.based_on else None


def _sittings(rows: Sequence[DraftVersion]) -> list[Sitting]:
    found: list[Sitting] = []
    for row in rows:
        last = found[-1] if found else None
        if (
            last is not None
            and row.action == last.action == DraftAction.WRITTEN
            and last.saved_by == row.saved_by
            and row.created_at - last.saved_at < SITTING_ENDS_AFTER
        ):
            found[-1] = Sitting(
                row.version, last.first_version, last.saves + 1, row.action, row.saved_by, row.created_at
            )
        else:
            found.append(Sitting(row.version, row.version, 1, row.action, row.saved_by, row.created_at))
    return found[::-1]
