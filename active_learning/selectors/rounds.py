from __future__ import annotations

import uuid

from django.db.models import Count, QuerySet

from active_learning.models import ModelVersion, Pick, Round
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


def models_in(project: Project) -> QuerySet[ModelVersion]:
    """Return the project's trained heads."""
    return ModelVersion.objects.filter(project=project).select_related("release__policy")


def model_get(actor: Actor, model_id: uuid.UUID) -> ModelVersion:
    """Return a head of a project in which the actor may run models.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=Capability.MODELS_RUN)
    found = ModelVersion.objects.filter(pk=model_id, project__in=visible).first()
    if found is None:
        raise NotFoundError()
    return found


def _with_facts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    return rounds.select_related(
        "job", "job__requested_by", "release__policy", "requested_by", "model"
    ).annotate(picked=Count("picks"))
