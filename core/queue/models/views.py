from __future__ import annotations

from django.db import models

from core.db.records import Record


class ViewEvent(Record):
    """Time a person had a post in view: the ground of every exposure figure; append-only."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    part_id = models.UUIDField(null=True)
    lease_id = models.UUIDField(null=True)
    is_revealed = models.BooleanField()
    seconds = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seconds__gte=0, seconds__lte=86400), name="queue_view_seconds_sane"
            )
        ]
        indexes = [models.Index(fields=["person", "-id"], name="queue_view_person")]
