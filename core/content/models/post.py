from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from core.content.models.asset import Asset
from core.db.records import Record

TEXT_SHA256 = models.Func(
    "text",
    template=r"sha256(decode(replace(%(expressions)s, '\', '\\'), 'escape'))",
    output_field=models.BinaryField(),
)
"""The SHA-256 of a text's UTF-8, by functions that an index may stand on: ``convert_to`` is none of them."""


class PartKind(models.TextChoices):
    """What a part of a post is."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    TITLE = "title"
    CAPTION = "caption"
    COMMENT = "comment"
    TEXT = "text"
    TRANSCRIPT = "transcript"
    OCR = "ocr"


class Post(Record):
    """The unit people judge: ordered parts, each a text or an asset.

    ``is_material``: it holds the media of something else that is judged, and is no unit of its own.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    language = models.CharField(max_length=35, blank=True, default="")
    source = models.CharField(max_length=200, blank=True, default="")
    group_key = models.CharField(max_length=200, blank=True, default="")
    metadata = models.JSONField(default=dict)
    content_sha256 = models.CharField(max_length=64)
    is_hidden = models.BooleanField(default=False)
    is_material = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "content_post"
        constraints = [
            models.UniqueConstraint(fields=["project", "external_id"], name="content_post_external_id_once"),
            models.CheckConstraint(condition=~models.Q(external_id=""), name="content_post_has_external_id"),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="content_post_newest"),
        ]

    @property
    def text(self) -> str:
        """The text parts in order, an empty line between two."""
        return text_of(self.parts.all())


class Part(Record):
    """One piece of a post; its place counts from 0."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    label = models.CharField(max_length=100, blank=True, default="")
    language = models.CharField(max_length=35, blank=True, default="")
    text = models.TextField(null=True)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="parts")

    class Meta:
        db_table = "content_part"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["post", "position"], name="content_part_position_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=PartKind.values), name="content_part_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(text__isnull=True, asset__isnull=False)
                | models.Q(text__isnull=False, asset__isnull=True),
                name="content_part_text_or_asset",
            ),
        ]
        indexes = [
            # Which posts hold a text whose vector is near to another.
            models.Index(TEXT_SHA256, name="content_part_text_sha256", condition=~models.Q(text="")),
        ]


def text_of(parts: Iterable[Part]) -> str:
    """Join the text parts in their order, an empty line between two."""
    ordered = sorted(parts, key=lambda part: part.position)
    return "\n\n".join(part.text for part in ordered if part.text is not None)
