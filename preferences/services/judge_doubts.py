"""Asking people where judges leave a doubt. A judge only says whom to ask about; what holds is for people to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.queue.selectors import MEASURING_SOURCES, Task
from core.queue.services import TaskSpec, task_ask_more, tasks_create
from policies.selectors import ReleaseView
from preferences.domain.forms import Form
from preferences.domain.routing import DOUBTS, Doubt
from preferences.errors import ReleaseNotInForceError
from preferences.models import Comparison
from preferences.selectors.judge_counts import comparisons_doubted
from preferences.selectors.judges import newest_versions
from preferences.selectors.material import guards_of
from preferences.selectors.rating_counts import RatingScope
from preferences.selectors.ratings import axis_choose

MOST_ASKED = 2_000


@dataclass(frozen=True)
class DoubtsAsked:
    """How many comparisons got a task, how many one more person in the task they have, and on how many somebody is
    asked already.
    """

    doubted: int
    created: int
    asked_more: int
    under_way: int


@transaction.atomic
def judge_doubts_ask(
    actor: Actor,
    project_id: UUID,
    *,
    release_id: UUID | None = None,
    clause_key: str | None = None,
    doubts: Sequence[Doubt] = DOUBTS,
    most: int = 200,
    overlap: int = 1,
    priority: float = 10.0,
) -> DoubtsAsked:
    """Ask people about the comparisons that the newest versions of the judges leave in doubt, the most doubtful first.

    A comparison that nobody was asked about under the release gets a task; one that was answered gets one more person.
    The task carries what the judges said nowhere: who answers it learns nothing of them.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotFoundError, ReleaseMissingError, ReleaseNotComparingError,
    AxesUnknownError, ReleaseNotInForceError
    """
    project = project_get(actor, project_id, needs=Capability.TASKS_MANAGE)
    release, axis = axis_choose(project.pk, release_id=release_id, clause_key=clause_key)
    if release.state != "released":
        raise ReleaseNotInForceError(release=release.label, state=release.state)
    scope = RatingScope(axis.key, axis.meaning_revision)
    found = comparisons_doubted(
        project.pk, scope=scope, newest=newest_versions(project.pk, scope=scope), doubts=doubts
    )[:most]
    created, more, under_way = _asked(
        actor, project, release, axis.key, [one for one, _ in found], overlap=overlap, priority=priority
    )
    audit_record(
        actor,
        action="judge_doubts.ask",
        project=project,
        data={
            "release": str(release.id),
            "clause_key": axis.key,
            "doubts": [str(doubt) for doubt in doubts],
            "created": created,
            "asked_more": more,
        },
    )
    return DoubtsAsked(len(found), created, more, under_way)


def _asked(
    actor: Actor,
    project: Project,
    release: ReleaseView,
    axis: str,
    comparisons: Sequence[UUID],
    *,
    overlap: int,
    priority: float,
) -> tuple[int, int, int]:
    """Return how many were asked anew, how many got one more person, and of how many somebody is asked already."""
    tasks = Task.objects.select_for_update(of=("self",)).filter(
        comparison_id__in=comparisons, release_id=release.id, kind="compare"
    )
    held: dict[UUID, Task] = {}
    for task in tasks.exclude(state="withdrawn").exclude(source__in=MEASURING_SOURCES).order_by("id"):
        if task.comparison_id is not None and axis in task.clause_keys:
            held[task.comparison_id] = task
    fresh = [one for one in comparisons if one not in held]
    guards = guards_of(Comparison.objects.filter(pk__in=fresh), Form.PAIR)
    specs = [
        TaskSpec(
            release_id=release.id,
            clause_keys=[axis],
            slots=overlap,
            comparison_id=one,
            post_id=guards[one][0],
            language=guards[one][1],
            priority=priority,
            context={"assessment": "optional", "drawn": "judges"},
        )
        for one in fresh
    ]
    tasks_create(project, kind="compare", specs=specs, actor=actor)
    more = 0
    for task in held.values():
        if task.state == "closed":
            more += task_ask_more(task.pk, clause_keys=[axis], answers_most=task.slots + 1)
    return len(specs), more, len(held) - more
