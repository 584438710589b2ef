from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.content.models import Asset, AssetState, ImportMode, Part, PartKind, Post, PostImport, RenditionKind
from core.content.selectors.assets import ORIGINAL, film_strip_of
from core.http.serializers import StrictSerializer

_EXCERPT = 240


class AssetUploadInput(StrictSerializer):
    file = serializers.FileField(allow_empty_file=False)


class PostImportInput(StrictSerializer):
    file = serializers.FileField(allow_empty_file=False)
    mode = serializers.ChoiceField(choices=ImportMode.values, default=ImportMode.WHOLE.value)


class PostHideInput(StrictSerializer):
    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class ImportStartedOutput(serializers.Serializer[Any]):
    job_id = serializers.UUIDField()
    import_id = serializers.UUIDField()


class ProblemOutput(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    path = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class PostImportOutput(serializers.ModelSerializer[PostImport]):
    problems = ProblemOutput(many=True)
    mode = serializers.ChoiceField(choices=ImportMode.values)
    job_id = serializers.UUIDField(allow_null=True)

    class Meta:
        model = PostImport
        fields = [
            "id",
            "name",
            "mode",
            "job_id",
            "manifest_sha256",
            "manifest_size_bytes",
            "posts_added",
            "posts_existing",
            "problem_count",
            "problems",
            "created_at",
        ]
        read_only_fields = fields


class AssetUrlsOutput(serializers.Serializer[Any]):
    """Where each form of a file is; null until a worker has made it, or where its kind has none."""

    original = serializers.CharField(allow_null=True)
    display = serializers.CharField(allow_null=True)
    thumbnail = serializers.CharField(allow_null=True)
    cover = serializers.CharField(allow_null=True)
    poster = serializers.CharField(allow_null=True)
    film_strip = serializers.CharField(allow_null=True)
    proxy = serializers.CharField(allow_null=True)
    peaks = serializers.CharField(allow_null=True)
    frame_table = serializers.CharField(allow_null=True)


class FilmStripOutput(serializers.Serializer[Any]):
    """How the film strip is laid out: tiles row by row, and the frame each shows."""

    columns = serializers.IntegerField()
    tile_width = serializers.IntegerField()
    tile_height = serializers.IntegerField()
    frames = serializers.ListField(child=serializers.IntegerField())


class AssetOutput(serializers.ModelSerializer[Asset]):
    """An asset; ``context["project_id"]`` makes its addresses, ``context["sees_originals"]`` allows the original's."""

    kind = serializers.ChoiceField(choices=["image", "video", "audio"])
    state = serializers.ChoiceField(choices=AssetState.values)
    urls = serializers.SerializerMethodField()
    film_strip = serializers.SerializerMethodField()

    class Meta:
        model = Asset
        fields = [
            "id",
            "sha256",
            "kind",
            "mime",
            "size_bytes",
            "state",
            "refusal",
            "width",
            "height",
            "duration_us",
            "frame_count",
            "urls",
            "film_strip",
        ]
        read_only_fields = fields

    @extend_schema_field(AssetUrlsOutput)
    def get_urls(self, asset: Asset) -> dict[str, str | None]:
        made = {rendition.kind for rendition in asset.renditions.all()}
        if self.context.get("sees_originals", False):
            made.add(ORIGINAL)
        names: list[str] = [ORIGINAL, *RenditionKind.values]
        return {name: self._url(asset, name) if name in made else None for name in names}

    @extend_schema_field(FilmStripOutput(allow_null=True))
    def get_film_strip(self, asset: Asset) -> dict[str, Any] | None:
        return film_strip_of(asset)

    def _url(self, asset: Asset, rendition: str) -> str:
        return reverse(
            "media:file",
            kwargs={"project_id": self.context["project_id"], "asset_id": asset.pk, "rendition": rendition},
        )


class PartOutput(serializers.ModelSerializer[Part]):
    kind = serializers.ChoiceField(choices=PartKind.values)
    text = serializers.CharField(allow_null=True)
    asset = AssetOutput(allow_null=True)

    class Meta:
        model = Part
        fields = ["id", "position", "kind", "label", "language", "text", "asset"]
        read_only_fields = fields


class PostOutput(serializers.ModelSerializer[Post]):
    """A post with all its parts; ``metadata`` stays empty for those who may not browse content."""

    parts = PartOutput(many=True)
    project_id = serializers.UUIDField()
    metadata = serializers.SerializerMethodField()

    class Meta:
        model = Post
        fields = [
            "id",
            "project_id",
            "external_id",
            "language",
            "source",
            "group_key",
            "metadata",
            "created_at",
            "parts",
        ]
        read_only_fields = fields

    def get_metadata(self, post: Post) -> dict[str, Any]:
        metadata: dict[str, Any] = post.metadata
        return metadata if self.context.get("sees_originals", False) else {}


class PostSummaryOutput(serializers.ModelSerializer[Post]):
    """A post in a list: what kinds of parts it has, how its text begins, and a picture to know it by."""

    kinds = serializers.SerializerMethodField()
    excerpt = serializers.SerializerMethodField()
    cover_url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()

    class Meta:
        model = Post
        fields = [
            "id",
            "external_id",
            "language",
            "source",
            "group_key",
            "created_at",
            "kinds",
            "excerpt",
            "cover_url",
            "thumbnail_url",
        ]
        read_only_fields = fields

    def get_kinds(self, post: Post) -> list[str]:
        return [part.kind for part in post.parts.all()]

    def get_excerpt(self, post: Post) -> str:
        # One part only: texts of two directions in one line cannot be read.
        return next((part.text[:_EXCERPT] for part in post.parts.all() if part.text), "")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_cover_url(self, post: Post) -> str | None:
        return self._picture(post, RenditionKind.COVER)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_thumbnail_url(self, post: Post) -> str | None:
        return self._picture(post, RenditionKind.THUMBNAIL)

    def _picture(self, post: Post, kind: str) -> str | None:
        for part in post.parts.all():
            if part.asset is not None and any(one.kind == kind for one in part.asset.renditions.all()):
                place = {"project_id": post.project_id, "asset_id": part.asset.pk, "rendition": kind}
                return reverse("media:file", kwargs=place)
        return None


class FrameTableOutput(serializers.Serializer[Any]):
    """When each frame is shown, in microseconds, and which can be decoded on their own."""

    asset_id = serializers.UUIDField()
    sha256 = serializers.CharField()
    count = serializers.IntegerField()
    pts_us = serializers.ListField(child=serializers.IntegerField())
    keyframes = serializers.ListField(child=serializers.IntegerField())
