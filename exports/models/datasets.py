from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.db.records import Record


class Dataset(Record):
    """A saved definition: what to take, under which release, as which kinds of rows."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    kinds = ArrayField(models.CharField(max_length=20))
    definition = models.JSONField(default=dict)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="exports_dataset_name_once"),
            models.CheckConstraint(
                condition=models.Q(name__regex=r"^[a-z0-9][a-z0-9-]*$"), name="exports_dataset_name_is_slug"
            ),
            models.CheckConstraint(condition=models.Q(kinds__len__gte=1), name="exports_dataset_has_kinds"),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="exports_dataset_newest")]
