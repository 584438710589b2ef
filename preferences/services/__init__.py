"""Writes of preferences. What other apps may use is re-exported here."""

from __future__ import annotations

from preferences.services.bundles import bundle_open
from preferences.services.compare_tasks import TasksMade, compare_tasks_create
from preferences.services.imports import comparison_import_start
from preferences.services.judgments import judgment_submit
from preferences.services.rating_jobs import ratings_fit_start

__all__ = [
    "TasksMade",
    "bundle_open",
    "compare_tasks_create",
    "comparison_import_start",
    "judgment_submit",
    "ratings_fit_start",
]
