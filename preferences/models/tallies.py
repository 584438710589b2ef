from __future__ import annotations

from django.db import models

from core.db.tallies import Amounts


class Tally(Amounts):
    """So many judgments, ratings, decisions or citations more, or fewer, of a clause's meaning in a prompt's language.

    The database writes the rows itself: for what a person said when it leaves `UnsettledJudgment`, for a decision as it
    is stored. What was chosen is not told apart. ``rated`` are the decisions about ratings.
    """

    project = models.ForeignKey(
        "accounts.Project", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        db_table = "preferences_tally"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sort__in=["judgments", "decisions", "citations", "ratings", "rated"]),
                name="preferences_tally_sort_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "sort", "clause_key", "meaning_revision"], name="preferences_tally_meaning"
            ),
        ]
