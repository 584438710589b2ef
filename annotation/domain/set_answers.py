"""Agreement on answers that are sets, such as which rules a post breaks.

Distances: Jaccard, and MASI (Passonneau, *Measuring Agreement on Set-valued Items*, LREC 2006), which also holds a
subset nearer than sets that merely overlap. They go into Krippendorff's α as its distance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np

from annotation.domain.agreement import Agreement, agreement_of
from annotation.domain.counts import RESAMPLES, Floats

SetDistance = Literal["masi", "jaccard"]
AnswerSet = frozenset[str]


def set_distances(sets: Sequence[AnswerSet], *, kind: SetDistance = "masi") -> Floats:
    """How far apart each two sets are, shape (sets, sets): 0 the same, 1 nothing in common.

    Two empty sets are the same; an empty one has nothing in common with any other.
    """
    members = sorted(frozenset().union(*sets))
    column = {member: index for index, member in enumerate(members)}
    held = np.zeros((len(sets), len(members)))
    for row, entry in enumerate(sets):
        held[row, [column[member] for member in entry]] = 1
    shared = held @ held.T
    size = held.sum(axis=1)
    union = size[:, None] + size[None, :] - shared
    overlap = np.where(union > 0, shared / np.maximum(union, 1), 1.0)
    if kind == "jaccard":
        return np.asarray(1.0 - overlap)
    is_subset = (shared == size[:, None]) | (shared == size[None, :])
    is_same = shared == union
    weight = np.where(is_same, 1.0, np.where(is_subset, 2 / 3, np.where(shared > 0, 1 / 3, 0.0)))
    return np.asarray(1.0 - overlap * weight)


def set_agreement_of(
    posts: Iterable[tuple[Mapping[AnswerSet, int], int]],
    *,
    kind: SetDistance = "masi",
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Agreement:
    """Agreement among people who each answered with a set.

    Parameters
    ----------
    posts
        Pairs of (how many people gave each set, how many posts look like this).
    kind
        The distance between sets.
    """
    rows = [(dict(row), repeats) for row, repeats in posts if row]
    sets = sorted({entry for row, _ in rows for entry in row}, key=lambda entry: (len(entry), sorted(entry)))
    column = {entry: index for index, entry in enumerate(sets)}
    counts = np.zeros((len(rows), max(len(sets), 1)), dtype=np.int64)
    for index, (row, _) in enumerate(rows):
        for entry, count in row.items():
            counts[index, column[entry]] = count
    distances = set_distances(sets, kind=kind) if sets else np.zeros((1, 1))
    return agreement_of(
        counts,
        measure="distance",
        distances=distances,
        repeats=[repeats for _, repeats in rows],
        seed=seed,
        resamples=resamples,
    )
