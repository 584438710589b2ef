"""Tables of this app; private to it."""

from __future__ import annotations

from annotation.models.answers import Evidence, Verdict
from annotation.models.decisions import Decision

__all__ = ["Decision", "Evidence", "Verdict"]
