from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from core.accounts.selectors import Actor, Capability, Project, reading, record_get
from training.errors import TrainingFileMissingError
from training.models import PairScore, TrainingFile, TrainingRun


def runs_in(project: Project, *, version_id: UUID | None = None) -> QuerySet[TrainingRun]:
    """Return the project's runs, or those on one version, without what only a run's own page shows."""
    rows = _with_facts(TrainingRun.objects.filter(project=project)).defer("curve")
    return rows if version_id is None else rows.filter(version_id=version_id)


def runs_reading(actor: Actor) -> Capability:
    """Return what reading runs takes: seeing results, or, for a token that trains or takes files out, just that."""
    return reading(actor, Capability.MODELS_RUN, Capability.DATASETS_EXPORT)


def run_get(actor: Actor, run_id: UUID, *, needs: Capability | None = None) -> TrainingRun:
    """Return one run of a project in which the actor may do ``needs``, or else read runs.

    Raises
    ------
    NotFoundError
        When there is none, or it is in a project the actor cannot see.
    CapabilityMissingError
        When the actor sees the project but may not do ``needs``.
    """
    rows = _with_facts(TrainingRun.objects.filter(pk=run_id)).prefetch_related("files")
    return record_get(actor, rows, needs=needs or runs_reading(actor))


def file_get(run: TrainingRun, path: str) -> TrainingFile:
    """Return the run's file that has exactly this path.

    Raises
    ------
    TrainingFileMissingError
        When there is none.
    """
    found = run.files.filter(path=path).first()
    if found is None:
        raise TrainingFileMissingError()
    return found


def _with_facts(rows: QuerySet[TrainingRun]) -> QuerySet[TrainingRun]:
    newer = TrainingRun.objects.filter(
        project=OuterRef("project"), promoted_at__isnull=False, promoted_at__gt=OuterRef("promoted_at")
    )
    return rows.select_related(
        "job",
        "job__requested_by",
        "scoring_job",
        "scoring_job__requested_by",
        "version__dataset",
        "requested_by",
    ).annotate(
        superseded=Exists(newer),
        has_scores=Exists(PairScore.objects.filter(run=OuterRef("pk"))),
    )
