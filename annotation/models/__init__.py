"""Tables of this app; private to it."""

from __future__ import annotations

from annotation.models.answers import Evidence, Verdict
from annotation.models.decisions import Decision
from annotation.models.gold import GoldAnswer, GoldItem, GoldResult
from annotation.models.precedents import Citation, PrecedentShowing
from annotation.models.rule_changes import RuleChangeTold
from annotation.models.settling import UnsettledAnswer
from annotation.models.suggestions import Suggestion, SuggestionOffer, SuggestionReport, SuggestionRules
from annotation.models.tallies import Tally

__all__ = [
    "Citation",
    "Decision",
    "Evidence",
    "GoldAnswer",
    "GoldItem",
    "GoldResult",
    "PrecedentShowing",
    "RuleChangeTold",
    "Suggestion",
    "SuggestionOffer",
    "SuggestionReport",
    "SuggestionRules",
    "Tally",
    "UnsettledAnswer",
    "Verdict",
]
