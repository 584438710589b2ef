"""How far a project's label work is: by language, by what ordered it, by clause, by person. Gold is left out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.utils import timezone

from core.accounts.selectors import Project
from core.queue.domain.states import GOLD_SOURCE, ONBOARDING, LeaseState, SlotState
from core.queue.models import Lease, Slot, Submission

_CLAUSES = """
SELECT key, count(DISTINCT post_id), count(*), count(*) FILTER (WHERE state = 'filled'),
  count(*) FILTER (WHERE state = 'leased')
FROM (
  SELECT unnest(coalesce(slot.clause_keys, task.clause_keys)) AS key, task.post_id, slot.state
  FROM queue_slot AS slot JOIN queue_task AS task ON task.id = slot.task_id
  WHERE slot.project_id = %(project)s AND slot.kind = 'label' AND slot.state <> 'withdrawn'
    AND task.source <> %(gold)s
) AS asked
GROUP BY key ORDER BY key
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of posts in one respect: how many answers are wanted, given, and being given now."""

    key: str
    posts: int
    wanted: int
    given: int
    held: int


@dataclass(frozen=True, slots=True)
class Worked:
    """What one person has done; ``active_ms`` is the time their pages were active."""

    person_id: uuid.UUID
    posts: int
    given: int
    last_day: int
    skipped: int
    active_ms: int


def progress_by_language(project: Project) -> list[Asked]:
    """Return progress by the posts' language; the empty key is posts whose language is not known."""
    return _grouped(_slots(project).values(key=F("task__post__language")))


def progress_by_source(project: Project) -> list[Asked]:
    """Return progress by what ordered the tasks: its ``source``, each campaign apart as ``campaign:identifier``."""
    campaign = Case(When(task__source="campaign", then=F("task__source_id")))
    rows = _slots(project).annotate(campaign=campaign).values("task__source", "campaign")
    return [
        Asked(
            f"campaign:{row['campaign']}" if row["campaign"] else row["task__source"],
            row["posts"],
            row["wanted"],
            row["given"],
            row["held"],
        )
        for row in _counted(rows).order_by("task__source", "campaign")
    ]


def progress_by_clause(project: Project) -> list[Asked]:
    """Return progress by clause key; an answer to a task counts for each clause it was asked."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAUSES, {"project": project.pk, "gold": GOLD_SOURCE})
        return [Asked(*row) for row in cursor.fetchall()]


def progress_by_person(project: Project) -> list[Worked]:
    """Return what each person has answered and skipped, the most answers first; replaced answers count once."""
    given = (
        Submission.objects.filter(task__project=project, task__kind="label", superseded_by__isnull=True)
        .exclude(task__source=GOLD_SOURCE)
        .values("person_id")
        .annotate(
            posts=Count("task__post_id", distinct=True),
            given=Count("id"),
            last_day=Count("id", filter=Q(created_at__gte=timezone.now() - timedelta(days=1))),
            spent=Sum("active_ms"),
        )
        .order_by("-given", "person_id")
    )
    skipped = dict(
        Lease.objects.filter(task__project=project, task__kind="label", state=LeaseState.SKIPPED)
        .exclude(task__source=GOLD_SOURCE, task__context__has_key=ONBOARDING)
        .values_list("person_id")
        .annotate(count=Count("id"))
    )
    return [
        Worked(
            person_id=row["person_id"],
            posts=row["posts"],
            given=row["given"],
            last_day=row["last_day"],
            skipped=skipped.get(row["person_id"], 0),
            active_ms=row["spent"] or 0,
        )
        for row in given
    ]


def _slots(project: Project) -> QuerySet[Slot]:
    rows = Slot.objects.filter(project=project, kind="label").exclude(state=SlotState.WITHDRAWN)
    return rows.exclude(task__source=GOLD_SOURCE)


def _counted(rows: Any) -> Any:
    return rows.annotate(
        posts=Count("task__post_id", distinct=True),
        wanted=Count("id"),
        given=Count("id", filter=Q(state=SlotState.FILLED)),
        held=Count("id", filter=Q(state=SlotState.LEASED)),
    )


def _grouped(rows: Any) -> list[Asked]:
    counted = _counted(rows).order_by("key")
    return [
        Asked(row["key"] or "", row["posts"], row["wanted"], row["given"], row["held"]) for row in counted
    ]
