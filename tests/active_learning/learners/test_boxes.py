"""Drawn boxes against what others are sure of: the mistakes planted, by cleanlab's scores."""

from __future__ import annotations

import numpy as np
import pytest
from cleanlab.object_detection.rank import compute_badloc_box_scores

from active_learning.domain.suspect_kinds import BoxProblem
from active_learning.learners.noise.boxes import Boxes, Picture, boxes_suspected

CAT = (10.0, 10.0, 110.0, 110.0)
DOG = (300.0, 200.0, 420.0, 320.0)


def boxes(*marks: tuple[tuple[float, ...], int]) -> Boxes:
    corners = np.array([corner for corner, _ in marks], dtype=np.float64).reshape(-1, 4)
    return Boxes(corners, np.array([kind for _, kind in marks], dtype=np.int64))


def picture(drawn: Boxes, seen: Boxes, *, sure: float = 1.0) -> Picture:
    return Picture(drawn, seen, np.full(len(seen.classes), sure))


def moved(corners: tuple[float, ...], by: float) -> tuple[float, ...]:
    return tuple(edge + by for edge in corners)


def test_boxes_where_others_see_them_are_left_alone() -> None:
    drawn = boxes((moved(CAT, 3), 0), (moved(DOG, -2), 1))
    assert boxes_suspected([picture(drawn, boxes((DOG, 1), (CAT, 0)))], classes=2) == []


@pytest.mark.parametrize("classes", [2, 3, 6])
def test_what_is_missing_misplaced_or_swapped_is_found_with_the_box_it_is_held_against(classes: int) -> None:
    seen = boxes((DOG, 1), (CAT, 0))
    found = boxes_suspected(
        [
            picture(boxes((CAT, 0)), seen),
            picture(boxes((moved(CAT, 50), 0), (DOG, 1)), seen),
            picture(boxes((CAT, 1), (DOG, 1)), seen),
        ],
        classes=classes,
    )
    told = {(one.picture, one.problem, one.drawn, one.seen) for one in found}
    assert told == {
        (0, BoxProblem.MISSING, None, 0),
        (1, BoxProblem.PLACE, 0, 1),
        (2, BoxProblem.NAME, 0, 1),
    }
    assert [one.score for one in found] == sorted(one.score for one in found)
    assert all(0 <= one.score < 0.5 for one in found)


def test_who_is_not_sure_accuses_nobody_of_missing_or_swapping() -> None:
    seen = boxes((DOG, 1), (CAT, 0))
    unsure = [picture(boxes((CAT, 0)), seen, sure=0.9), picture(boxes((CAT, 1), (DOG, 1)), seen, sure=0.9)]
    assert boxes_suspected(unsure, classes=2) == []
    badly = picture(boxes((moved(CAT, 60), 0), (DOG, 1)), seen, sure=0.6)
    assert [one.problem for one in boxes_suspected([badly], classes=2)] == [BoxProblem.PLACE]


def test_one_thing_marked_twice_is_no_mistake() -> None:
    both = picture(boxes((CAT, 0), (CAT, 1)), boxes((CAT, 1), (CAT, 0)))
    mine_too = picture(boxes((CAT, 0), (CAT, 1)), boxes((CAT, 1)))
    assert boxes_suspected([both, mine_too], classes=2) == []


def test_scores_are_cleanlabs() -> None:
    random = np.random.default_rng(4)
    pictures = []
    for _ in range(30):
        corners = random.uniform(0, 300, (5, 2))
        seen = Boxes(
            np.concatenate([corners, corners + random.uniform(40, 160, (5, 2))], axis=1),
            random.integers(0, 4, 5),
        )
        drawn = Boxes(seen.corners + random.normal(0, 30, (5, 4)), seen.classes)
        pictures.append(Picture(drawn, seen, random.uniform(0.3, 1, 5)))
    labels = [{"bboxes": one.drawn.corners, "labels": one.drawn.classes} for one in pictures]
    predictions = [
        [
            np.concatenate([one.seen.corners, one.sure[:, None]], axis=1)[one.seen.classes == kind]
            for kind in range(4)
        ]
        for one in pictures
    ]
    scores = compute_badloc_box_scores(labels=labels, predictions=predictions)
    found = [one for one in boxes_suspected(pictures, classes=4) if one.problem == BoxProblem.PLACE]
    expected = {
        (number, int(at)): score[at]
        for number, score in enumerate(scores)
        for at in np.flatnonzero(score < 0.5)
    }
    assert len(expected) > 5
    assert {(one.picture, one.drawn): one.score for one in found} == pytest.approx(expected)


def test_no_pictures_give_no_suspects() -> None:
    assert boxes_suspected([], classes=2) == []
