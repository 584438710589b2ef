from __future__ import annotations

from django.db import transaction

from active_learning.errors import ModelMeaningPassedError, ModelNotPromotedError
from active_learning.models import ModelVersion
from active_learning.selectors.promotions import meaning_holds, meanings_current, promotion_held
from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.jobs.selectors import Job
from core.jobs.services import job_start

SUGGEST_JOB = "active_learning.suggest"


@transaction.atomic
def model_suggest(actor: Actor, model: ModelVersion) -> Job:
    """Have a worker store what the promoted model says of the posts that people are asked about now.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ModelNotPromotedError, ModelMeaningPassedError
    """
    project = project_get(actor, model.project_id, needs=Capability.MODELS_RUN)
    if promotion_held(model) is None:
        raise ModelNotPromotedError()
    if not meaning_holds(model, meanings_current(model.project_id)):
        raise ModelMeaningPassedError(number=model.number)
    job = suggestions_begin(actor, project, model)
    audit_record(actor, action="suggestions.request", project=project, target=model)
    return job


def suggestions_begin(actor: Actor | None, project: Project, model: ModelVersion) -> Job:
    """Start the job; the caller has checked that the model is the one to suggest."""
    return job_start(
        actor, project=project, kind=SUGGEST_JOB, queue="gpu", params={"model_id": str(model.pk)}
    )
