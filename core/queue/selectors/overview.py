from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils import timezone

from core.accounts.selectors import Actor, Project, members_of
from core.content.selectors import posts_in
from core.queue.domain.states import MEASURING_SOURCES, LeaseState, TaskKind
from core.queue.models import Lease, Reveal, Submission, Task, ViewEvent
from core.queue.selectors.quality import quality_rules

_COUNT_AT_MOST = 1000

_WAITING = """
SELECT count(*) FROM (
  SELECT 1 FROM queue_slot s
  WHERE s.project_id = %(project)s AND s.kind = %(kind)s AND s.state = 'open'
    AND NOT EXISTS (
      SELECT 1 FROM queue_lease l
      WHERE l.task_id = s.task_id AND l.person_id = %(person)s AND l.state <> 'expired')
  GROUP BY s.task_id
  LIMIT %(most)s
) AS waiting
"""


def work_waiting(actor: Actor, project: Project) -> list[dict[str, Any]]:
    """Return what waits for the actor, by kind: tasks they may get (counted to 1,000) and those they hold.

    Where tasks that measure people are mixed in, the count is the next higher ten: taking one leaves it as it is, and
    an exact one would tell.
    """
    rules = quality_rules(project.pk)
    mixed_in = {
        TaskKind.LABEL: rules.gold_share > 0,
        TaskKind.COMPARE: rules.gold_share > 0 or rules.again_share > 0,
    }
    held = dict(
        Lease.objects.filter(person_id=actor.user.pk, state=LeaseState.HELD, task__project=project)
        .values_list("task__kind")
        .annotate(held=Count("id"))
    )
    rows = []
    for kind in TaskKind:
        with connection.cursor() as cursor:
            cursor.execute(
                _WAITING,
                {"project": project.pk, "kind": str(kind), "person": actor.user.pk, "most": _COUNT_AT_MOST},
            )
            waiting = cursor.fetchone()[0]
        is_rounded = mixed_in[kind]
        rows.append(
            {
                "kind": str(kind),
                "waiting": -(-waiting // 10) * 10 if is_rounded else waiting,
                "is_rounded": is_rounded,
                "more": waiting == _COUNT_AT_MOST,
                "held": held.get(kind, 0),
            }
        )
    return rows


def project_overview(project: Project) -> dict[str, Any]:
    """Return a project's counts: posts, tasks by kind and state, submissions, people, time in view.

    What measures people is left out.
    """
    day_ago = timezone.now() - timedelta(days=1)
    asked = Task.objects.filter(project=project).exclude(source__in=MEASURING_SOURCES)
    tasks = asked.values("kind", "state").annotate(count=Count("id"))
    given = Submission.objects.filter(task__project=project).exclude(task__source__in=MEASURING_SOURCES)
    submissions = given.aggregate(
        total=Count("id"),
        last_day=Count("id", filter=Q(created_at__gte=day_ago)),
        late=Count("id", filter=Q(is_late=True)),
        simulated=Count("id", filter=Q(person__is_simulated=True)),
        people=Count("person", distinct=True),
        active_ms=Sum("active_ms"),
    )
    views = ViewEvent.objects.filter(project=project).aggregate(in_view=Sum("seconds"))
    revealed = Reveal.objects.filter(project=project).aggregate(seconds=Sum("seconds"))
    return {
        "posts": posts_in(project.pk).count(),
        "tasks": sorted(tasks, key=lambda row: (row["kind"], row["state"])),
        "submissions": {**submissions, "active_ms": submissions["active_ms"] or 0},
        "members": members_of(project).count(),
        "seconds_in_view": views["in_view"] or 0.0,
        "seconds_revealed": revealed["seconds"] or 0.0,
    }


def exposure_of(person_id: uuid.UUID, project: Project) -> float:
    """Return the seconds of uncovered material the person had in view in the project, all days together."""
    total = Reveal.objects.filter(person_id=person_id, project=project).aggregate(Sum("seconds"))
    return float(total["seconds__sum"] or 0.0)
