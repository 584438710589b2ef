"""Writes of this app. What other apps may use is re-exported here."""

from __future__ import annotations

from annotation.head_registry import head_source_register, heads_forget
from annotation.services.adjudications import adjudication_record
from annotation.services.decisions import posts_decide
from annotation.services.escalations import Escalated, post_escalate
from annotation.services.exchanges import Exchange, label_exchange
from annotation.services.gold import Tolerance, gold_make, gold_retire
from annotation.services.measuring import Figures, FiguresTold, figures_told
from annotation.services.onboarding import STEPS_MOST as ONBOARDING_STEPS_MOST
from annotation.services.onboarding import (
    onboarding_decide,
    onboarding_go_on,
    onboarding_set,
    onboarding_try_again,
)
from annotation.services.precedents import ShownPrecedent, precedents_show
from annotation.services.proposals import judgment_propose
from annotation.services.recomputation import decisions_recompute_request
from annotation.services.reviews import Amendment, answer_review
from annotation.services.rule_changes import rule_change_acknowledge
from annotation.services.rulings import ClauseRuling, Ruling, ruling_record
from annotation.services.submissions import Answer, annotation_submit
from annotation.services.suggestion_imports import ImportedSuggestions, suggestions_import
from annotation.services.suggestions import (
    Proposer,
    Reported,
    SuggestionDraft,
    second_look,
    suggestion_rules_change,
    suggestions_record,
    suggestions_report,
)
from annotation.services.tasks import PostChoice, TasksRequested, label_tasks_request

__all__ = [
    "ONBOARDING_STEPS_MOST",
    "Amendment",
    "Answer",
    "ClauseRuling",
    "Escalated",
    "Exchange",
    "Figures",
    "FiguresTold",
    "ImportedSuggestions",
    "PostChoice",
    "Proposer",
    "Reported",
    "Ruling",
    "ShownPrecedent",
    "SuggestionDraft",
    "TasksRequested",
    "Tolerance",
    "adjudication_record",
    "annotation_submit",
    "answer_review",
    "decisions_recompute_request",
    "figures_told",
    "gold_make",
    "gold_retire",
    "head_source_register",
    "heads_forget",
    "judgment_propose",
    "label_exchange",
    "label_tasks_request",
    "onboarding_decide",
    "onboarding_go_on",
    "onboarding_set",
    "onboarding_try_again",
    "post_escalate",
    "posts_decide",
    "precedents_show",
    "rule_change_acknowledge",
    "ruling_record",
    "second_look",
    "suggestion_rules_change",
    "suggestions_import",
    "suggestions_record",
    "suggestions_report",
]
