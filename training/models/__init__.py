"""Tables of this app; private to it."""

from __future__ import annotations

from training.models.runs import PairScore, TrainingFile, TrainingRun

__all__ = ["PairScore", "TrainingFile", "TrainingRun"]
