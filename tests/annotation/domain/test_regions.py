from __future__ import annotations

from typing import Any

import pytest

from annotation.domain.regions import Marked, regions_merged, similarity


def box(x: float, y: float, width: float = 10, height: float = 10, **more: Any) -> dict[str, Any]:
    return {
        "kind": "box",
        "part_id": "p",
        "asset_sha256": "a",
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        **more,
    }


def span(start: int, end: int, part: str = "p") -> dict[str, Any]:
    return {"kind": "text_span", "part_id": part, "start": start, "end": end}


def test_boxes_are_compared_by_intersection_over_union() -> None:
    assert similarity(box(0, 0), box(0, 0)) == 1.0
    assert similarity(box(0, 0), box(5, 0)) == pytest.approx(50 / 150)
    assert similarity(box(0, 0), box(10, 0)) == 0.0


def test_boxes_on_two_frames_have_nothing_in_common() -> None:
    assert similarity(box(0, 0, frame=3, pts_us=1), box(0, 0, frame=4, pts_us=2)) == 0.0


def test_spans_are_compared_by_shared_characters_of_one_part() -> None:
    assert similarity(span(0, 4), span(2, 6)) == pytest.approx(2 / 6)
    assert similarity(span(0, 4), span(0, 4, part="q")) == 0.0


def test_ranges_are_compared_in_time() -> None:
    first = {"kind": "time_range", "part_id": "p", "asset_sha256": "a", "start_us": 0, "end_us": 100}
    assert similarity(first, {**first, "start_us": 50, "end_us": 150}) == pytest.approx(50 / 150)


def test_alike_boxes_of_three_people_become_their_median() -> None:
    marks = [Marked("a", box(0, 0)), Marked("b", box(1, 0)), Marked("c", box(2, 0)), Marked("c", box(80, 80))]
    merged = regions_merged(marks)
    assert [entry.people for entry in merged] == [("a", "b", "c"), ("c",)]
    assert (merged[0].region["x"], merged[0].region["width"]) == (1.0, 10.0)
    assert merged[0].spread == 1.0


def test_two_boxes_of_one_person_are_never_joined() -> None:
    marks = [Marked("a", box(0, 0)), Marked("a", box(1, 0)), Marked("b", box(0, 0))]
    merged = regions_merged(marks)
    assert sorted(len(entry.people) for entry in merged) == [1, 2]
    assert merged[0].region["x"] == 0.0


def test_merged_edges_of_text_stay_on_characters_somebody_chose() -> None:
    merged = regions_merged([Marked("a", span(3, 9)), Marked("b", span(4, 9)), Marked("c", span(3, 10))])
    assert (merged[0].region["start"], merged[0].region["end"]) == (3, 9)
    assert merged[0].spread == 1


def test_merged_ranges_keep_the_frames_of_their_times() -> None:
    first = {"kind": "time_range", "part_id": "p", "asset_sha256": "a"}
    a = {**first, "start_us": 100, "start_frame": 1, "end_us": 500, "end_frame": 4}
    b = {**first, "start_us": 200, "start_frame": 2, "end_us": 500, "end_frame": 4}
    region = regions_merged([Marked("a", a), Marked("b", b)])[0].region
    assert (region["start_us"], region["start_frame"], region["end_us"], region["end_frame"]) == (
        100,
        1,
        500,
        4,
    )


def test_marks_without_extent_join_only_when_equal() -> None:
    whole = {"kind": "part", "part_id": "p", "id": "x"}
    merged = regions_merged(
        [Marked("a", whole), Marked("b", {**whole, "id": "y"}), Marked("c", {"kind": "whole_post"})]
    )
    assert [entry.people for entry in merged] == [("a", "b"), ("c",)]
