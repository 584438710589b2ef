from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.db.records import Record


class PrecedentState(models.TextChoices):
    PROPOSED = "proposed"
    APPROVED = "approved"
    RETIRED = "retired"


class Precedent(Record):
    """A ruling on one clause of one post that later posts may be held against.

    What was ruled never changes (a trigger refuses it); only the state does. Whether it holds is computed from the
    meaning revision it cites, never written. ``decision_id`` is the decision it rests on, ``ruling_id`` what the
    rulings of one sitting share.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    answer = models.CharField(max_length=200)
    severity = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField()
    decision_id = models.UUIDField(unique=True)
    ruling_id = models.UUIDField()
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PrecedentState, default=PrecedentState.PROPOSED)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True)
    retired_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PrecedentState.values), name="precedent_state_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="precedent_says_why"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="precedent_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False),
                name="precedent_approved_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_at__isnull=False)
                & Q(retired_by__isnull=False)
                & ~Q(retired_reason="")
                | ~Q(state="retired")
                & Q(retired_at__isnull=True, retired_by__isnull=True, retired_reason=""),
                name="precedent_retired_says_why",
            ),
            models.UniqueConstraint(
                fields=["post", "clause_key", "meaning_revision"],
                condition=~Q(state="retired"),
                name="precedent_one_a_meaning",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "clause_key", "meaning_revision", "state"], name="precedent_of_a_meaning"
            ),
            models.Index(fields=["project", "-id"], name="precedent_newest"),
            models.Index(fields=["ruling_id"], name="precedent_ruling"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_key} on {self.post_id}"
