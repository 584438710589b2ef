"""Writes of preferences. What other apps may use is re-exported here."""

from __future__ import annotations

from preferences.services.bundles import bundle_open
from preferences.services.compare_tasks import Choosing, TasksMade, compare_tasks_create
from preferences.services.conversations import turn_go_on, turn_open, turn_write
from preferences.services.gold import gold_pair_make, gold_pair_retire
from preferences.services.imports import comparison_import_start
from preferences.services.judge_doubts import DoubtsAsked, judge_doubts_ask
from preferences.services.judge_imports import judge_import_start
from preferences.services.judges import (
    JudgeChoice,
    JudgePlan,
    judge_run_estimate,
    judge_run_resume,
    judge_run_start,
)
from preferences.services.judging import judging_measure_start
from preferences.services.judgments import judgment_submit
from preferences.services.rating_jobs import ratings_fit_start
from preferences.services.reviews import JudgmentAmendment, comparison_adjudicate, judgment_review
from preferences.services.sampling import (
    SamplingChoice,
    SamplingPlan,
    sampling_run_estimate,
    sampling_run_resume,
    sampling_run_start,
)

__all__ = [
    "Choosing",
    "DoubtsAsked",
    "JudgeChoice",
    "JudgePlan",
    "JudgmentAmendment",
    "SamplingChoice",
    "SamplingPlan",
    "TasksMade",
    "bundle_open",
    "compare_tasks_create",
    "comparison_adjudicate",
    "comparison_import_start",
    "gold_pair_make",
    "gold_pair_retire",
    "judge_doubts_ask",
    "judge_import_start",
    "judge_run_estimate",
    "judge_run_resume",
    "judge_run_start",
    "judging_measure_start",
    "judgment_review",
    "judgment_submit",
    "ratings_fit_start",
    "sampling_run_estimate",
    "sampling_run_resume",
    "sampling_run_start",
    "turn_go_on",
    "turn_open",
    "turn_write",
]
