from __future__ import annotations

import uuid

from django.db.models import QuerySet

from active_learning.models import ModelVersion
from active_learning.selectors.promotions import with_state
from core.accounts.selectors import Actor, Capability, Project, projects_visible_to
from core.errors import NotFoundError


def models_in(project: Project) -> QuerySet[ModelVersion]:
    """Return the project's trained heads and what each is to its clause."""
    return with_state(ModelVersion.objects.filter(project=project).select_related("release__policy"))


def model_get(
    actor: Actor, model_id: uuid.UUID, *, needs: Capability = Capability.RESULTS_VIEW
) -> ModelVersion:
    """Return a head of a project in which the actor may do what is needed.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=needs)
    rows = ModelVersion.objects.filter(pk=model_id, project__in=visible)
    found = with_state(rows.select_related("release__policy", "project")).first()
    if found is None:
        raise NotFoundError()
    return found
