from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.db.records import Record


class Comment(Record):
    """What somebody says about a passage of an unpublished release; answers name the comment they answer.

    ``at`` is the passage (as in translations: ``title``, ``blocks/<id>``), empty for the clause as a whole.
    ``quote`` is what stood there then, so the comment still says what it is about once the passage is gone.
    Only whether it is settled changes; the words never do.
    """

    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="comments")
    clause_key = models.CharField(max_length=64)
    at = models.CharField(max_length=80, blank=True, default="")
    clause_version = models.PositiveIntegerField()
    quote = models.TextField(blank=True, default="")
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, answers__isnull=True),
                name="comment_resolved_says_when_and_who",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class SuggestionState(models.TextChoices):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Suggestion(Record):
    """A new text that somebody proposes for one passage; never changes once decided, nor does what it says."""

    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="suggestions")
    clause_key = models.CharField(max_length=64)
    at = models.CharField(max_length=80)
    clause_version = models.PositiveIntegerField()
    before = models.TextField(blank=True, default="")
    proposed = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=SuggestionState, default=SuggestionState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SuggestionState.values), name="suggestion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=SuggestionState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=SuggestionState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="suggestion_decided_says_when_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_key} {self.at}"
