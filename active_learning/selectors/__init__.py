"""Reads of rounds, scans and models; each scoped to the projects the caller may see results of."""

from __future__ import annotations

from active_learning.selectors.drift import Drift, drift_of, models_drifted
from active_learning.selectors.evaluations import Evaluation, evaluation_of, threshold_for
from active_learning.selectors.findings import (
    FindingView,
    finding_get,
    findings_of,
    findings_shown,
    scan_findings,
)
from active_learning.selectors.harm_found import harm_found
from active_learning.selectors.judging import (
    judging_calls_of,
    judging_get,
    judging_items,
    judgings_in,
)
from active_learning.selectors.learnable import clauses_decided
from active_learning.selectors.maps import map_choices, map_get, map_points, maps_in
from active_learning.selectors.models import model_get, models_in
from active_learning.selectors.near import posts_near
from active_learning.selectors.plans import plan_get, plan_progress, plans_in
from active_learning.selectors.promotions import (
    Meanings,
    Standing,
    meaning_holds,
    meanings_current,
    model_state,
    standing_of,
)
from active_learning.selectors.round_cost import round_cost
from active_learning.selectors.rounds import picks_of, round_get, rounds_in
from active_learning.selectors.scan_gold import scan_gold
from active_learning.selectors.scans import (
    decisions_confirmed,
    scan_advice,
    scan_get,
    scan_kinds,
    scan_precision,
    scans_in,
    subjects_reviewed,
    suspect_get,
    suspects_of,
)

__all__ = [
    "Drift",
    "Evaluation",
    "FindingView",
    "Meanings",
    "Standing",
    "clauses_decided",
    "decisions_confirmed",
    "drift_of",
    "evaluation_of",
    "finding_get",
    "findings_of",
    "findings_shown",
    "harm_found",
    "judging_calls_of",
    "judging_get",
    "judging_items",
    "judgings_in",
    "map_choices",
    "map_get",
    "map_points",
    "maps_in",
    "meaning_holds",
    "meanings_current",
    "model_get",
    "model_state",
    "models_drifted",
    "models_in",
    "picks_of",
    "plan_get",
    "plan_progress",
    "plans_in",
    "posts_near",
    "round_cost",
    "round_get",
    "rounds_in",
    "scan_advice",
    "scan_findings",
    "scan_get",
    "scan_gold",
    "scan_kinds",
    "scan_precision",
    "scans_in",
    "standing_of",
    "subjects_reviewed",
    "suspect_get",
    "suspects_of",
    "threshold_for",
]
