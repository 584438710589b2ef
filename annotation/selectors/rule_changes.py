"""Which release a person knew before the one they work under now, as long as they were not told of the change."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from annotation.models import RuleChangeTold
from core.accounts.selectors import Actor, Capability, project_get
from core.queue.selectors import Submission
from policies.errors import ReleaseNotFoundError
from policies.selectors import ReleaseView, release_get, releases_get


@dataclass(frozen=True, slots=True)
class RuleChange:
    """``is_told`` once the person knows this release or a later one; ``former`` is what to tell its change against.

    There is nothing to tell, and ``former`` is None, for who knows it and for who never worked under an earlier one.
    """

    is_told: bool
    former: ReleaseView | None


def rule_change(actor: Actor, project_id: uuid.UUID, release_id: uuid.UUID) -> RuleChange:
    """Return whether a release is news to the actor, and against which one.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotFoundError
    """
    release = release_asked(actor, project_id, release_id)
    told = _of_policy(release, _told(actor, project_id))
    known = told or _of_policy(release, _answered(actor, project_id))
    newest = max(known, key=lambda one: one.number, default=None)
    return RuleChange(
        is_told=any(one.number >= release.number for one in told),
        former=newest if newest is not None and newest.number < release.number else None,
    )


def release_asked(actor: Actor, project_id: uuid.UUID, release_id: uuid.UUID) -> ReleaseView:
    """Return a published release of a project the actor works in.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotFoundError
    """
    project_get(actor, project_id, needs=Capability.TASKS_WORK)
    release = release_get(release_id)
    if release.project_id != project_id:
        raise ReleaseNotFoundError()
    return release


def _of_policy(release: ReleaseView, release_ids: set[uuid.UUID]) -> list[ReleaseView]:
    known = releases_get(release_ids).values() if release_ids else ()
    return [one for one in known if one.policy_id == release.policy_id]


def _told(actor: Actor, project_id: uuid.UUID) -> set[uuid.UUID]:
    rows = RuleChangeTold.objects.filter(person_id=actor.user.pk, project_id=project_id)
    return set(rows.values_list("release_id", flat=True))


def _answered(actor: Actor, project_id: uuid.UUID) -> set[uuid.UUID]:
    """The releases of a person's answers about posts and pairs, who worked before it was kept what they were told."""
    rows = Submission.objects.filter(person_id=actor.user.pk, task__project_id=project_id)
    return set(rows.order_by().values_list("task__release_id", flat=True).distinct())
