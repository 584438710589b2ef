from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from core.accounts.selectors import Actor, Capability, project_get
from core.content.access import one_is_open_to
from core.content.domain.frame_table import FrameTable, frame_table_decode
from core.content.domain.media_types import BY_MIME
from core.content.errors import MediaInvalidError, MediaNotReadyError, RenditionNotFoundError
from core.content.models import Asset, AssetState, Part, ProjectAsset, Rendition, RenditionKind
from core.errors import NotFoundError
from core.storage import blob_store

ORIGINAL = "original"


@dataclass(frozen=True)
class MediaFile:
    """A blob as it may be sent to a browser; every field is the server's own word."""

    sha256: str
    size_bytes: int
    mime: str
    file_name: str
    is_original: bool


def assets_in(project_id: uuid.UUID) -> QuerySet[Asset]:
    """Return the project's assets, but those that stand only in hidden posts of it."""
    linked = ProjectAsset.objects.filter(project_id=project_id, asset_id=OuterRef("pk"))
    parts = Part.objects.filter(post__project_id=project_id, asset_id=OuterRef("pk"))
    shown, hidden = parts.filter(post__is_hidden=False), parts.filter(post__is_hidden=True)
    return Asset.objects.filter(Exists(linked)).exclude(Exists(hidden) & ~Exists(shown))


def asset_in_project(project_id: uuid.UUID, asset_id: uuid.UUID) -> Asset:
    """Return an asset of the project with its renditions.

    Raises
    ------
    NotFoundError
        When it is none of the project's, or stands only in hidden posts.
    """
    asset = assets_in(project_id).filter(pk=asset_id).prefetch_related("renditions").first()
    if asset is None:
        raise NotFoundError()
    return asset


def asset_get(actor: Actor, project_id: uuid.UUID, asset_id: uuid.UUID, *, needs: Capability) -> Asset:
    """Return an asset of a project in which ``actor`` may do ``needs``; raises ``NotFoundError``."""
    project_get(actor, project_id, needs=needs)
    return asset_in_project(project_id, asset_id)


def asset_open_to(actor: Actor, project_id: uuid.UUID, asset_id: uuid.UUID) -> Asset:
    """Return an asset that ``actor`` may browse, or that stands in a post that was handed to them.

    Raises
    ------
    NotFoundError
        When there is no such asset, or it is not theirs to see: both look the same.
    """
    asset = asset_get(actor, project_id, asset_id, needs=Capability.PROJECT_VIEW)
    posts = Part.objects.filter(
        asset_id=asset_id, post__project_id=project_id, post__is_hidden=False
    ).values_list("post_id", flat=True)
    if not one_is_open_to(actor, project_id, posts):
        raise NotFoundError()
    return asset


def file_shown_in(project_id: uuid.UUID, asset_id: uuid.UUID) -> tuple[str, QuerySet[Part, uuid.UUID]]:
    """Return the SHA-256 of an asset that was already allowed, and the posts of the project that show it."""
    sha256 = Asset.objects.values_list("sha256", flat=True).get(pk=asset_id)
    parts = Part.objects.filter(asset_id=asset_id, post__project_id=project_id, post__is_hidden=False)
    return sha256, parts.order_by("post_id").values_list("post_id", flat=True)


def assets_by_id(asset_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Asset]:
    """Return assets with their renditions, for work that was already allowed."""
    return {
        asset.pk: asset for asset in Asset.objects.filter(pk__in=asset_ids).prefetch_related("renditions")
    }


def media_get(actor: Actor, project_id: uuid.UUID, asset_id: uuid.UUID, rendition: str) -> MediaFile:
    """Return which blob stands for a rendition of an asset.

    The original may hold what its maker did not mean to show (place, camera), so it needs ``CONTENT_VIEW``;
    renditions carry pixels and sound only, for those who browse and those whom a post with it was handed to.

    Raises
    ------
    NotFoundError
        When the asset is none of the project's, is hidden, is not the actor's to see, or has no such rendition.
    MediaNotReadyError
        When a worker has yet to make it.
    """
    if rendition == ORIGINAL:
        asset = asset_get(actor, project_id, asset_id, needs=Capability.CONTENT_VIEW)
        extension = BY_MIME[asset.mime].extension
        return MediaFile(
            asset.sha256, asset.size_bytes, asset.mime, f"{asset.pk}.{extension}", is_original=True
        )
    asset = asset_open_to(actor, project_id, asset_id)
    if rendition not in RenditionKind.values:
        raise RenditionNotFoundError()
    found = next((one for one in asset.renditions.all() if one.kind == rendition), None)
    if found is None:
        raise MediaNotReadyError() if asset.state == AssetState.PENDING else RenditionNotFoundError()
    return MediaFile(found.sha256, found.size_bytes, found.mime, f"{asset.pk}-{rendition}", is_original=False)


