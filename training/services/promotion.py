from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.jobs.services import job_start
from training.domain.recipes import Recipe
from training.errors import NotPromotableError
from training.models import TrainingRun

SCORE_JOB = "training.score_pairs"


@transaction.atomic
def run_promote(actor: Actor, run: TrainingRun) -> TrainingRun:
    """Let a reward model help to choose pairs, and have a worker score those it has not scored.

    Asking again scores the pairs that came since; the model that was promoted before waits behind this one.

    Raises
    ------
    NotFoundError, CapabilityMissingError, NotPromotableError
    """
    project = project_get(actor, run.project_id, needs=Capability.MODELS_RUN)
    if run.recipe != Recipe.REWARD or run.finished_at is None:
        raise NotPromotableError()
    job = job_start(
        actor,
        project=project,
        kind=SCORE_JOB,
        queue="gpu",
        params={"run_id": str(run.pk)},
        unique_key=f"{SCORE_JOB}:{run.pk}",
        message="Scoring pairs",
    )
    TrainingRun.objects.filter(pk=run.pk).update(promoted_at=Now(), scoring_job=job)
    audit_record(actor, action="training.promote", project=project, target=run)
    return run


@transaction.atomic
def run_demote(actor: Actor, run: TrainingRun) -> TrainingRun:
    """Take a reward model back: the one promoted before it helps to choose pairs again, if there is one.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    """
    project = project_get(actor, run.project_id, needs=Capability.MODELS_RUN)
    TrainingRun.objects.filter(pk=run.pk).update(promoted_at=None)
    audit_record(actor, action="training.demote", project=project, target=run)
    return run
