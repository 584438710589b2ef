from __future__ import annotations

from django.db import models

from core.db.waiting import Waiting


class UnsettledJudgment(Waiting):
    """A judgment that is stored and of which it was not looked yet what it leads to.

    Every judgment leaves one, whatever comes of it, so that none takes longer to be taken in than another.
    """

    submission = models.ForeignKey(
        "queue.Submission", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        db_table = "preferences_unsettledjudgment"
