from __future__ import annotations

from django.db import models

from core.db.records import Record


class ImportMode(models.TextChoices):
    """What happens when some lines of a manifest cannot be used."""

    WHOLE = "whole"
    PARTIAL = "partial"


class PostImport(Record):
    """One manifest handed in for a project, and how far it has been read."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    manifest_sha256 = models.CharField(max_length=64)
    manifest_size_bytes = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    mode = models.CharField(max_length=8, choices=ImportMode.choices)
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    job_id = models.UUIDField(null=True)
    read_bytes = models.PositiveBigIntegerField(default=0)
    read_lines = models.PositiveBigIntegerField(default=0)
    posts_added = models.PositiveBigIntegerField(default=0)
    posts_existing = models.PositiveBigIntegerField(default=0)
    problem_count = models.PositiveBigIntegerField(default=0)
    problems = models.JSONField(default=list)

    class Meta:
        db_table = "content_post_import"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode__in=ImportMode.values), name="content_post_import_mode_known"
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="content_post_import_newest")]
