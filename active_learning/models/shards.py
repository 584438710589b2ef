from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.db.records import Record


class EncodingShard(Record):
    """A piece of a round's or scan's encoding that any worker may take; it goes when its vectors are stored.

    Whoever works on it holds its session lock (`core.jobs.locks.job_lock` of its id), so that the shard of a killed
    worker is free again at once. ``run`` names the work that waits for it, ``place`` its order there. ``subjects`` are
    what is encoded (``text:<SHA-256>``, ``image:<SHA-256>``), ``post_ids`` the posts these are read from.
    """

    run = models.CharField(max_length=60)
    place = models.PositiveIntegerField()
    encoder = models.CharField(max_length=260)
    subjects = ArrayField(models.CharField(max_length=80))
    post_ids = ArrayField(models.UUIDField())
    size = models.PositiveIntegerField()
    attempts = models.PositiveSmallIntegerField(db_default=0, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="active_learning_shard_once"),
        ]
