from __future__ import annotations

from django.db import models

from core.db.records import Record


class AssetKind(models.TextChoices):
    """What an asset shows."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"


class AssetState(models.TextChoices):
    """How far Concord is with an asset: waiting for a worker, usable, or found unusable."""

    PENDING = "pending"
    READY = "ready"
    REFUSED = "refused"


class RenditionKind(models.TextChoices):
    """What workers derive from an asset."""

    COVER = "cover"
    THUMBNAIL = "thumbnail"
    DISPLAY = "display"
    POSTER = "poster"
    FILM_STRIP = "film_strip"
    PROXY = "proxy"
    PEAKS = "peaks"
    FRAME_TABLE = "frame_table"


class Asset(Record):
    """One stored blob, addressed by its SHA-256; projects share it without seeing each other."""

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=AssetKind.choices)
    mime = models.CharField(max_length=40)
    size_bytes = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=AssetState.choices, default=AssetState.PENDING)
    refusal = models.TextField(blank=True, default="")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    duration_us = models.PositiveBigIntegerField(null=True)
    frame_count = models.PositiveIntegerField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "content_asset"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="content_asset_sha256_is_hex"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AssetKind.values), name="content_asset_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AssetState.values), name="content_asset_state_known"
            ),
        ]


class ProjectAsset(Record):
    """A project's right to an asset, and the name its people know it by."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="project_links")
    name = models.CharField(max_length=200)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "content_project_asset"
        constraints = [
            models.UniqueConstraint(fields=["project", "asset", "name"], name="content_project_asset_once"),
        ]
        indexes = [models.Index(fields=["project", "name"], name="content_project_asset_name")]


class Rendition(Record):
    """Something a worker derived from an asset, stored as a blob of its own."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=12, choices=RenditionKind.choices)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=40)
    size_bytes = models.PositiveBigIntegerField()
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "content_rendition"
        constraints = [
            models.UniqueConstraint(fields=["asset", "kind"], name="content_rendition_once"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="content_rendition_sha256_is_hex"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=RenditionKind.values), name="content_rendition_kind_known"
            ),
        ]
