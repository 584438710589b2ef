from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from core.jobs.models.jobs import Job


class OutboxEntry(models.Model):
    """Work that the broker must hear of; written with what caused it, so neither exists without the other.

    ``unsent_since`` is when it was written, or when its message was found lost and is to be sent again.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="outbox")
    created_at = models.DateTimeField(db_default=Now())
    unsent_since = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    sendings = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(sent_at__isnull=True), name="jobs_outbox_unsent"),
        ]
