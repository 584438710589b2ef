"""Reads of policies. What other apps may use is re-exported here."""

from __future__ import annotations

from policies.selectors.guides import release_markdown
from policies.selectors.releases import (
    meaning_changes,
    meanings,
    release_current,
    release_get,
    releases_current,
    releases_get,
)
from policies.selectors.views import AnswerView, ClauseView, MeaningChange, ReleaseView, SeverityView

__all__ = [
    "AnswerView",
    "ClauseView",
    "MeaningChange",
    "ReleaseView",
    "SeverityView",
    "meaning_changes",
    "meanings",
    "release_current",
    "release_get",
    "release_markdown",
    "releases_current",
    "releases_get",
]
