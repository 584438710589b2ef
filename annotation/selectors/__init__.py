"""Reads of this app. What other apps may use is re-exported here; callers have passed the project's door."""

from __future__ import annotations

from annotation.models import Decision, Evidence, Verdict
from annotation.selectors.agreement import ClauseAgreement, ProjectAgreement, agreement_measured
from annotation.selectors.ambiguity import (
    ClauseAmbiguity,
    ClauseSplits,
    clause_splits,
    clauses_unclear,
    unclear_rests_on,
)
from annotation.selectors.answers import post_answers
from annotation.selectors.backing import votes_backing
from annotation.selectors.bundles import label_bundle
from annotation.selectors.citations import cited_by
from annotation.selectors.decisions import decisions_current, decisions_needing_a_person
from annotation.selectors.drawn import (
    Corners,
    DrawnBox,
    SuggestedBox,
    boxes_drawn,
    boxes_merged,
    boxes_suggested,
)
from annotation.selectors.gold import (
    GoldTally,
    GoldView,
    gold_items,
    gold_posts,
    gold_tallies,
    gold_views,
    own_gold,
    share_of,
)
from annotation.selectors.gold_truths import GoldVote, gold_votes
from annotation.selectors.kept_figures import Measured
from annotation.selectors.onboarding import (
    OnboardingStanding,
    OnboardingView,
    onboarding_view,
    own_onboarding,
)
from annotation.selectors.outcomes import Outcome, outcomes_of
from annotation.selectors.people import PersonResult, own_results, people_results
from annotation.selectors.proposing import ProposingModel, head_answers, models_proposing
from annotation.selectors.quality import ClauseQuality, Cost, clauses_quality, cost_of_rules
from annotation.selectors.reviewing import submissions_to_review
from annotation.selectors.suggestion_figures import ClauseBias, suggestion_figures
from annotation.selectors.suggestions import (
    RulesView,
    answers_suggested,
    posts_asked,
    rules_get,
    rules_known,
)
from annotation.selectors.votes import VoteView, verdicts_counted, verdicts_of, votes

__all__ = [
    "ClauseAgreement",
    "ClauseAmbiguity",
    "ClauseBias",
    "ClauseQuality",
    "ClauseSplits",
    "Corners",
    "Cost",
    "Decision",
    "DrawnBox",
    "Evidence",
    "GoldTally",
    "GoldView",
    "GoldVote",
    "Measured",
    "OnboardingStanding",
    "OnboardingView",
    "Outcome",
    "PersonResult",
    "ProjectAgreement",
    "ProposingModel",
    "RulesView",
    "SuggestedBox",
    "Verdict",
    "VoteView",
    "agreement_measured",
    "answers_suggested",
    "boxes_drawn",
    "boxes_merged",
    "boxes_suggested",
    "cited_by",
    "clause_splits",
    "clauses_quality",
    "clauses_unclear",
    "cost_of_rules",
    "decisions_current",
    "decisions_needing_a_person",
    "gold_items",
    "gold_posts",
    "gold_tallies",
    "gold_views",
    "gold_votes",
    "head_answers",
    "label_bundle",
    "models_proposing",
    "onboarding_view",
    "outcomes_of",
    "own_gold",
    "own_onboarding",
    "own_results",
    "people_results",
    "post_answers",
    "posts_asked",
    "rules_get",
    "rules_known",
    "share_of",
    "submissions_to_review",
    "suggestion_figures",
    "unclear_rests_on",
    "verdicts_counted",
    "verdicts_of",
    "votes",
    "votes_backing",
]
