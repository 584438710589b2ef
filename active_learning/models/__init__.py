"""Tables of this app; private to it."""

from __future__ import annotations

from active_learning.models.embeddings import Embedding
from active_learning.models.encoding import EncodingWait
from active_learning.models.judging import JudgingCall, JudgingItem, JudgingRun
from active_learning.models.maps import MapScore, PostMap
from active_learning.models.rounds import ModelVersion, Pick, Round
from active_learning.models.scans import Scan, Suspect

__all__ = [
    "Embedding",
    "EncodingWait",
    "JudgingCall",
    "JudgingItem",
    "JudgingRun",
    "MapScore",
    "ModelVersion",
    "Pick",
    "PostMap",
    "Round",
    "Scan",
    "Suspect",
]
