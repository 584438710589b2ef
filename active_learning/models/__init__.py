"""Tables of this app; private to it."""

from __future__ import annotations

from active_learning.models.embeddings import Embedding
from active_learning.models.encoding import EncodingWait
from active_learning.models.judging import JudgingCall, JudgingItem, JudgingRun
from active_learning.models.maps import MapScore, PostMap
from active_learning.models.plans import RoundPlan
from active_learning.models.promotions import InputMeasure, Promotion
from active_learning.models.rounds import ModelVersion, Pick, Round
from active_learning.models.scans import Scan, ScanFinding, Suspect
from active_learning.models.shards import EncodingShard

__all__ = [
    "Embedding",
    "EncodingShard",
    "EncodingWait",
    "InputMeasure",
    "JudgingCall",
    "JudgingItem",
    "JudgingRun",
    "MapScore",
    "ModelVersion",
    "Pick",
    "PostMap",
    "Promotion",
    "Round",
    "RoundPlan",
    "Scan",
    "ScanFinding",
    "Suspect",
]
