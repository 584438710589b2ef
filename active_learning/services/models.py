from __future__ import annotations

from django.db import transaction

from active_learning.models import ModelVersion
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.jobs.selectors import Job
from core.jobs.services import job_start

SUGGEST_JOB = "active_learning.suggest"


@transaction.atomic
def model_suggest(actor: Actor, model: ModelVersion) -> Job:
    """Have a worker store what a trained head says of the posts that people are asked about now.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    """
    project = project_get(actor, model.project_id, needs=Capability.MODELS_RUN)
    job = job_start(actor, project=project, kind=SUGGEST_JOB, queue="gpu", params={"model_id": str(model.pk)})
    audit_record(actor, action="suggestions.request", project=project, target=model)
    return job
