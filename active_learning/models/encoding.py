from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from core.db.records import Record


class EncodingWait(Record):
    """Something that waits for a worker to encode it; it goes when it was encoded, or failed three times.

    ``subject`` is ``post:<id>``, ``release:<id>`` or ``text:<SHA-256>``; only of the last is ``text`` kept here.
    """

    subject = models.CharField(max_length=80, unique=True)
    text = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(db_default=0, default=0)
    due_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "active_learning_encodingwait"
        indexes = [models.Index(fields=["due_at"], name="active_learning_encoding_due")]
