from __future__ import annotations

import uuid

from django.db.models import Count, QuerySet

from active_learning.models import Pick, Round
from core.accounts.selectors import Actor, Capability, Project, projects_visible_to
from core.errors import NotFoundError


def rounds_in(project: Project) -> QuerySet[Round]:
    """Return the project's rounds with their jobs and how many posts each chose."""
    return _with_facts(Round.objects.filter(project=project))


def round_get(actor: Actor, round_id: uuid.UUID) -> Round:
    """Return a round of a project whose results the actor may see.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=Capability.RESULTS_VIEW)
    found = _with_facts(Round.objects.filter(pk=round_id, project__in=visible)).first()
    if found is None:
        raise NotFoundError()
    return found


def picks_of(found: Round) -> QuerySet[Pick]:
    """Return what a round chose, best first."""
    return Pick.objects.filter(round=found).select_related("post", "round").order_by("rank")


def _with_facts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    return rounds.select_related(
        "job", "job__requested_by", "release__policy", "requested_by", "model"
    ).annotate(picked=Count("picks"))
