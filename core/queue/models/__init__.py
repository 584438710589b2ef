"""Tables of this app; private to it."""

from __future__ import annotations

from core.queue.models.submissions import Draft, Submission
from core.queue.models.tasks import Lease, Slot, Task
from core.queue.models.views import ViewEvent

__all__ = ["Draft", "Lease", "Slot", "Submission", "Task", "ViewEvent"]
