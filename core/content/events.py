from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class PostsAdded:
    """Posts were imported; published in the transaction that stores them, some thousands at a time."""

    project_id: uuid.UUID
    post_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class PostHidden:
    """A post must not be shown to anybody any more."""

    project_id: uuid.UUID
    post_id: uuid.UUID


@dataclass(frozen=True)
class AssetReady:
    """A worker has finished an asset's renditions."""

    asset_id: uuid.UUID
