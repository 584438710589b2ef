"""Reads of policies. What other apps may use is re-exported here."""

from __future__ import annotations

from policies.domain.likeness import LikeBy, Likeness
from policies.precedent_registry import posts_held_out
from policies.selectors.campaigns import CampaignStanding, campaigns_standing
from policies.selectors.citing import records_wanted
from policies.selectors.differences import ComparedReleases, difference_get
from policies.selectors.earlier import answers_by_meaning, releases_asking_anew
from policies.selectors.guides import release_markdown, release_rules
from policies.selectors.impact import impact_get
from policies.selectors.judging import JudgedClause, JudgedRelease, release_judged, releases_readable
from policies.selectors.lineage import ClauseSuccession, clause_lineage
from policies.selectors.precedents import (
    Asked,
    PrecedentView,
    asked_of,
    likeness_between,
    likeness_of_posts,
    precedent_views,
    precedents_found,
    precedents_holding,
    precedents_like,
    precedents_open,
)
from policies.selectors.releases import (
    meaning_changes,
    meanings,
    release_current,
    release_fixed,
    release_get,
    releases_current,
    releases_get,
    releases_in_effect,
)
from policies.selectors.renderings import rendering_get, renderings_all
from policies.selectors.searching import (
    ClauseMatch,
    clauses_like,
    clauses_matching,
    passages_of,
    releases_named,
)
from policies.selectors.views import AnswerView, ClauseView, MeaningChange, ReleaseView, SeverityView
from policies.selectors.wordings import own_words

__all__ = [
    "AnswerView",
    "Asked",
    "CampaignStanding",
    "ClauseMatch",
    "ClauseSuccession",
    "ClauseView",
    "ComparedReleases",
    "JudgedClause",
    "JudgedRelease",
    "LikeBy",
    "Likeness",
    "MeaningChange",
    "PrecedentView",
    "ReleaseView",
    "SeverityView",
    "answers_by_meaning",
    "asked_of",
    "campaigns_standing",
    "clause_lineage",
    "clauses_like",
    "clauses_matching",
    "difference_get",
    "impact_get",
    "likeness_between",
    "likeness_of_posts",
    "meaning_changes",
    "meanings",
    "own_words",
    "passages_of",
    "posts_held_out",
    "precedent_views",
    "precedents_found",
    "precedents_holding",
    "precedents_like",
    "precedents_open",
    "records_wanted",
    "release_current",
    "release_fixed",
    "release_get",
    "release_judged",
    "release_markdown",
    "release_rules",
    "releases_asking_anew",
    "releases_current",
    "releases_get",
    "releases_in_effect",
    "releases_named",
    "releases_readable",
    "rendering_get",
    "renderings_all",
]
