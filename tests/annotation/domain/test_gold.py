from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.domain.gold import ANSWERED_MIN, Given, Known, falls_below, holds_for, marked

SCALE = (1, 2, 3)
PLACE = {"part_id": "p", "asset_sha256": "a"}
KINDS: list[dict[str, Any]] = [
    {"kind": "whole_post"},
    {"kind": "part", "part_id": "p"},
    {"kind": "box", **PLACE, "x": 10, "y": 10, "width": 40, "height": 30},
    {"kind": "ellipse", **PLACE, "x": 90, "y": 90, "radius_x": 20, "radius_y": 10},
    {"kind": "polygon", **PLACE, "points": [[200, 0], [240, 0], [240, 40]]},
    {"kind": "polyline", **PLACE, "points": [[0, 300], [50, 320]]},
    {"kind": "point", **PLACE, "x": 400, "y": 5},
    {"kind": "frame", **PLACE, "frame": 3, "pts_us": 100},
    {"kind": "time_range", **PLACE, "start_us": 0, "end_us": 1_000},
    {"kind": "text_span", "part_id": "t", "start": 2, "end": 9},
    {
        "kind": "track",
        **PLACE,
        "keyframes": [
            {"frame": 0, "pts_us": 0, "x": 1, "y": 1, "width": 10, "height": 10},
            {"frame": 9, "pts_us": 900, "x": 9, "y": 1, "width": 10, "height": 10},
        ],
    },
]


@pytest.mark.parametrize("region", KINDS, ids=lambda region: region["kind"])
def test_the_known_answer_itself_passes_whatever_was_marked(region: dict[str, Any]) -> None:
    known = Known("yes", 2, 0, [region], 0.9)
    mark = marked(known, Given("yes", 2, [region]), severities=SCALE)
    assert (mark.passed, mark.right_severity) == (True, True)
    assert mark.alike == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("region", KINDS, ids=lambda region: region["kind"])
def test_without_the_mark_it_fails(region: dict[str, Any]) -> None:
    assert not marked(Known("yes", evidence=[region], alike_min=0.3), Given("yes"), severities=SCALE).passed


@given(st.lists(st.sampled_from(KINDS), unique_by=lambda region: region["kind"]), st.integers(0, 1000))
def test_the_order_of_marks_and_marks_beside_do_not_matter(regions: list[dict[str, Any]], seed: int) -> None:
    known = Known("yes", None, None, regions[:3], 0.9)
    shuffled = random.Random(seed).sample(regions, len(regions))
    assert marked(known, Given("yes", None, shuffled), severities=SCALE).passed


@given(st.sampled_from(SCALE), st.sampled_from(SCALE), st.integers(0, 2))
def test_severity_may_miss_by_so_many_steps(true: int, said: int, within: int) -> None:
    mark = marked(Known("yes", true, within), Given("yes", said), severities=SCALE)
    assert mark.passed is (abs(true - said) <= within)


def test_a_wrong_answer_fails_and_says_nothing_of_the_rest() -> None:
    mark = marked(Known("yes", 2, 0, KINDS[:1], 0.5), Given("no"), severities=SCALE)
    assert (mark.right_answer, mark.right_severity, mark.alike, mark.passed) == (False, None, None, False)


def test_two_known_regions_need_two_marks() -> None:
    near = {**KINDS[2], "x": 12}
    known = Known("yes", None, None, [KINDS[2], near], 0.5)
    assert not marked(known, Given("yes", None, [KINDS[2]]), severities=SCALE).passed
    assert marked(known, Given("yes", None, [near, KINDS[2]]), severities=SCALE).passed


@pytest.mark.parametrize(
    ("begins", "ends", "revision", "holds"),
    [(2, None, 2, True), (2, None, 5, True), (2, None, 1, False), (2, 3, 3, True), (2, 3, 4, False)],
)
def test_an_answer_holds_for_a_range_of_meanings(
    begins: int, ends: int | None, revision: int, holds: bool
) -> None:
    assert holds_for(begins, ends, revision) is holds
    assert holds_for(begins, ends, None) is False


@given(st.integers(0, ANSWERED_MIN - 1), st.floats(0.01, 0.99))
def test_a_few_unlucky_answers_stop_nobody(answered: int, threshold: float) -> None:
    assert not falls_below(0, answered, threshold=threshold)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.05, 0.95))
def test_whoever_reaches_the_threshold_is_never_stopped(passed: int, more: int, threshold: float) -> None:
    answered = passed + more
    if answered and passed / answered >= threshold:
        assert not falls_below(passed, answered, threshold=threshold)
    assert not falls_below(answered, answered, threshold=threshold)


def test_many_wrong_answers_stop_somebody() -> None:
    assert falls_below(2, 20, threshold=0.7)
    assert not falls_below(12, 20, threshold=0.7)
