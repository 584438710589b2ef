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
    asset_picture,
    assets_by_id,
    assets_in,
    media_get,
    rendition_open,
)
from core.content.selectors.imports import import_get, imports_in
from core.content.selectors.posts import (
    PostFilter,
    parts_of,
    post_for_labelling,
    post_get,
    posts_filtered,
    posts_in,
    posts_with_parts,
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
    "asset_frames",
    "asset_get",
    "asset_in_project",
    "asset_open",
    "asset_picture",
    "assets_by_id",
    "assets_in",
    "import_get",
    "imports_in",
    "media_get",
    "parts_of",
    "post_for_labelling",
    "post_get",
    "posts_filtered",
    "posts_in",
    "posts_with_parts",
    "rendition_open",
]
