from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from core.db.identifiers import uuid7


class Record(models.Model):
    """What every row has: an identifier that sorts by time, and the time the database stored it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
