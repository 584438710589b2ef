from __future__ import annotations

import uuid
from typing import Any

from core.jobs.running import JobContext, counted, job_handler
from training.services.promotion import SCORE_JOB
from training.services.runs import TRAIN_JOB


@job_handler(kind=TRAIN_JOB, queue="gpu", time_limit_s=7 * 24 * 3600)
def run_training(context: JobContext) -> dict[str, Any]:
    """Train on a version; a worker that is lost loses what came after the newest checkpoint."""
    from training.runs.training import training_run

    result = training_run(uuid.UUID(context.params["run_id"]), context.progress)
    context.conclude("Trained and measured")
    return result


@job_handler(kind=SCORE_JOB, queue="gpu", time_limit_s=24 * 3600)
def score_pairs(context: JobContext) -> dict[str, Any]:
    """Score pairs that nobody judged yet by a promoted reward model."""
    from training.runs.scoring import pairs_scored

    result = pairs_scored(uuid.UUID(context.params["run_id"]), context.progress)
    context.conclude(f"{counted(int(result['scored']), 'pair')} scored")
    return result
