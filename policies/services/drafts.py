"""Drafts of releases: starting one from any release, and its title, notes and outline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability
from core.accounts.services import audit_record
from policies.domain.outline import OutlineError, Placement, outline_checked
from policies.errors import (
    AgainstInvalidError,
    OutlineInvalidError,
    ReleaseNotDraftError,
    ReleaseNotFoundError,
    ReleaseVersionConflictError,
)
from policies.models import Clause, ClauseIdentity, Release
from policies.models.clause import ClauseChange
from policies.models.release import PUBLISHED, WRITABLE, ReleaseState
from policies.selectors.access import policy_visible_get, release_visible_get
from policies.selectors.clauses import DOCUMENT_FIELDS
from policies.services.history import head_version_keep


@transaction.atomic
def release_draft(
    actor: Actor, *, policy_id: UUID, based_on_id: UUID | None = None, title: str = ""
) -> Release:
    """Start a draft: empty, or with the clauses of a published release of the policy, older ones included.

    Raises
    ------
    AgainstInvalidError
        When ``based_on_id`` is no published release of this policy.
    """
    policy = policy_visible_get(actor, policy_id, needs=Capability.POLICY_EDIT)
    base = None
    if based_on_id is not None:
        base = Release.objects.filter(pk=based_on_id, policy=policy, state__in=PUBLISHED).first()
        if base is None:
            raise AgainstInvalidError()
    release = Release.objects.create(
        policy=policy,
        based_on=base,
        title=title or (base.title if base else policy.title),
        created_by=actor.user,
    )
    copies = [_copy(clause, release) for clause in base.clauses.all()] if base else []
    Clause.objects.bulk_create(copies)
    audit_record(
        actor,
        action="release.draft",
        project=policy.project,
        target=release,
        data={"policy": policy.key, "based_on": str(base.pk) if base else None},
    )
    return release


@transaction.atomic
def release_discard(actor: Actor, *, release_id: UUID) -> None:
    """Put a draft away for good: nobody sees it any more; its rows stay for the record.

    Raises
    ------
    ReleaseNotDraftError
        When it is in review or published.
    """
    release = draft_locked(actor, release_id)
    release.state = ReleaseState.DISCARDED
    release.save(update_fields=["state", "updated_at"])
    audit_record(
        actor,
        action="release.discard",
        project=release.policy.project,
        target=release,
        data={"policy": release.policy.key, "version": release.version},
    )


def _copy(clause: Clause, release: Release) -> Clause:
    content = {name: getattr(clause, name) for name in DOCUMENT_FIELDS}
    return Clause(
        release=release,
        key=clause.key,
        parent_key=clause.parent_key,
        position=clause.position,
        change=ClauseChange.NONE,
        **content,
    )


def draft_locked(actor: Actor, release_id: UUID) -> Release:
    """Return the draft, locked for this transaction, when the actor may write it.

    Raises
    ------
    ReleaseNotDraftError
        When it is in review or published.
    """
    visible = release_visible_get(actor, release_id, needs=Capability.POLICY_EDIT)
    release = release_locked(visible.pk)
    if release.state not in WRITABLE:
        raise ReleaseNotDraftError(state=release.get_state_display().lower())
    return release


def release_locked(release_id: UUID) -> Release:
    """Return the release with its row locked until the transaction ends."""
    release = (
        Release.objects.select_for_update(of=("self",))
        .select_related("policy", "policy__project", "based_on")
        .filter(pk=release_id)
        .first()
    )
    if release is None:
        raise ReleaseNotFoundError()
    return release


def version_checked(release: Release, version: int, *, yours: Mapping[str, Any]) -> None:
    """Refuse a save that was made on an older state of the draft, with both states in the error."""
    if release.version != version:
        raise ReleaseVersionConflictError(
            version=release.version, yours=dict(yours), theirs=draft_state(release)
        )


def draft_state(release: Release) -> dict[str, Any]:
    """Return what `ReleaseVersionConflictError` shows of the stored draft."""
    rows = release.clauses.order_by("position", "key").values("key", "parent_key")
    return {"title": release.title, "notes": release.notes, "outline": list(rows)}


@transaction.atomic
def release_update(
    actor: Actor, *, release_id: UUID, version: int, title: str | None = None, notes: str | None = None
) -> Release:
    """Save title and notes of a draft made at ``version``; the version goes up by one.

    Raises
    ------
    ReleaseVersionConflictError
        When somebody saved meanwhile; nothing is changed.
    """
    release = draft_locked(actor, release_id)
    changes = {name: value for name, value in (("title", title), ("notes", notes)) if value is not None}
    version_checked(release, version, yours=changes)
    for name, value in changes.items():
        setattr(release, name, value)
    draft_touch(actor, release)
    audit_record(
        actor,
        action="release.update",
        project=release.policy.project,
        target=release,
        data={"fields": sorted(changes), "version": release.version},
    )
    return release


@transaction.atomic
def outline_arrange(
    actor: Actor, *, release_id: UUID, version: int, outline: Sequence[Mapping[str, str]]
) -> Release:
    """Put the clauses of a draft in a new order and under new parents; no clause's text changes.

    Parameters
    ----------
    outline
        One ``{"key", "parent_key"}`` per clause, in reading order.

    Raises
    ------
    ReleaseVersionConflictError
        When somebody changed the outline or the title meanwhile.
    OutlineInvalidError
        When a clause is missing, named twice or unknown, or a parent stands below its child.
    """
    release = draft_locked(actor, release_id)
    version_checked(release, version, yours={"outline": [dict(row) for row in outline]})
    clauses = {clause.key: clause for clause in release.clauses.all()}
    placements = [Placement(row["key"], row.get("parent_key", "")) for row in outline]
    try:
        ordered = outline_checked(placements, keys=clauses.keys())
    except OutlineError as error:
        raise OutlineInvalidError(problem=str(error)) from None
    for position, placement in enumerate(ordered):
        clause = clauses[placement.key]
        clause.position, clause.parent_key = position, placement.parent_key
    Clause.objects.bulk_update(clauses.values(), ["position", "parent_key"])
    draft_touch(actor, release)
    audit_record(
        actor,
        action="release.arrange",
        project=release.policy.project,
        target=release,
        data={"version": release.version},
    )
    return release


def draft_touch(actor: Actor, release: Release) -> None:
    """Raise the draft's version, save it, and keep what its title, notes and outline now are."""
    release.version += 1
    release.save(update_fields=["title", "notes", "lineage", "version", "updated_at"])
    head_version_keep(actor, release, draft_state(release))


def identity_take(release: Release, key: str) -> ClauseIdentity:
    """Return the identity of ``key``, taken now when it was free; its policy may be another one's."""
    identity, _ = ClauseIdentity.objects.select_related("policy").get_or_create(
        project=release.policy.project, key=key, defaults={"policy": release.policy}
    )
    return identity
