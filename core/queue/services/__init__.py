"""Writes of the queue: making tasks, handing them out, taking answers in."""

from __future__ import annotations

from core.queue.services.drafts import draft_save
from core.queue.services.leases import lease_next, lease_release, lease_renew, leases_expire
from core.queue.services.submissions import submission_record
from core.queue.services.tasks import TaskSpec, tasks_create, tasks_withdraw
from core.queue.services.views import ViewSpec, views_record

__all__ = [
    "TaskSpec",
    "ViewSpec",
    "draft_save",
    "lease_next",
    "lease_release",
    "lease_renew",
    "leases_expire",
    "submission_record",
    "tasks_create",
    "tasks_withdraw",
    "views_record",
]
