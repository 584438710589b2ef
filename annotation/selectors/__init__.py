"""Reads of this app. What other apps may use is re-exported here; callers have passed the project's door."""

from __future__ import annotations

from annotation.models import Decision, Evidence, Verdict
from annotation.selectors.agreement import ClauseAgreement, agreement_by_clause
from annotation.selectors.answers import post_answers
from annotation.selectors.bundles import label_bundle
from annotation.selectors.decisions import decisions_current, decisions_needing_a_person
from annotation.selectors.votes import VoteView, verdicts_counted, verdicts_of, votes

__all__ = [
    "ClauseAgreement",
    "Decision",
    "Evidence",
    "Verdict",
    "VoteView",
    "agreement_by_clause",
    "decisions_current",
    "decisions_needing_a_person",
    "label_bundle",
    "post_answers",
    "verdicts_counted",
    "verdicts_of",
    "votes",
]
