"""Writes of jobs: starting, cancelling, relaying to the broker, running, returning what was lost."""

from __future__ import annotations

from core.jobs.services.relay import jobs_return_lost, outbox_relay
from core.jobs.services.start import job_cancel, job_start

__all__ = ["job_cancel", "job_start", "jobs_return_lost", "outbox_relay"]
