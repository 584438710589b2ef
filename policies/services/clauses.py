"""Clauses of a draft. A save made on an older version is refused with both texts, never merged in silence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor
from core.accounts.services import audit_record
from core.errors import InvalidFieldsError
from policies.domain.canonical import clause_sha256
from policies.domain.change_rule import is_wording_only
from policies.domain.clause_documents import ClauseDocument, clause_document_read, clause_json
from policies.domain.lineage import (
    LineageKind,
    lineage_after,
    lineage_json,
    lineage_read,
    lineage_without_source,
    lineage_without_target,
)
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
from policies.models.draft_version import DraftAction
from policies.selectors.clauses import clause_document_of
from policies.services.drafts import draft_locked, draft_touch, identity_take
from policies.services.history import clause_version_keep, version_next

MOST_CLAUSES = 300
WORDING_ONLY = "Only its wording in other languages changed."
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
    added = clause_place(
        actor, release, key=key, text=text, parent_key=parent_key, position=position, action=DraftAction.ADDED
    )
    release.lineage = lineage_json(lineage_without_source(lineage_read(release.lineage), key))
    draft_touch(actor, release)
    clause_audit(actor, release, added, "clause.add")
    return added


def clause_place(
    actor: Actor,
    release: Release,
    *,
    key: str,
    text: ClauseDocument,
    parent_key: str,
    position: int | None,
    action: DraftAction,
) -> Clause:
    """Put a new clause into a locked draft; ``position`` counts all clauses in reading order."""
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
    added = Clause(
        release=release,
        key=key,
        parent_key=parent_key,
        position=0,
        version=version_next(release, key),
        edited_by=actor.user,
    )
    _write(added, text, base=_base_document(release, key), change=None, reason=None)
    place = len(clauses) if position is None else max(0, min(position, len(clauses)))
    _renumber([*clauses[:place], added, *clauses[place:]])
    Clause.objects.bulk_update(clauses, ["position"])
    added.save(force_insert=True)
    clause_version_keep(actor, release, added, action=action)
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
    action: DraftAction = DraftAction.WRITTEN,
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
    clause = clause_of_version(release, key, version, yours=text)
    _write(clause, text, base=_base_document(release, key), change=change, reason=change_reason)
    clause.version += 1
    clause.edited_by = actor.user
    clause.save()
    clause_version_keep(actor, release, clause, action=action)
    clause_audit(actor, release, clause, "clause.edit")
    return clause


@transaction.atomic
def clause_delete(actor: Actor, *, release_id: UUID, key: str, version: int, reason: str = "") -> None:
    """Take a clause out of a draft; its children move up to its parent. Earlier releases keep it.

    A clause of the release the draft is based on is thereby retired, which the lineage of the release keeps with
    the reason. A key that no release has ever published becomes free again.
    """
    release = draft_locked(actor, release_id)
    clause = clause_of_version(release, key, version)
    clause_take_out(actor, release, clause, children_under=clause.parent_key)
    steps = lineage_without_target(lineage_read(release.lineage), key)
    base_keys = base_keys_of(release)
    if key in base_keys:
        steps = lineage_after(
            steps,
            kind=LineageKind.RETIRED,
            from_keys=[key],
            to_keys=[],
            reason=reason.strip(),
            base_keys=base_keys,
        )
    release.lineage = lineage_json(steps)
    draft_touch(actor, release)
    clause_audit(actor, release, clause, "clause.delete")


def clause_take_out(
    actor: Actor,
    release: Release,
    clause: Clause,
    *,
    children_under: str,
    action: DraftAction = DraftAction.TAKEN_OUT,
) -> None:
    """Remove a clause from a locked draft, keeping its text among the saved versions."""
    release.clauses.filter(parent_key=clause.key).update(parent_key=children_under)
    clause_version_keep(
        actor,
        release,
        clause,
        action=action,
        version=max(clause.version + 1, version_next(release, clause.key)),
    )
    release.clauses.filter(key=clause.key).delete()
    rest = list(release.clauses.order_by("position", "key"))
    _renumber(rest)
    Clause.objects.bulk_update(rest, ["position"])
    in_use = Clause.objects.filter(release__policy_id=release.policy_id, key=clause.key).exists()
    if not in_use:
        ClauseIdentity.objects.filter(policy_id=release.policy_id, key=clause.key, latest_revision=0).delete()


def base_keys_of(release: Release) -> frozenset[str]:
    """Return the keys of the release a draft is based on."""
    if release.based_on is None:
        return frozenset()
    return frozenset(release.based_on.clauses.values_list("key", flat=True))


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


def clause_of_version(
    release: Release, key: str, version: int, *, yours: ClauseDocument | None = None
) -> Clause:
    """Return a clause of a draft as it was read.

    Raises
    ------
    ClauseNotFoundError
        When it is not, or no longer, in the draft.
    ClauseVersionConflictError
        When somebody saved it since.
    """
    clause = release.clauses.filter(key=key).first()
    if clause is None:
        raise ClauseNotFoundError(key=key)
    if clause.version != version:
        raise ClauseVersionConflictError(
            key=clause.key,
            version=clause.version,
            yours=clause_json(yours) if yours else None,
            theirs=clause_json(clause_document_of(clause)),
        )
    return clause


def _base_document(release: Release, key: str) -> ClauseDocument | None:
    clause = release.based_on.clauses.filter(key=key).first() if release.based_on else None
    return clause_document_of(clause) if clause else None


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
    elif is_wording_only(base, text) and clause.change != ClauseChange.SEMANTIC:
        # Another language says the same: editorial by the rule, until the author says otherwise.
        clause.change = ClauseChange.EDITORIAL
        clause.decided_sha256 = clause_sha256(text)
        clause.change_reason = clause.change_reason or WORDING_ONLY
    elif clause.change not in DECISIONS:
        clause.change = ClauseChange.UNDECIDED


def clause_audit(actor: Actor, release: Release, clause: Clause, action: str) -> None:
    """Write down what was done to one clause of a draft."""
    audit_record(
        actor,
        action=action,
        project=release.policy.project,
        target=release,
        data={"clause": clause.key, "version": clause.version, "change": clause.change},
    )
