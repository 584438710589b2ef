"""When a release takes effect, what is still open under the ones before it is asked under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import project_by_id
from core.events import publish
from core.jobs.selectors import job_was_started
from core.jobs.services import job_start
from core.queue.services import tasks_move
from policies.events import ReleaseTookEffect
from policies.models import Release
from policies.models.release import PUBLISHED
from policies.selectors.releases import meanings, release_current, releases_taking_effect
from policies.selectors.views import ReleaseView

JOB_KIND = "policies.move_tasks"

Progress = Callable[[int], None]


def releases_take_effect() -> int:
    """Start moving open tasks for every release that took effect since this was last asked; returns how many.

    A release may be published with a date to come, so that the clock is asked and not the publishing.
    """
    started = 0
    for release in releases_taking_effect():
        started += move_start(release)
    return started


@transaction.atomic
def move_start(release: ReleaseView) -> bool:
    """Start the job that moves open tasks to this release, once; False when it was started before."""
    key = f"move-tasks:{release.id}"
    if job_was_started(release.project_id, kind=JOB_KIND, unique_key=key):
        return False
    job_start(
        None,
        project=project_by_id(release.project_id),
        kind=JOB_KIND,
        params={"release_id": str(release.id)},
        unique_key=key,
        message=f"Ask open tasks under {release.title}",
    )
    publish(ReleaseTookEffect(release.project_id, release.policy_id, release.id))
    return True


def open_tasks_move(*, release_id: UUID, progress: Progress) -> dict[str, Any]:
    """Move the open tasks of every earlier release of the policy, batch by batch; safe to run again.

    Nothing moves when the release is not the one in effect any more.
    """
    row = Release.objects.select_related("policy").get(pk=release_id)
    current = release_current(row.policy.project_id, policy_key=row.policy.key)
    if current is None or current.id != release_id:
        return {"moved": 0, "remade": 0, "withdrawn": 0}
    project = project_by_id(row.policy.project_id)
    after_meanings = meanings(release_id)
    total = {"moved": 0, "remade": 0, "withdrawn": 0}
    for old in Release.objects.filter(policy=row.policy_id, state__in=PUBLISHED).exclude(pk=release_id):
        before = meanings(old.pk)
        raised = [key for key, revision in after_meanings.items() if before.get(key) != revision]
        place: UUID | None = None
        while True:
            batch = tasks_move(
                None,
                project=project,
                from_release_id=old.pk,
                to_release_id=release_id,
                kept_keys=after_meanings.keys(),
                raised_keys=raised,
                after=place,
            )
            for name in total:
                total[name] += getattr(batch, name)
            progress(sum(total.values()))
            if batch.after is None:
                break
            place = batch.after
    return total
