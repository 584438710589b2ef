"""Rows that a transaction leaves behind for a worker to look at: each once, none holding up others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Least, Now

_log = logging.getLogger("concord.waiting")
_LONGEST_WAIT_S = 3600


class Waiting(models.Model):
    """What is to be looked at; gone once that was done.

    ``due_at`` lies ahead where looking failed and is to be tried again.
    """

    attempts = models.PositiveSmallIntegerField(db_default=0)
    due_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Waiting)


def waiting_settle(kind: type[Row], settle: Callable[[Row], None], *, most: int) -> int:
    """Look at rows that wait, oldest first, each in a transaction of its own; return how many were looked at.

    Safe to run twice, and beside another: whoever takes a row holds it until what it leads to is stored. One that fails
    is tried again later, and holds up no other.
    """
    settled = 0
    while settled < most and _settle_next(kind, settle):
        settled += 1
    return settled


def _settle_next(kind: type[Row], settle: Callable[[Row], None]) -> bool:
    left: Row | None = None
    rows = kind._default_manager
    try:
        with transaction.atomic():
            left = rows.select_for_update(skip_locked=True).filter(due_at__lte=Now()).order_by("pk").first()
            if left is None:
                return False
            settle(left)
            left.delete()
    except Exception:  # one row must not hold up those after it, whatever is wrong with it
        if left is None:
            raise
        _log.exception("%s %s could not be settled", kind._meta.db_table, left.pk)
        wait = timedelta(seconds=min(2**left.attempts, _LONGEST_WAIT_S))
        rows.filter(pk=left.pk).update(attempts=Least(F("attempts") + 1, 1000), due_at=Now() + wait)
    return True
