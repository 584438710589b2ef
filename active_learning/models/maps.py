from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.db.records import Record


class PostMap(Record):
    """A project's encoded posts laid out in two dimensions, with everything needed to lay them out again.

    ``post_ids``, ``xs``, ``ys`` (0 to 1) and ``areas`` (numbers of groups, from 0) are one list each, in one order.
    ``encoded_posts`` is how many there were to lay out; more than ``most_posts`` are drawn by lot. ``revision`` names
    the encoder's weights, once a worker has looked. ``neighbours_kept``: how many of a post's nearest in the encoder's
    space are among its nearest on the map, as a share.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    encoder = models.CharField(max_length=300, default="bundled")
    revision = models.CharField(max_length=200, blank=True, default="")
    seed = models.BigIntegerField()
    most_posts = models.PositiveIntegerField()
    encoded_posts = models.PositiveIntegerField(null=True)
    post_ids = ArrayField(models.UUIDField(), default=list)
    xs = ArrayField(models.FloatField(), default=list)
    ys = ArrayField(models.FloatField(), default=list)
    areas = ArrayField(models.PositiveSmallIntegerField(), default=list)
    neighbours_kept = models.FloatField(null=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_posts__gte=1), name="active_learning_map_some_posts"
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="active_learning_map_newest")]


class MapScore(Record):
    """How likely harm is in each post of a map by one head, 0 to 1, in the order of the map's posts."""

    map = models.ForeignKey(PostMap, on_delete=models.CASCADE, related_name="scores")
    model = models.ForeignKey("active_learning.ModelVersion", on_delete=models.CASCADE, related_name="+")
    harm = ArrayField(models.FloatField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["map", "model"], name="active_learning_mapscore_once"),
        ]
