"""Tables of this app; private to it."""

from __future__ import annotations

from preferences.models.comparisons import Comparison, Prompt, Response, SideOrder
from preferences.models.decisions import AcceptanceDecision, ComparisonDecision
from preferences.models.judgments import (
    AxisAnswer,
    ClauseCitation,
    Demonstration,
    Judgment,
    ResponseAssessment,
)

__all__ = [
    "AcceptanceDecision",
    "AxisAnswer",
    "ClauseCitation",
    "Comparison",
    "ComparisonDecision",
    "Demonstration",
    "Judgment",
    "Prompt",
    "Response",
    "ResponseAssessment",
    "SideOrder",
]
