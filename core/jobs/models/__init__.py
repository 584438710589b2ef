"""Tables of this app; private to it."""

from __future__ import annotations

from core.jobs.models.jobs import Job
from core.jobs.models.outbox import OutboxEntry

__all__ = ["Job", "OutboxEntry"]
