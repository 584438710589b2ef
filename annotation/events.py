"""What this app tells others that listen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class SuggestionsStored:
    """A model proposed something for these posts."""

    project_id: uuid.UUID
    post_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class PostDecided:
    """A post has a new decision on one clause; ``is_undecided`` when it says that a person must look."""

    project_id: uuid.UUID
    post_id: uuid.UUID
    clause_key: str
    decision_id: uuid.UUID
    is_undecided: bool
