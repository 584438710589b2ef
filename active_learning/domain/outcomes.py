from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What a person made of a suspect."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    DISMISSED = "dismissed"


REVIEWED = (Outcome.CONFIRMED, Outcome.CHANGED)
"""Outcomes that say something about the scan: the answer was right, or it was wrong."""
