"""Splitting, merging and bringing back clauses of a draft, with their history kept on the release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor
from policies.domain.lineage import (
    LineageKind,
    lineage_after,
    lineage_json,
    lineage_read,
    lineage_without_source,
)
from policies.domain.merging import documents_merged, part_of
from policies.errors import ClauseKeyTakenError, ClauseNotFoundError, ClausesUnlikeError
from policies.models import Clause, Release
from policies.models.draft_version import DraftAction
from policies.selectors.clauses import clause_document_of
from policies.services.clauses import (
    base_keys_of,
    clause_audit,
    clause_of_version,
    clause_place,
    clause_take_out,
)
from policies.services.drafts import draft_locked, draft_touch


@transaction.atomic
def clause_split(
    actor: Actor,
    *,
    release_id: UUID,
    key: str,
    version: int,
    into: Sequence[Mapping[str, str]],
    reason: str = "",
) -> list[Clause]:
    """Put several new clauses in the place of one; each begins with its whole text.

    Parameters
    ----------
    into
        One ``{"key", "title"}`` per part, in reading order. What stood under the clause stands under the first.

    Raises
    ------
    ClauseKeyTakenError
        When a part's key is in use, that of the clause itself included: its answers must not change meaning.
    """
    release = draft_locked(actor, release_id)
    clause = clause_of_version(release, key, version)
    keys = [part["key"] for part in into]
    _keys_free(keys, taken=[key])
    text = clause_document_of(clause)
    place = _place_of(release, clause)
    parts = [
        clause_place(
            actor,
            release,
            key=part["key"],
            text=part_of(text, title=part["title"]),
            parent_key=clause.parent_key,
            position=place + at,
            action=DraftAction.SPLIT,
        )
        for at, part in enumerate(into)
    ]
    clause_take_out(actor, release, clause, children_under=keys[0], action=DraftAction.SPLIT)
    _lineage_add(release, LineageKind.SPLIT, [key], keys, reason)
    draft_touch(actor, release)
    clause_audit(actor, release, clause, "clause.split")
    return [release.clauses.get(pk=part.pk) for part in parts]


@transaction.atomic
def clauses_merge(
    actor: Actor,
    *,
    release_id: UUID,
    clauses: Sequence[Mapping[str, Any]],
    key: str,
    title: str,
    reason: str = "",
) -> Clause:
    """Put one new clause in the place of several, with the blocks of all of them and the scale of the first.

    Parameters
    ----------
    clauses
        One ``{"key", "version"}`` per clause, the one whose scale is kept first.

    Raises
    ------
    ClausesUnlikeError
        When questions about posts and criteria for comparing would be merged.
    """
    release = draft_locked(actor, release_id)
    rows = [clause_of_version(release, row["key"], row["version"]) for row in clauses]
    _keys_free([key], taken=[row.key for row in rows])
    if len({row.kind for row in rows}) > 1:
        raise ClausesUnlikeError()
    first = min(rows, key=lambda row: row.position)
    gone = {row.key for row in rows}
    parents = dict(release.clauses.values_list("key", "parent_key"))
    parent_key = first.parent_key
    while parent_key in gone:
        parent_key = parents[parent_key]
    merged = clause_place(
        actor,
        release,
        key=key,
        text=documents_merged([clause_document_of(row) for row in rows], title=title),
        parent_key=parent_key,
        position=_place_of(release, first),
        action=DraftAction.MERGED,
    )
    for row in rows:
        clause_take_out(actor, release, row, children_under=key, action=DraftAction.MERGED)
        clause_audit(actor, release, row, "clause.merge")
    _lineage_add(release, LineageKind.MERGED, [row.key for row in rows], [key], reason)
    draft_touch(actor, release)
    return release.clauses.get(pk=merged.pk)


@transaction.atomic
def clause_restore(actor: Actor, *, release_id: UUID, key: str) -> Clause:
    """Bring a clause of the base back into the draft, at the end, as the base says it.

    Its answers hold again, and what was said of where it went is taken back. What took its place stays.
    """
    release = draft_locked(actor, release_id)
    base = release.based_on.clauses.filter(key=key).first() if release.based_on else None
    if base is None:
        raise ClauseNotFoundError(key=key)
    parent_key = base.parent_key if release.clauses.filter(key=base.parent_key).exists() else ""
    clause = clause_place(
        actor,
        release,
        key=key,
        text=clause_document_of(base),
        parent_key=parent_key,
        position=None,
        action=DraftAction.RESTORED,
    )
    release.lineage = lineage_json(lineage_without_source(lineage_read(release.lineage), key))
    draft_touch(actor, release)
    clause_audit(actor, release, clause, "clause.restore")
    return clause


def _lineage_add(
    release: Release, kind: LineageKind, from_keys: Sequence[str], to_keys: Sequence[str], reason: str
) -> None:
    steps = lineage_after(
        lineage_read(release.lineage),
        kind=kind,
        from_keys=from_keys,
        to_keys=to_keys,
        reason=reason.strip(),
        base_keys=base_keys_of(release),
    )
    release.lineage = lineage_json(steps)


def _keys_free(keys: Sequence[str], *, taken: Sequence[str]) -> None:
    for at, key in enumerate(keys):
        if key in taken or key in keys[:at]:
            raise ClauseKeyTakenError(key=key, where="this step: a new meaning needs a new key")


def _place_of(release: Release, clause: Clause) -> int:
    keys = list(release.clauses.order_by("position", "key").values_list("key", flat=True))
    return keys.index(clause.key)