def film_strip_of(asset: Asset) -> dict[str, Any] | None:
    """Return how an asset's film strip is laid out (columns, size of a tile, frame of each), ``None`` without one."""
    for rendition in asset.renditions.all():
        if rendition.kind == RenditionKind.FILM_STRIP:
            return {
                name: rendition.facts[name] for name in ("columns", "tile_width", "tile_height", "frames")
            }
    return None


def asset_open(asset_id: uuid.UUID) -> Iterator[bytes]:
    """Yield the bytes of an asset as it was uploaded, for work that was already allowed.

    Raises
    ------
    NotFoundError
        When there is no such asset.
    MediaMissingError
        When the store no longer holds it.
    """
    sha256 = Asset.objects.filter(pk=asset_id).values_list("sha256", flat=True).first()
    if sha256 is None:
        raise NotFoundError()
    return blob_store().open(sha256)


def rendition_open(asset_id: uuid.UUID, kind: str) -> Iterator[bytes]:
    """Yield the bytes of a rendition, for work that was already allowed.

    Raises
    ------
    MediaNotReadyError
        When a worker has yet to make it.
    MediaInvalidError
        When the asset was refused.
    RenditionNotFoundError
        When assets of its kind have no such rendition.
    MediaMissingError
        When the store no longer holds it.
    """
    found = Rendition.objects.filter(asset_id=asset_id, kind=kind).first()
    if found is not None:
        return blob_store().open(found.sha256)
    asset = Asset.objects.filter(pk=asset_id).first()
    if asset is not None and asset.state == AssetState.PENDING:
        raise MediaNotReadyError()
    if asset is not None and asset.state == AssetState.REFUSED:
        raise MediaInvalidError(problem=asset.refusal)
    raise RenditionNotFoundError()


def asset_picture(asset_id: uuid.UUID) -> bytes:
    """Return an image asset as it is displayed (upright, sRGB), encoded as JPEG or WebP; raises as `rendition_open`."""
    return b"".join(rendition_open(asset_id, RenditionKind.DISPLAY))


def picture_of_sha256(sha256: str) -> bytes:
    """Return an image asset, by its SHA-256, as it is displayed; for work that was already allowed.

    Raises
    ------
    NotFoundError
        When there is no such asset; else as `rendition_open`.
    """
    asset_id = Asset.objects.filter(sha256=sha256).values_list("pk", flat=True).first()
    if asset_id is None:
        raise NotFoundError()
    return asset_picture(asset_id)


@dataclass(frozen=True)
class ShownFile:
    """An asset as people are shown it: the blob of its display or proxy rendition, without what its maker hid in it."""

    kind: str
    sha256: str
    mime: str
    size_bytes: int


def shown_files(sha256s: Collection[str]) -> dict[str, ShownFile]:
    """Return how assets are shown, by their own SHA-256; those that no worker has made ready are left out."""
    if not sha256s:
        return {}
    shown = Rendition.objects.filter(
        asset__sha256__in=sha256s,
        asset__state=AssetState.READY,
        kind__in=(RenditionKind.DISPLAY, RenditionKind.PROXY),
    ).select_related("asset")
    return {
        row.asset.sha256: ShownFile(row.asset.kind, row.sha256, row.mime, row.size_bytes) for row in shown
    }


def asset_frames(asset_id: uuid.UUID) -> FrameTable:
    """Return the frame table of a video asset; raises as `rendition_open`."""
    return frame_table_decode(b"".join(rendition_open(asset_id, RenditionKind.FRAME_TABLE)))
