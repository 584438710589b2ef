"""Tables of this app; private to it."""

from __future__ import annotations

from core.content.models.asset import Asset, AssetKind, AssetState, ProjectAsset, Rendition, RenditionKind
from core.content.models.manifest import ImportMode, PostImport
from core.content.models.post import Part, PartKind, Post, text_of

__all__ = [
    "Asset",
    "AssetKind",
    "AssetState",
    "ImportMode",
    "Part",
    "PartKind",
    "Post",
    "PostImport",
    "ProjectAsset",
    "Rendition",
    "RenditionKind",
    "text_of",
]
