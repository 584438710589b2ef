"""Clauses of a draft. A save made on an older version is refused with both texts, never merged in silence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor
from core.accounts.services import audit_record
from core.errors import InvalidFieldsError
from policies.domain.canonical import clause_sha256
from policies.domain.clause_documents import ClauseDocument, clause_document_read, clause_json
from policies.domain.outline import Placement, outline_checked
from policies.errors import (
    ClauseKeyTakenError,
    ClauseLimitError,
    ClauseNotFoundError,
    ClauseVersionConflictError,
    ParentInvalidError,
)
from policies.models import Clause, ClauseIdentity, Release
from policies.models.clause import ClauseChange
from policies.selectors.clauses import clause_document_of
from policies.services.drafts import draft_locked, draft_touch, identity_take

MOST_CLAUSES = 300
DECISIONS = (ClauseChange.EDITORIAL, ClauseChange.SEMANTIC)


@transaction.atomic
def clause_add(
    actor: Actor,
    *,
    release_id: UUID,
    key: str,
    document: Any,
    parent_key: str = "",
    position: int | None = None,
) -> Clause:
    """Add a clause to a draft, by default at the end of the outline.

    Raises
    ------
    ClauseKeyTakenError
        When the release has the key, or another policy of the project has ever used it.
    """
    release = draft_locked(actor, release_id)
    text = _document_checked(document)
    clauses = list(release.clauses.order_by("position", "key"))
    if len(clauses) >= MOST_CLAUSES:
        raise ClauseLimitError(most=MOST_CLAUSES)
    keys = {clause.key for clause in clauses}
    if key in keys:
        raise ClauseKeyTakenError(key=key, where="this release")
    if parent_key and parent_key not in keys:
        raise ParentInvalidError(key=key, parent_key=parent_key, problem="this release has no such clause")
    identity = identity_take(release, key)
    if identity.policy_id != release.policy_id:
        raise ClauseKeyTakenError(key=key, where=f"the policy “{identity.policy.title}”")
    added = Clause(release=release, key=key, parent_key=parent_key, position=0, edited_by=actor.user)
    _write(added, text, base=_base_document(release, key), change=None, reason=None)
    place = len(clauses) if position is None else max(0, min(position, len(clauses)))
    _renumber([*clauses[:place], added, *clauses[place:]])
    Clause.objects.bulk_update(clauses, ["position"])
    added.save(force_insert=True)
    draft_touch(release)
    _audit(actor, release, added, "clause.add")
    return added


@transaction.atomic
def clause_edit(
    actor: Actor,
    *,
    release_id: UUID,
    key: str,
    version: int,
    document: Any,
    change: str | None = None,
    change_reason: str | None = None,
) -> Clause:
    """Save the whole text of a clause, written on top of ``version``.

    Parameters
    ----------
    change
        The author's decision on this very text, ``editorial`` or ``semantic``; ``None`` leaves an earlier
        decision, which then has to be confirmed if the text is not the one it was made for.

    Raises
    ------
    ClauseVersionConflictError
        When the stored version is another; ``yours`` and ``theirs`` travel in the error.
    """
    release = draft_locked(actor, release_id)
    text = _document_checked(document)
    clause = _clause_get(release, key)
    if clause.version != version:
        _conflict(clause, text)
    _write(clause, text, base=_base_document(release, key), change=change, reason=change_reason)
    clause.version += 1
    clause.edited_by = actor.user
    clause.save()
    _audit(actor, release, clause, "clause.edit")
    return clause


@transaction.atomic
def clause_delete(actor: Actor, *, release_id: UUID, key: str, version: int) -> None:
    """Take a clause out of a draft; its children move up to its parent. Earlier releases keep it.

    A key that no release has ever published becomes free again.
    """
    release = draft_locked(actor, release_id)
    clause = _clause_get(release, key)
    if clause.version != version:
        _conflict(clause, None)
    release.clauses.filter(parent_key=key).update(parent_key=clause.parent_key)
    _audit(actor, release, clause, "clause.delete")
    clause.delete()
    in_use = Clause.objects.filter(release__policy_id=release.policy_id, key=key).exists()
    if not in_use:
        ClauseIdentity.objects.filter(policy_id=release.policy_id, key=key, latest_revision=0).delete()
    draft_touch(release)


def _renumber(clauses: list[Clause]) -> None:
    """Number the clauses in reading order: children after their parent, siblings as given."""
    rows = {clause.key: clause for clause in clauses}
    placements = [Placement(clause.key, clause.parent_key) for clause in clauses]
    for position, placement in enumerate(outline_checked(placements, keys=rows.keys())):
        rows[placement.key].position = position


def _document_checked(data: Any) -> ClauseDocument:
    document, errors = clause_document_read(data)
    if document is None:
        raise InvalidFieldsError([{**error, "path": f"document.{error['path']}"} for error in errors])
    return document


def _clause_get(release: Release, key: str) -> Clause:
    clause = release.clauses.filter(key=key).first()
    if clause is None:
        raise ClauseNotFoundError(key=key)
    return clause


def _base_document(release: Release, key: str) -> ClauseDocument | None:
    clause = release.based_on.clauses.filter(key=key).first() if release.based_on else None
    return clause_document_of(clause) if clause else None


def _conflict(clause: Clause, yours: ClauseDocument | None) -> None:
    raise ClauseVersionConflictError(
        key=clause.key,
        version=clause.version,
        yours=clause_json(yours) if yours else None,
        theirs=clause_json(clause_document_of(clause)),
    )


def _write(
    clause: Clause,
    text: ClauseDocument,
    *,
    base: ClauseDocument | None,
    change: str | None,
    reason: str | None,
) -> None:
    """Put the text into the row and settle what kind of change it now is."""
    for name, value in clause_json(text).items():
        setattr(clause, name, value)
    if reason is not None:
        clause.change_reason = reason
    if base is None or base == text:
        clause.change = ClauseChange.NEW if base is None else ClauseChange.NONE
        clause.decided_sha256 = ""
    elif change is not None:
        clause.change = change
        clause.decided_sha256 = clause_sha256(text)
    elif clause.change not in DECISIONS:
        clause.change = ClauseChange.UNDECIDED


def _audit(actor: Actor, release: Release, clause: Clause, action: str) -> None:
    audit_record(
        actor,
        action=action,
        project=release.policy.project,
        target=release,
        data={"clause": clause.key, "version": clause.version, "change": clause.change},
    )
