from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from active_learning.services import base_model_checked
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.errors import InvalidFieldsError, NotFoundError
from core.jobs.selectors import Job
from core.jobs.services import job_start
from exports.selectors import Version
from exports.selectors.versions import ready_version_get
from training.domain.recipes import RECIPES, Recipe, settings_of
from training.domain.rubric import weights_problems
from training.errors import TrainingFinishedError, TrainingUnderWayError
from training.models import TrainingFile, TrainingRun
from training.selectors import run_get
from training.selectors.offers import clauses_weighed, offer_of

TRAIN_JOB = "training.run"


@transaction.atomic
def run_start(
    actor: Actor, project_id: UUID, *, version_id: UUID, recipe: str, base: str, settings: Mapping[str, Any]
) -> TrainingRun:
    """Have a worker train on a version.

    Raises
    ------
    NotFoundError, CapabilityMissingError, VersionNotReadyError, KindMissingError, NothingToTrainOnError,
    EncoderNameError
    InvalidFieldsError
        When a clause is weighed that the version's release does not have.
    """
    project = project_get(actor, project_id, needs=Capability.MODELS_RUN)
    version = ready_version_get(actor, version_id, needs=Capability.MODELS_RUN)
    if version.dataset.project_id != project.pk:
        raise NotFoundError()
    chosen = Recipe(recipe)
    refusal = offer_of(version, chosen).refusal
    if refusal is not None:
        raise refusal
    known = settings_of(chosen, settings)
    if chosen is Recipe.GRPO:
        known["clause_weights"] = _weights(version, known["clause_weights"])
    run = TrainingRun.objects.create(
        project=project,
        version=version,
        recipe=chosen.value,
        base=base_model_checked(base, is_encoder=chosen is Recipe.ENCODER),
        settings=known,
        requested_by=actor.user,
    )
    _job_start(actor, run)
    data = {"recipe": run.recipe, "base": run.base, "version": str(version.pk)}
    audit_record(actor, action="training.start", project=project, target=run, data=data)
    return run


@transaction.atomic
def run_resume(actor: Actor, run: TrainingRun) -> TrainingRun:
    """Go on with a run that failed or was cancelled, from its newest checkpoint.

    Raises
    ------
    NotFoundError, CapabilityMissingError, TrainingUnderWayError, TrainingFinishedError
    """
    project = project_get(actor, run.project_id, needs=Capability.MODELS_RUN)
    locked = TrainingRun.objects.select_for_update(of=("self",)).select_related("job").get(pk=run.pk)
    if locked.finished_at is not None:
        raise TrainingFinishedError()
    if locked.job is not None and locked.job.state in {"queued", "running"}:
        raise TrainingUnderWayError()
    _job_start(actor, locked)
    data = {"step": locked.checkpoint_step or 0}
    audit_record(actor, action="training.resume", project=project, target=locked, data=data)
    return locked


@transaction.atomic
def file_download_note(actor: Actor, file: TrainingFile) -> None:
    """Note in the audit log who takes which file of which run."""
    run = run_get(actor, file.run_id, needs=Capability.DATASETS_EXPORT)
    audit_record(actor, action="training.download", project=run.project, target=run, data={"path": file.path})


def _weights(version: Version, asked: Mapping[str, float]) -> dict[str, float]:
    """Return what every clause of the rubric counts: as asked, else by the release's severities."""
    usual = {item.clause.key: item.weight for item in clauses_weighed(version)}
    if problems := weights_problems(asked, usual):
        raise InvalidFieldsError(problems)
    return usual | dict(asked)


def _job_start(actor: Actor, run: TrainingRun) -> Job:
    job = job_start(
        actor,
        project=run.project,
        kind=TRAIN_JOB,
        queue="gpu",
        params={"run_id": str(run.pk)},
        message=f"{RECIPES[Recipe(run.recipe)].title} on {run.base}",
    )
    TrainingRun.objects.filter(pk=run.pk).update(job=job)
    run.job = job
    return job
