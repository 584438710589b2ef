"""Tables of this app; private to it."""

from __future__ import annotations

from active_learning.models.embeddings import Embedding
from active_learning.models.rounds import ModelVersion, Pick, Round
from active_learning.models.scans import Scan, Suspect

__all__ = ["Embedding", "ModelVersion", "Pick", "Round", "Scan", "Suspect"]
