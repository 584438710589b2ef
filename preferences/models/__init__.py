"""Tables of this app; private to it."""

from __future__ import annotations

from preferences.models.comparisons import Comparison, Prompt, Response, SideOrder
from preferences.models.conversations import NextTurn
from preferences.models.decisions import AcceptanceDecision, ComparisonDecision
from preferences.models.gold import GoldPair, GoldPairAnswer, GoldPairResult
from preferences.models.judges import JudgeCall, JudgeItem, JudgeRun
from preferences.models.judging import JudgingMeasure
from preferences.models.judgments import (
    AxisAnswer,
    ClauseCitation,
    Demonstration,
    Judgment,
    ResponseAssessment,
)
from preferences.models.sampling import SamplingCall, SamplingItem, SamplingRun
from preferences.models.settling import UnsettledJudgment
from preferences.models.slates import (
    RatingDecision,
    Slate,
    SlateAnswer,
    SlateOpinion,
    SlateOrder,
    SlatePlacement,
    SlateResponse,
)
from preferences.models.tallies import Tally

__all__ = [
    "AcceptanceDecision",
    "AxisAnswer",
    "ClauseCitation",
    "Comparison",
    "ComparisonDecision",
    "Demonstration",
    "GoldPair",
    "GoldPairAnswer",
    "GoldPairResult",
    "JudgeCall",
    "JudgeItem",
    "JudgeRun",
    "JudgingMeasure",
    "Judgment",
    "NextTurn",
    "Prompt",
    "RatingDecision",
    "Response",
    "ResponseAssessment",
    "SamplingCall",
    "SamplingItem",
    "SamplingRun",
    "SideOrder",
    "Slate",
    "SlateAnswer",
    "SlateOpinion",
    "SlateOrder",
    "SlatePlacement",
    "SlateResponse",
    "Tally",
    "UnsettledJudgment",
]
