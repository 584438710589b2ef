"""Having workers look at what promoted models see now."""

from __future__ import annotations

from active_learning.models import InputMeasure, ModelVersion
from active_learning.selectors.drift import posts_since
from active_learning.selectors.promotions import models_promoted
from core.jobs.services import job_start

MEASURE_JOB = "active_learning.measure_inputs"
WATCH_TASK = "active_learning.watch_models"


def models_watch() -> int:
    """Have workers measure the posts that came since promoted models were measured last; return for how many models.

    Safe to run twice: a model that is being measured has one job.
    """
    started = 0
    for model in models_promoted():
        if model.evaluation.get("inputs") and _has_new_posts(model):
            job_start(
                None,
                project=model.project,
                kind=MEASURE_JOB,
                queue="gpu",
                params={"model_id": str(model.pk)},
                unique_key=f"{MEASURE_JOB}:{model.pk}",
                message="Measuring new posts",
            )
            started += 1
    return started


def _has_new_posts(model: ModelVersion) -> bool:
    newest = InputMeasure.objects.filter(model=model).order_by("-pk").first()
    return posts_since(model, model.created_at if newest is None else newest.created_at).exists()
