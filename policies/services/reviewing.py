"""Who is asked to review a release, and how many have to approve one of a policy."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.accounts.selectors import Actor, Capability
from core.accounts.services import audit_record
from policies.errors import ReleaseStateError, ReviewerInvalidError
from policies.models import Policy, Release, ReviewRequest
from policies.models.release import ReleaseState
from policies.selectors.access import policy_visible_get, release_visible_get
from policies.selectors.reviewing import reviewers_possible
from policies.services.drafts import release_locked

_ASKED_ABOUT = (ReleaseState.DRAFT, ReleaseState.IN_REVIEW)


@transaction.atomic
def reviewers_ask(actor: Actor, *, release_id: UUID, person_ids: Collection[UUID]) -> Release:
    """Ask exactly these people to review a draft or a release in review; the others are no longer asked.

    Raises
    ------
    ReviewerInvalidError
        When somebody may not approve policy in this project.
    ReleaseStateError
        When it is published.
    """
    visible = release_visible_get(actor, release_id, needs=Capability.POLICY_EDIT)
    release = release_locked(visible.pk)
    if release.state not in _ASKED_ABOUT:
        raise ReleaseStateError(state=release.get_state_display().lower(), needed="not released yet")
    wanted = set(person_ids)
    if wanted - {person.pk for person in reviewers_possible(release)}:
        raise ReviewerInvalidError()
    asked = ReviewRequest.objects.filter(release=release, withdrawn_at__isnull=True)
    known = set(asked.values_list("person_id", flat=True))
    asked.exclude(person_id__in=wanted).update(withdrawn_at=timezone.now())
    ReviewRequest.objects.bulk_create(
        ReviewRequest(release=release, person_id=person_id, asked_by=actor.user)
        for person_id in sorted(wanted - known)
    )
    if wanted != known:
        audit_record(
            actor,
            action="release.ask_review",
            project=release.policy.project,
            target=release,
            data={"people": sorted(str(person_id) for person_id in wanted)},
        )
    return release


@transaction.atomic
def approvals_require(actor: Actor, *, policy_id: UUID, required: int) -> Policy:
    """Say how many people have to approve a release of this policy before it can be published; from now on."""
    policy = policy_visible_get(actor, policy_id, needs=Capability.PROJECT_MANAGE)
    if policy.approvals_required != required:
        policy.approvals_required = required
        policy.save(update_fields=["approvals_required"])
        audit_record(
            actor,
            action="policy.approvals",
            project=policy.project,
            target=policy,
            data={"required": required},
        )
    return policy
