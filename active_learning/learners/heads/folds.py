"""Cutting labelled items into folds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from active_learning.learners.arrays import Indices, Labels


def folds_assigned(
    names: Sequence[str], labels: Labels, *, folds: int, seed: int, groups: Sequence[str] | None = None
) -> Indices:
    """Return the fold of each item, 0 … folds − 1.

    Each class is spread evenly over the folds. Items of one group (near-duplicates, one author) share a fold, so that
    none is predicted by a head that saw its twin. The result depends on names, labels, groups and seed, not on order.

    Parameters
    ----------
    names
        A stable, unique name per item.
    groups
        The group of each item; an empty string stands for a group of its own.
    """
    keys = [group or name for name, group in zip(names, groups or names, strict=True)]
    first_label: dict[str, int] = {}
    size: dict[str, int] = {}
    for key, label in sorted(zip(keys, labels.tolist(), strict=True)):
        first_label.setdefault(key, label)
        size[key] = size.get(key, 0) + 1
    filled = [[0] * folds for _ in range(int(labels.max(initial=0)) + 1)]
    totals = [0] * folds
    fold_of: dict[str, int] = {}
    for key in sorted(first_label, key=lambda name: (-size[name], _place(name, seed))):
        counts = filled[first_label[key]]
        fold_of[key] = min(zip(counts, totals, range(folds), strict=True))[2]
        counts[fold_of[key]] += size[key]
        totals[fold_of[key]] += size[key]
    return np.array([fold_of[key] for key in keys], dtype=np.int64)


def _place(name: str, seed: int) -> bytes:
    return hashlib.sha256(f"fold\0{seed}\0{name}".encode()).digest()
