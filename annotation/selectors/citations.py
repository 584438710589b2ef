"""Which answers cite which precedents, and which precedents somebody was shown."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Now

from annotation.models import Citation, PrecedentShowing
from core.accounts.selectors import Actor
from core.queue.selectors import GOLD_SOURCE
from policies.selectors import precedents_open

OPEN_FOR = timedelta(hours=12)
"""So long after it was shown beside a task, the post of a precedent may be looked at."""


def citations_of(precedent_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how many answers that count cite each precedent; answers to gold are none."""
    rows = (
        Citation.objects.filter(
            precedent_id__in=list(precedent_ids),
            verdict__submission__slot__isnull=False,
            verdict__submission__superseded_by__isnull=True,
        )
        .exclude(verdict__submission__task__source=GOLD_SOURCE)
        .values_list("precedent_id")
        .annotate(count=Count("id"))
    )
    return dict(rows.order_by("precedent_id"))


def cited_by(project_id: uuid.UUID, verdict_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return, by verdict, the precedents it cites; those on posts that are held out by now are left out."""
    rows = list(
        Citation.objects.filter(verdict_id__in=list(verdict_ids))
        .order_by("verdict_id", "precedent_id")
        .values_list("verdict_id", "precedent_id")
    )
    if not rows:
        return {}
    named = {precedent_id for _, precedent_id in rows}
    shown = set(precedents_open(project_id).filter(pk__in=named).values_list("pk", flat=True))
    found: dict[uuid.UUID, list[uuid.UUID]] = {}
    for verdict_id, precedent_id in rows:
        if precedent_id in shown:
            found.setdefault(verdict_id, []).append(precedent_id)
    return found


def precedents_shown_to(
    person_id: uuid.UUID, task_id: uuid.UUID, precedent_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """Return those of the precedents that were shown to the person beside the task, with the clause of each."""
    rows = PrecedentShowing.objects.filter(
        person_id=person_id, lease__task_id=task_id, precedent_id__in=list(precedent_ids)
    )
    return dict(rows.values_list("precedent_id", "precedent__clause_key"))


def posts_of_precedents(actor: Actor, project_id: uuid.UUID, post_ids: QuerySet[Any, uuid.UUID]) -> bool:
    """Return whether one of the posts was lately shown to the actor as a precedent, and still is one."""
    rows = PrecedentShowing.objects.filter(
        person_id=actor.user.pk, post_id__in=post_ids, created_at__gt=Now() - OPEN_FOR
    )
    precedent_ids = list(rows.values_list("precedent_id", flat=True)[:200])
    if not precedent_ids:
        return False
    return precedents_open(project_id).filter(pk__in=precedent_ids).exclude(state="retired").exists()
