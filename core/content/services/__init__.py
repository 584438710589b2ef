"""Writes of content: uploading, importing, making renditions, hiding."""

from __future__ import annotations

from core.content.services.hiding import post_hide
from core.content.services.manifests import posts_import
from core.content.services.material import MaterialKeeper, MediaNamed
from core.content.services.uploads import asset_add, media_type_required

__all__ = ["MaterialKeeper", "MediaNamed", "asset_add", "media_type_required", "post_hide", "posts_import"]
