from __future__ import annotations

from django.db import models

from core.db.records import Record
from core.queue.models.tasks import Lease, Slot, Task


class Submission(Record):
    """What came back from one person for one task; a fact: never changed, never deleted, only superseded.

    The identifier is made by the client, so that sending it again finds the first one.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="submissions")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    lease_epoch = models.PositiveIntegerField()
    document = models.JSONField()
    document_sha256 = models.CharField(max_length=64)
    active_ms = models.PositiveIntegerField()
    is_late = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=20, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=models.Q(supersedes__isnull=True, slot__isnull=False),
                name="queue_submission_one_per_slot",
            ),
            models.UniqueConstraint(
                fields=["task", "person"],
                condition=models.Q(supersedes__isnull=True),
                name="queue_submission_one_per_person",
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="queue_submission_person")]


class Draft(Record):
    """What a person has so far for a task; the version tells two tabs apart."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="queue_draft_one_per_person")]
