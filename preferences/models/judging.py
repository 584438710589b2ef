from __future__ import annotations

from django.db import models

from core.db.records import Record


class JudgingMeasure(Record):
    """How people judge on one axis under one meaning, as measured at one time; the newest row stands (append-only).

    ``found`` is what pages show; ``standing`` is, by person, what decisions use: ``{share, side, length}``.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    found = models.JSONField()
    standing = models.JSONField()

    class Meta:
        db_table = "preferences_judging_measure"
        indexes = [
            models.Index(
                fields=["project", "clause_key", "meaning_revision", "-id"],
                name="preferences_judging_newest",
            )
        ]
