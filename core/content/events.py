from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PostsAdded:
    """Posts were imported; published in the transaction that stores them, some thousands at a time."""

    project_id: uuid.UUID
    post_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class HarmStated:
    """An import said how harmful posts are: by post its severity (0 none to 4 extreme) and kinds of harm."""

    project_id: uuid.UUID
    harms: Mapping[uuid.UUID, tuple[int, tuple[str, ...]]]


@dataclass(frozen=True)
class PostHidden:
    """A post must not be shown to anybody any more."""

    project_id: uuid.UUID
    post_id: uuid.UUID


@dataclass(frozen=True)
class AssetReady:
    """A worker has finished an asset's renditions."""

    asset_id: uuid.UUID
