"""Reads of preferences. Strengths are in stored order: below zero A is better, above zero B."""

from __future__ import annotations

from preferences.selectors.comparisons import comparison_get, comparisons_list
from preferences.selectors.ratings import RatingsView, pair_counts, ratings_get
from preferences.selectors.results import (
    AcceptanceView,
    AnswerView,
    AssessmentView,
    AxisDecisionView,
    DecidedComparison,
    DemonstrationView,
    JudgmentView,
    ResponseView,
    comparison_decisions,
    demonstrations,
    judgments_of,
)

__all__ = [
    "AcceptanceView",
    "AnswerView",
    "AssessmentView",
    "AxisDecisionView",
    "DecidedComparison",
    "DemonstrationView",
    "JudgmentView",
    "RatingsView",
    "ResponseView",
    "comparison_decisions",
    "comparison_get",
    "comparisons_list",
    "demonstrations",
    "judgments_of",
    "pair_counts",
    "ratings_get",
]
