"""What accounts tells the apps above it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class LanguagesRead:
    """A person said which languages they read; none at all: any."""

    user_id: uuid.UUID
    languages: tuple[str, ...]
