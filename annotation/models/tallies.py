from __future__ import annotations

from django.db import models

from core.db.tallies import Amounts


class Tally(Amounts):
    """So many answers or decisions more, or fewer, of a clause's meaning in a language; their sum counts.

    The database writes the rows itself: for an answer when it leaves `UnsettledAnswer`, for a reviewer's with their
    review, for a decision as it is stored.
    """

    project = models.ForeignKey(
        "accounts.Project", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        db_table = "annotation_tally"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sort__in=["answers", "decisions"]), name="annotation_tally_sort_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "sort", "clause_key", "meaning_revision"], name="annotation_tally_meaning"
            ),
        ]
