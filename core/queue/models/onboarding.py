from __future__ import annotations

from django.db import models

from core.db.records import Record
from core.queue.domain.states import OnboardingState


class OnboardingStep(Record):
    """One post of the set that newcomers of a project answer first, by the gold item it is; kept in order."""

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    item_id = models.UUIDField()

    class Meta:
        db_table = "queue_onboardingstep"
        constraints = [
            models.UniqueConstraint(fields=["project", "ordinal"], name="queue_onboardingstep_place"),
            models.UniqueConstraint(fields=["project", "item_id"], name="queue_onboardingstep_once"),
        ]


class OnboardingRun(Record):
    """Where one person is in the onboarding of one project.

    ``try_number`` only rises, also when everybody is asked anew; ``first_try`` is where the tries are counted from.
    ``sentence``: what a reviewer or manager said when they let the person through or allowed another try.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="open")
    try_number = models.PositiveSmallIntegerField(default=1)
    first_try = models.PositiveSmallIntegerField(default=1)
    passed_at = models.DateTimeField(null=True)
    sentence = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "queue_onboarding"
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="queue_onboarding_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in OnboardingState]),
                name="queue_onboarding_state",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True) | ~models.Q(sentence=""),
                name="queue_onboarding_says_why",
            ),
        ]
