"""Reads of content, each scoped to what the caller may see; hidden posts are in none of them."""

from __future__ import annotations

from core.content.domain.frame_table import FrameTable
from core.content.models import Asset, AssetKind, Part, PartKind, Post, PostImport, Rendition
from core.content.selectors.assets import (
    MediaFile,
    asset_frames,
    asset_get,
    asset_in_project,
    asset_open,
    asset_open_to,
    asset_picture,
    assets_by_id,
    assets_in,
    file_shown_in,
    film_strip_of,
    media_get,
    rendition_open,
)
from core.content.selectors.imports import import_get, imports_in
from core.content.selectors.posts import (
    PostFilter,
    beginnings_of,
    parts_of,
    post_get,
    post_open_to,
    posts_filtered,
    posts_in,
    posts_with_parts,
)
from core.content.selectors.shown import (
    ShownAsset,
    ShownPart,
    ShownPost,
    posts_shown,
    shown_of,
    shown_statement,
)

__all__ = [
    "Asset",
    "AssetKind",
    "FrameTable",
    "MediaFile",
    "Part",
    "PartKind",
    "Post",
    "PostFilter",
    "PostImport",
    "Rendition",
    "ShownAsset",
    "ShownPart",
    "ShownPost",
    "asset_frames",
    "asset_get",
    "asset_in_project",
    "asset_open",
    "asset_open_to",
    "asset_picture",
    "assets_by_id",
    "assets_in",
    "beginnings_of",
    "file_shown_in",
    "film_strip_of",
    "import_get",
    "imports_in",
    "media_get",
    "parts_of",
    "post_get",
    "post_open_to",
    "posts_filtered",
    "posts_in",
    "posts_shown",
    "posts_with_parts",
    "rendition_open",
    "shown_of",
    "shown_statement",
]
