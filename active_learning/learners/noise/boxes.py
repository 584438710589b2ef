"""Drawn boxes against boxes that others are sure of, by cleanlab's ObjectLab scores (Tkachenko et al. 2023)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from cleanlab.object_detection.rank import (
    compute_badloc_box_scores,
    compute_overlooked_box_scores,
    compute_swap_box_scores,
)
from numpy.typing import NDArray

from active_learning.domain.suspect_kinds import BoxProblem
from active_learning.learners.arrays import Indices, Labels

DOUBTED_BELOW = 0.5
"""A box with a lower score is doubted; of what is overlooked every score is lower."""
SAME_FROM = 0.5
"""Two boxes whose intersection is so much of their union mark the same thing."""
Corners = NDArray[np.float64]


@dataclass(frozen=True)
class Boxes:
    """Boxes of one picture: (boxes, 4) left, top, right, bottom in pixels; and (boxes,) what each marks."""

    corners: Corners
    classes: Labels


@dataclass(frozen=True)
class Picture:
    """What one person drew, what others see, and how sure they are of each, (seen boxes,), 0 … 1."""

    drawn: Boxes
    seen: Boxes
    sure: NDArray[np.float64]


@dataclass(frozen=True)
class BoxSuspect:
    """One doubt about what a person drew.

    Attributes
    ----------
    picture
        Position among the pictures.
    drawn
        Position of the doubted box; none where one is missing.
    seen
        Position of the box it is held against.
    score
        cleanlab's, 0 … 1, low is bad.
    """

    picture: int
    problem: BoxProblem
    drawn: int | None
    seen: int
    score: float


def boxes_suspected(pictures: Sequence[Picture], *, classes: int) -> list[BoxSuspect]:
    """Return what is likely missing, badly placed, or marked as something else; the worst score first.

    Others must be sure by 0.95 for the first and the last, by more than half for the second. What somebody marked
    as two things, or others see as what it is marked, is no mistake.
    """
    if not pictures:
        return []
    orders = [np.argsort(picture.seen.classes, kind="stable") for picture in pictures]
    told = {
        "labels": [
            {"bboxes": picture.drawn.corners, "labels": picture.drawn.classes} for picture in pictures
        ],
        "predictions": [_by_class(picture, classes) for picture in pictures],
    }
    missing = compute_overlooked_box_scores(**told)
    placed = compute_badloc_box_scores(**told)
    named = compute_swap_box_scores(**told, overlapping_label_check=False)
    found: list[BoxSuspect] = []
    for number, (picture, order) in enumerate(zip(pictures, orders, strict=True)):
        found += _missing(number, missing[number], order)
        found += _badly_placed(number, picture, placed[number])
        found += _swapped(number, picture, named[number])
    return sorted(found, key=lambda one: (round(one.score, 9), one.picture))


def _by_class(picture: Picture, classes: int) -> list[Corners]:
    """Return the seen boxes of each class with how sure they are, (boxes, 5); an empty class more.

    cleanlab takes three classes for another format where the first has five boxes.
    """
    rows = np.concatenate([picture.seen.corners, picture.sure[:, np.newaxis]], axis=1)
    return [rows[picture.seen.classes == number] for number in range(max(classes, 3) + 1)]


def _missing(number: int, scores: NDArray[np.float64], order: Indices) -> list[BoxSuspect]:
    return [
        BoxSuspect(number, BoxProblem.MISSING, None, int(order[at]), float(scores[at]))
        for at in np.flatnonzero(~np.isnan(scores))
    ]


def _badly_placed(number: int, picture: Picture, scores: NDArray[np.float64]) -> list[BoxSuspect]:
    overlaps = _overlaps(picture.drawn.corners, picture.seen.corners)
    found = []
    for at in np.flatnonzero(scores < DOUBTED_BELOW).tolist():
        same = (picture.seen.classes == picture.drawn.classes[at]) & (picture.sure > 0.5)
        nearest = int(np.where(same, overlaps[at], -1.0).argmax())
        found.append(BoxSuspect(number, BoxProblem.PLACE, at, nearest, float(scores[at])))
    return found


def _swapped(number: int, picture: Picture, scores: NDArray[np.float64]) -> list[BoxSuspect]:
    overlaps = _overlaps(picture.drawn.corners, picture.seen.corners)
    own = _overlaps(picture.drawn.corners, picture.drawn.corners) >= SAME_FROM
    found = []
    for at in np.flatnonzero(scores < DOUBTED_BELOW).tolist():
        is_same = picture.seen.classes == picture.drawn.classes[at]
        nearest = int(np.where(is_same, -1.0, overlaps[at]).argmax())
        also = own[at] & (picture.drawn.classes == picture.seen.classes[nearest])
        if not also.any() and not (is_same & (overlaps[at] >= SAME_FROM)).any():
            found.append(BoxSuspect(number, BoxProblem.NAME, at, nearest, float(scores[at])))
    return found


def _overlaps(first: Corners, second: Corners) -> Corners:
    """Return the intersection over the union of every two boxes, (first, second)."""
    low = np.maximum(first[:, np.newaxis, :2], second[np.newaxis, :, :2])
    high = np.minimum(first[:, np.newaxis, 2:], second[np.newaxis, :, 2:])
    shared = np.prod(np.maximum(high - low, 0.0), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (first, second)]
    union = areas[0][:, np.newaxis] + areas[1][np.newaxis, :] - shared
    return np.asarray(shared / np.maximum(union, 1e-9))
