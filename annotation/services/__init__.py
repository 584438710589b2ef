"""Writes of this app. What other apps may use is re-exported here."""

from __future__ import annotations

from annotation.services.adjudications import adjudication_record
from annotation.services.decisions import posts_decide
from annotation.services.recomputation import decisions_recompute_request
from annotation.services.submissions import annotation_submit
from annotation.services.tasks import PostChoice, TasksRequested, label_tasks_request

__all__ = [
    "PostChoice",
    "TasksRequested",
    "adjudication_record",
    "annotation_submit",
    "decisions_recompute_request",
    "label_tasks_request",
    "posts_decide",
]
