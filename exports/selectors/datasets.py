from __future__ import annotations

from uuid import UUID

from django.db.models import Max, Q, QuerySet

from core.accounts.selectors import Actor, Capability, project_get, projects_visible_to
from core.errors import NotFoundError
from exports.models import Dataset


def datasets_in(actor: Actor, project_id: UUID, *, name: str = "") -> QuerySet[Dataset]:
    """Return a project's datasets with the number of their newest ready version, for who may see results."""
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    rows = _with_newest(Dataset.objects.filter(project=project))
    return rows.filter(name=name) if name else rows


def dataset_get(actor: Actor, dataset_id: UUID, *, needs: Capability = Capability.RESULTS_VIEW) -> Dataset:
    """Return one dataset when the actor may do ``needs`` in its project.

    Raises
    ------
    NotFoundError
        When there is none, or it is in a project the actor cannot see.
    CapabilityMissingError
        When the actor sees the project but may not do ``needs``.
    """
    rows = Dataset.objects.filter(pk=dataset_id, project__in=projects_visible_to(actor))
    dataset = _with_newest(rows).first()
    if dataset is None:
        raise NotFoundError()
    project_get(actor, dataset.project_id, needs=needs)
    return dataset


def _with_newest(rows: QuerySet[Dataset]) -> QuerySet[Dataset]:
    return rows.select_related("project").annotate(
        newest_version=Max("versions__number", filter=Q(versions__state="ready"))
    )
