from __future__ import annotations

from django.db import models
from pgvector.django import HalfVectorField

from core.db.records import Record


class Embedding(Record):
    """What one encoder makes of one text or one asset; shared by every post that holds it."""

    subject_sha256 = models.CharField(max_length=64)
    encoder = models.CharField(max_length=120)
    revision = models.CharField(max_length=80)
    vector = HalfVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_sha256", "encoder", "revision"], name="active_learning_embedding_once"
            )
        ]
