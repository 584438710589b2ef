"""The way of a draft to a release: review, approvals, publishing, retiring."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core import events
from core.accounts.selectors import Actor, Capability
from core.accounts.services import audit_record
from policies.domain.canonical import PlacedClause, release_sha256
from policies.domain.change_rule import Change
from policies.domain.lineage import lineage_read
from policies.domain.meaning import ClauseDecision, meanings_published
from policies.errors import (
    ApprovalMissingError,
    ApprovalOwnTextError,
    ApprovalRepeatedError,
    EffectiveDateError,
    ReleaseIncompleteError,
    ReleaseStateError,
)
from policies.events import ReleasePublished, ReleaseRetired
from policies.models import Approval, Clause, ClauseIdentity, Policy, Release
from policies.models.approval import ApprovalVerdict
from policies.models.release import ReleaseState
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import clause_document_of
from policies.selectors.releases import meanings, release_get
from policies.selectors.review import (
    approvals_missing,
    author_ids,
    latest_revisions,
    problems_of,
    review_sha256_of,
)
from policies.services.drafts import draft_locked, release_locked
from policies.services.taking_effect import move_start

_CLOCK_TOLERANCE = timedelta(minutes=5)


@transaction.atomic
def release_submit(actor: Actor, *, release_id: UUID) -> Release:
    """Hand a draft in for review; from now on nobody changes it.

    Raises
    ------
    ReleaseIncompleteError
        Listing everything that still has to be written or decided.
    """
    release = draft_locked(actor, release_id)
    problems = problems_of(release)
    if problems:
        raise ReleaseIncompleteError(
            [{"path": f"{p.clause_key}.{p.field}".strip("."), "message": p.sentence} for p in problems]
        )
    release.state = ReleaseState.IN_REVIEW
    release.submitted_by, release.submitted_at = actor.user, timezone.now()
    release.save()
    _audit(actor, release, "release.submit")
    return release


@transaction.atomic
def release_withdraw(actor: Actor, *, release_id: UUID) -> Release:
    """Take a release back from review to write on; approvals count again only for the very same text."""
    release = _locked(actor, release_id, needs=Capability.POLICY_EDIT)
    _require(release, ReleaseState.IN_REVIEW)
    _reopen(release)
    _audit(actor, release, "release.withdraw")
    return release


@transaction.atomic
def release_approve(actor: Actor, *, release_id: UUID, verdict: str, note: str = "") -> Approval:
    """Approve a release in review, or ask for changes, which makes it a draft again.

    Raises
    ------
    ApprovalOwnTextError
        When the actor started, handed in or wrote part of the release.
    ApprovalRepeatedError
        When the actor has approved this very text.
    """
    release = _locked(actor, release_id, needs=Capability.POLICY_APPROVE)
    _require(release, ReleaseState.IN_REVIEW)
    if actor.user.pk in author_ids(release):
        raise ApprovalOwnTextError()
    text = review_sha256_of(release)
    if verdict == ApprovalVerdict.APPROVED:
        if release.approvals.filter(person=actor.user, verdict=verdict, reviewed_sha256=text).exists():
            raise ApprovalRepeatedError()
    else:
        _reopen(release)
    approval = Approval.objects.create(
        release=release, person=actor.user, verdict=verdict, note=note, reviewed_sha256=text
    )
    _audit(actor, release, "release.approve", verdict=verdict)
    return approval


@transaction.atomic
def release_publish(actor: Actor, *, release_id: UUID, effective_at: datetime | None = None) -> Release:
    """Make an approved release immutable: its number, its meaning revisions and its hash are given now.

    Parameters
    ----------
    effective_at
        When it takes effect; now when left out.

    Raises
    ------
    ApprovalMissingError
        When too few people who did not write it have approved exactly this text.
    """
    release = _locked(actor, release_id, needs=Capability.POLICY_EDIT)
    _require(release, ReleaseState.IN_REVIEW)
    missing = approvals_missing(release)
    if missing:
        raise ApprovalMissingError(missing=missing)
    now = timezone.now()
    if effective_at is not None and effective_at < now - _CLOCK_TOLERANCE:
        raise EffectiveDateError()
    # The policy's row is the lock under which numbers and meaning revisions are given, one release at a time.
    policy = Policy.objects.select_for_update(of=("self",)).get(pk=release.policy_id)
    newest = Release.objects.filter(policy=policy).aggregate(newest=Max("number"))["newest"] or 0
    clauses = list(release.clauses.order_by("position", "key"))
    raised = _give_meanings(release, clauses)
    release.number = newest + 1
    release.state = ReleaseState.RELEASED
    release.effective_at = effective_at or now
    release.published_at, release.published_by = now, actor.user
    release.content_sha256 = _content_sha256(release, clauses)
    release.save()
    _audit(actor, release, "release.publish", number=release.number, sha256=release.content_sha256)
    events.publish(
        ReleasePublished(
            project_id=policy.project_id,
            policy_id=policy.pk,
            release_id=release.pk,
            number=release.number,
            raised_keys=raised,
        )
    )
    if release.number > 1 and release.effective_at <= now:
        move_start(release_get(release.pk))
    return release


@transaction.atomic
def release_retire(actor: Actor, *, release_id: UUID, reason: str = "") -> Release:
    """Take a release out of use. It stays readable and keeps its number; answers citing it stay."""
    release = _locked(actor, release_id, needs=Capability.POLICY_EDIT)
    _require(release, ReleaseState.RELEASED)
    release.state = ReleaseState.RETIRED
    release.retired_at, release.retired_by, release.retired_reason = timezone.now(), actor.user, reason
    release.save(update_fields=["state", "retired_at", "retired_by", "retired_reason", "updated_at"])
    _audit(actor, release, "release.retire", number=release.number)
    events.publish(
        ReleaseRetired(
            project_id=release.policy.project_id, policy_id=release.policy_id, release_id=release.pk
        )
    )
    return release


def _give_meanings(release: Release, clauses: list[Clause]) -> tuple[str, ...]:
    """Write the meaning revision of every clause; return the keys whose meaning is one nobody had before."""
    base = meanings(release.based_on_id) if release.based_on_id else {}
    latest = latest_revisions(release.policy_id)
    decisions = [ClauseDecision(clause.key, Change(clause.change)) for clause in clauses]
    given = meanings_published(decisions, base=base, latest=latest)
    for clause in clauses:
        clause.meaning_revision = given[clause.key]
    Clause.objects.bulk_update(clauses, ["meaning_revision"])
    raised = tuple(sorted(key for key, revision in given.items() if revision > latest.get(key, 0)))
    identities = list(ClauseIdentity.objects.filter(policy_id=release.policy_id, key__in=raised))
    for identity in identities:
        identity.latest_revision = given[identity.key]
    ClauseIdentity.objects.bulk_update(identities, ["latest_revision"])
    return raised


def _content_sha256(release: Release, clauses: list[Clause]) -> str:
    placed = [
        PlacedClause(c.key, c.parent_key, c.position, clause_document_of(c), c.meaning_revision)
        for c in clauses
    ]
    return release_sha256(
        policy_key=release.policy.key,
        title=release.title,
        clauses=placed,
        lineage=lineage_read(release.lineage),
    )


def _locked(actor: Actor, release_id: UUID, *, needs: Capability) -> Release:
    return release_locked(release_visible_get(actor, release_id, needs=needs).pk)


def _require(release: Release, state: ReleaseState) -> None:
    if release.state != state:
        raise ReleaseStateError(state=release.get_state_display().lower(), needed=state.label.lower())


def _reopen(release: Release) -> None:
    release.state = ReleaseState.DRAFT
    release.submitted_by, release.submitted_at = None, None
    release.save()


def _audit(actor: Actor, release: Release, action: str, **data: object) -> None:
    audit_record(actor, action=action, project=release.policy.project, target=release, data=data)
