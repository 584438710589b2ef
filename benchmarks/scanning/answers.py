"""Answers to scan: drawn ones with planted errors, and sets whose errors people have verified."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

AGREED = 3
"""Of five checkers; a label fewer of them chose is a verified error."""


def answers_drawn(
    items: int, classes: int, *, noise: float, strength: float, seed: int = 1
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return labels (items,), a share ``noise`` of them redrawn, and probabilities (items, classes) of the truth."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, classes, items)
    truth[:classes] = np.arange(classes)
    raised = random.normal(size=(items, classes))
    raised[np.arange(items), truth] += strength
    np.exp(raised, out=raised)
    raised /= raised.sum(axis=1, keepdims=True)
    is_wrong = random.random(items) < noise
    is_wrong[:classes] = False
    return np.where(is_wrong, random.integers(0, classes, items), truth), raised


def label_errors(folder: Path, name: str) -> tuple[NDArray[np.int64], NDArray[np.float64], set[int]]:
    """Return labels, out-of-sample probabilities and the verified errors of one set of label-errors-small."""
    probabilities = np.load(folder / "cross_validated_predicted_probabilities" / f"{name}_test_set_pyx.npy")
    labels = np.load(folder / "original_test_labels" / f"{name}_test_set_original_labels.npy")
    verdicts = json.loads((folder / "mturk" / f"{name}_mturk.json").read_text(encoding="utf-8"))
    verified = {row["id"] for row in verdicts if row["mturk"]["given"] < AGREED}
    return labels.astype(np.int64), probabilities.astype(np.float64), verified
