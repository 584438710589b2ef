from __future__ import annotations

from django.conf import settings
from django.db import models

from core.db.records import Record


class JudgingMeasure(Record):
    """How people judge on one axis under one meaning, as measured at one time; the newest row stands (append-only).

    ``found`` is what pages show, with how suspects were looked for; ``standing`` is, by person, what decisions use:
    ``{share, side, length}``. Who asked for it is not known of the oldest.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    found = models.JSONField()
    standing = models.JSONField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "preferences_judging_measure"
        indexes = [
            models.Index(
                fields=["project", "clause_key", "meaning_revision", "-id"],
                name="preferences_judging_newest",
            )
        ]
