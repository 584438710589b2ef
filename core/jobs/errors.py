from __future__ import annotations

from core.errors import ConflictError


class JobOverError(ConflictError):
    code = "job_over"
    detail = "This job has already ended, so there is nothing to cancel."


class JobCancelled(Exception):
    """Somebody asked the job to stop; raised by `JobContext.progress`."""


class JobSuperseded(Exception):
    """Another worker has taken the job over; what this one still does must not count."""
