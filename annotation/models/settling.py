from __future__ import annotations

from django.db import models

from core.db.waiting import Waiting


class UnsettledAnswer(Waiting):
    """An answer that is stored and of which it was not looked yet what it leads to.

    Every answer leaves one, whatever comes of it, so that none takes longer to be taken in than another.
    """

    submission = models.ForeignKey(
        "queue.Submission", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        db_table = "annotation_unsettledanswer"
