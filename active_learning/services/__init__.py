"""Writes of rounds and scans. What runs on workers is started here and lives in ``active_learning.runs``."""

from __future__ import annotations

from active_learning.services.base_models import base_model_checked, base_model_place
from active_learning.services.encoding import text_read_soon
from active_learning.services.findings import finding_ask
from active_learning.services.judging import JudgingPlan, judging_estimate, judging_resume, judging_start
from active_learning.services.maps import map_ask, map_start
from active_learning.services.models import model_suggest
from active_learning.services.plans import plan_create, plan_end, plan_pause, plan_resume
from active_learning.services.promotions import (
    model_promote,
    model_roll_back,
    model_threshold_state,
    model_withdraw,
    round_promotes,
)
from active_learning.services.rounds import round_start
from active_learning.services.scans import scan_start
from active_learning.services.suspects import suspect_ask, suspect_review

__all__ = [
    "JudgingPlan",
    "base_model_checked",
    "base_model_place",
    "finding_ask",
    "judging_estimate",
    "judging_resume",
    "judging_start",
    "map_ask",
    "map_start",
    "model_promote",
    "model_roll_back",
    "model_suggest",
    "model_threshold_state",
    "model_withdraw",
    "plan_create",
    "plan_end",
    "plan_pause",
    "plan_resume",
    "round_promotes",
    "round_start",
    "scan_start",
    "suspect_ask",
    "suspect_review",
    "text_read_soon",
]
