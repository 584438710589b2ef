from __future__ import annotations

import csv
import math
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.domain.masks import runs_pack
from annotation.domain.outlines import outline_distance, outline_of, outline_overlap
from annotation.domain.overlap import similar_pairs, similarity
from annotation.domain.painted import packed
from annotation.domain.regions import Marked, regions_merged

PLACE = {"part_id": "p", "asset_sha256": "a"}
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

numbers = st.floats(-200, 200).map(lambda value: round(value, 2))
sides = st.floats(5, 120).map(lambda value: round(value, 2))
boxes = st.builds(
    lambda x, y, width, height, rotation: {
        "kind": "box",
        **PLACE,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "rotation": rotation,
    },
    numbers,
    numbers,
    sides,
    sides,
    st.sampled_from([0, 0, 30, 90, -45]),
)


def polygon(*points: tuple[float, float], **more: Any) -> dict[str, Any]:
    return {"kind": "polygon", **PLACE, "points": [list(point) for point in points], **more}


def box(x: float, y: float, width: float = 10, height: float = 10, **more: Any) -> dict[str, Any]:
    return {"kind": "box", **PLACE, "x": x, "y": y, "width": width, "height": height, **more}


def track(*keys: tuple[int, float], width: float = 10, **last: Any) -> dict[str, Any]:
    """A box that moves along x; frames are 40 ms long."""
    keyframes: list[dict[str, Any]] = [
        {"frame": frame, "pts_us": frame * 40_000, "x": x, "y": 0, "width": width, "height": 10}
        for frame, x in keys
    ]
    keyframes[-1] |= last
    return {"kind": "track", **PLACE, "keyframes": keyframes}


# --- outlines


def test_outlines_share_what_squares_drawn_by_hand_share() -> None:
    square = polygon((0, 0), (10, 0), (10, 10), (0, 10))
    assert similarity(square, polygon((5, 0), (15, 0), (15, 10), (5, 10))) == pytest.approx(1 / 3, abs=1e-9)
    assert similarity(square, polygon((0, 0), (10, 0), (10, 10))) == pytest.approx(0.5, abs=2e-3)
    corner = polygon((0, 0), (10, 0), (10, 4), (4, 4), (4, 10), (0, 10))
    assert similarity(square, corner) == pytest.approx(0.64, abs=5e-3)
    assert similarity(square, polygon((20, 0), (30, 0), (30, 10))) == 0.0


def test_a_box_and_an_outline_around_the_same_thing_are_compared() -> None:
    assert similarity(box(0, 0), polygon((0, 0), (10, 0), (10, 10), (0, 10))) == pytest.approx(1.0)
    assert similarity(box(0, 0), polygon((0, 0), (10, 0), (10, 10), (0, 10), frame=3)) == 0.0


def test_a_turned_box_covers_what_it_covers() -> None:
    half = math.sqrt(50)
    diamond = polygon((0, 0), (half, half), (0, 2 * half), (-half, half))
    assert similarity(box(0, 0, rotation=45), diamond) == pytest.approx(1.0, abs=1e-6)
    assert similarity(box(0, 0, 20, 10), box(10, 0, 10, 20, rotation=90)) == pytest.approx(1 / 3)


def test_an_ellipse_covers_its_share_of_the_box_around_it() -> None:
    ellipse = {"kind": "ellipse", **PLACE, "x": 20, "y": 10, "radius_x": 20, "radius_y": 10, "rotation": 0}
    assert similarity(ellipse, box(0, 0, 40, 20)) == pytest.approx(math.pi / 4, abs=5e-3)
    turned = {**ellipse, "radius_x": 10, "radius_y": 20, "rotation": 90}
    assert similarity(ellipse, turned) == pytest.approx(1.0, abs=5e-3)


@given(boxes, boxes)
@settings(max_examples=80, deadline=None)
def test_similarity_is_symmetric_between_nought_and_one_and_one_with_itself(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    alike = similarity(first, second)
    assert 0 <= alike <= 1 + 1e-9
    assert alike == pytest.approx(similarity(second, first), abs=1e-9)
    assert similarity(first, first) == pytest.approx(1.0)


@given(boxes, boxes)
@settings(max_examples=60, deadline=None)
def test_scanlines_find_what_boxes_share_exactly(first: dict[str, Any], second: dict[str, Any]) -> None:
    plain = {**first, "rotation": 0}, {**second, "rotation": 0}
    by_rows = outline_overlap(outline_of(plain[0]), outline_of(plain[1]))
    assert by_rows == pytest.approx(similarity(*plain), abs=0.02)


@given(st.lists(boxes, min_size=2, max_size=12))
@settings(max_examples=40, deadline=None)
def test_pairs_found_in_bulk_are_those_found_one_by_one(regions: list[dict[str, Any]]) -> None:
    people = [str(index % 3) for index in range(len(regions))]
    found = {(a, b): alike for alike, a, b in similar_pairs(regions, people, similarity_min=0.3)}
    for a in range(len(regions)):
        for b in range(a + 1, len(regions)):
            alike = similarity(regions[a], regions[b]) if people[a] != people[b] else 0.0
            assert ((a, b) in found) == (alike >= 0.3)
            if (a, b) in found:
                assert found[a, b] == pytest.approx(alike)


def test_of_outlines_the_one_most_like_the_others_stands_for_all() -> None:
    wide = polygon((0, 0), (30, 0), (30, 20), (0, 20))
    middle = polygon((0, 0), (27, 0), (27, 20), (0, 20))
    narrow = polygon((0, 0), (25, 0), (25, 20), (0, 20))
    merged = regions_merged([Marked("a", wide), Marked("b", middle), Marked("c", narrow)])
    assert len(merged) == 1 and merged[0].people == ("a", "b", "c")
    assert merged[0].region["points"] == middle["points"]
    assert merged[0].spread == pytest.approx(3.0)
    assert merged[0].overlap == pytest.approx(25 / 30, abs=1e-3)


def test_the_distance_of_outlines_is_that_of_their_furthest_edge() -> None:
    assert outline_distance(outline_of(box(0, 0)), outline_of(box(0, 0))) == pytest.approx(0, abs=1e-9)
    assert outline_distance(outline_of(box(0, 0, 10, 14)), outline_of(box(0, 0))) == pytest.approx(4.0)


# --- painted areas


def mask(left: int, top: int, right: int, bottom: int, *, size: tuple[int, int] = (40, 60)) -> dict[str, Any]:
    """A rectangle painted on a picture 60 wide and 40 high."""
    stretches = np.array([[x * size[0] + top, x * size[0] + bottom] for x in range(left, right)])
    return {"kind": "mask", **PLACE, "size": list(size), "counts": packed(stretches, size)}


def test_masks_are_compared_pixel_by_pixel_with_one_another_and_with_shapes() -> None:
    assert similarity(mask(0, 0, 10, 10), mask(5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert similarity(mask(4, 6, 24, 16), box(4, 6, 20, 10)) == 1.0
    ellipse = {"kind": "ellipse", **PLACE, "x": 30, "y": 20, "radius_x": 25, "radius_y": 18}
    assert similarity(mask(5, 2, 55, 38), ellipse) == pytest.approx(math.pi / 4, abs=0.01)
    assert similarity(mask(0, 0, 10, 10), mask(0, 0, 10, 10, size=(30, 60))) == 0.0


def test_masks_become_what_most_painted() -> None:
    marks = [
        Marked("a", mask(10, 10, 30, 30)),
        Marked("b", mask(12, 10, 32, 30)),
        Marked("c", mask(14, 10, 34, 30)),
    ]
    merged = regions_merged(marks)
    assert [entry.people for entry in merged] == [("a", "b", "c")]
    assert merged[0].region["counts"] == mask(12, 10, 32, 30)["counts"]
    assert merged[0].spread == 2.0
    assert merged[0].overlap == pytest.approx(16 / 24)


def test_a_mask_that_runs_to_the_last_pixel_is_packed_as_it_was() -> None:
    whole = mask(0, 0, 60, 40)
    assert whole["counts"] == runs_pack([0, 2400])
    assert similarity(whole, box(0, 0, 60, 40)) == 1.0


# --- points and lines


def test_points_join_when_near_and_become_their_median() -> None:
    def point(x: float) -> dict[str, Any]:
        return {"kind": "point", **PLACE, "x": x, "y": 5}

    marks = [Marked("a", point(0)), Marked("b", point(6)), Marked("c", point(8)), Marked("d", point(90))]
    merged = regions_merged(marks)
    assert [entry.people for entry in merged] == [("a", "b", "c"), ("d",)]
    assert (merged[0].region["x"], merged[0].spread) == (6.0, 6.0)


def test_a_line_is_the_same_line_whichever_end_it_was_begun_at() -> None:
    first = {"kind": "polyline", **PLACE, "points": [[0, 0], [50, 0], [100, 20]]}
    other = {"kind": "polyline", **PLACE, "points": [[100, 21], [50, 1], [0, 1]]}
    far = {"kind": "polyline", **PLACE, "points": [[0, 80], [100, 80]]}
    assert similarity(first, other) > 0.95
    assert similarity(first, far) < 0.05


# --- tracks


def test_tracks_are_compared_frame_by_frame() -> None:
    still, moved = track((0, 0), (10, 0)), track((0, 5), (10, 5))
    assert similarity(still, moved) == pytest.approx(1 / 3)
    assert similarity(track((0, 0), (10, 100)), track((0, 0), (5, 50), (10, 100))) == pytest.approx(1.0)


def test_frames_on_which_only_one_sees_it_count_against_a_track() -> None:
    # Frames 0 to 9 and 0 to 4: five of ten frames are shared.
    assert similarity(track((0, 0), (9, 0)), track((0, 0), (4, 0))) == pytest.approx(0.5)
    gone = {
        "kind": "track",
        **PLACE,
        "keyframes": [
            *track((0, 0))["keyframes"],
            {"frame": 5, "pts_us": 200_000, "x": 0, "y": 0, "width": 10, "height": 10, "is_outside": True},
            *track((9, 0))["keyframes"],
        ],
    }
    # Outside from 5 up to the keyframe at 9, which is in the picture again.
    assert similarity(track((0, 0), (9, 0)), gone) == pytest.approx(0.6)


def test_tracks_of_several_people_become_one_with_its_spread() -> None:
    merged = regions_merged(
        [
            Marked("a", track((0, 0), (10, 100))),
            Marked("b", track((0, 2), (10, 102))),
            Marked("c", track((0, 4), (5, 54), (10, 104))),
        ]
    )
    assert [entry.people for entry in merged] == [("a", "b", "c")]
    keys = merged[0].region["keyframes"]
    assert [(key["frame"], key["pts_us"], key["x"], key["is_outside"]) for key in keys] == [
        (0, 0, 2.0, False),
        (5, 200_000, 52.0, False),
        (10, 400_000, 102.0, False),
    ]
    assert merged[0].spread == pytest.approx(2.0)


def test_a_merged_track_is_outside_where_most_have_it_so() -> None:
    away = {"is_outside": True}
    merged = regions_merged(
        [
            Marked("a", track((0, 0), (10, 0), **away)),
            Marked("b", track((0, 0), (10, 0), **away)),
            Marked("c", track((0, 0), (10, 0))),
        ]
    )
    assert [key["is_outside"] for key in merged[0].region["keyframes"]] == [False, True]


def test_tracked_points_and_outlines_are_compared_too() -> None:
    def points(x: float) -> dict[str, Any]:
        keys = [{"frame": frame, "pts_us": frame * 40_000, "x": x + frame, "y": 0} for frame in (0, 20)]
        return {"kind": "track", **PLACE, "keyframes": keys}

    def outlines(x: float) -> dict[str, Any]:
        keys = [
            {"frame": frame, "pts_us": frame * 40_000, "points": [[x, 0], [x + 10, 0], [x + 10, 10], [x, 10]]}
            for frame in (0, 20)
        ]
        return {"kind": "track", **PLACE, "keyframes": keys}

    assert similarity(points(0), points(4)) > 0.9 > 0.1 > similarity(points(0), points(60))
    assert similarity(outlines(0), outlines(5)) == pytest.approx(1 / 3, abs=1e-6)
    assert similarity(points(0), outlines(0)) == 0.0
    merged = regions_merged([Marked("a", points(0)), Marked("b", points(4))])
    assert merged[0].region["keyframes"][0]["x"] == 2.0


# --- at size


def test_thousands_of_boxes_by_two_people_take_seconds_at_most() -> None:
    random = np.random.default_rng(0)
    corners = random.uniform(0, 4_000, (2_000, 2))
    marks = [
        Marked(person, box(float(x) + shift, float(y), 30, 30))
        for person, shift in (("a", 0.0), ("b", 2.0))
        for x, y in corners
    ]
    start = time.process_time()
    merged = regions_merged(marks)
    assert time.process_time() - start < 5
    assert sum(len(entry.people) == 2 for entry in merged) > 1_900


@pytest.mark.shared_data
def test_spans_of_the_toxic_spans_workers_keep_their_offsets_when_merged() -> None:
    folder = SHARED / "toxic-spans"
    if not folder.exists():
        pytest.skip("the shared data folder is not here (toxic-spans)")
    texts: dict[str, str] = {}
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            texts[row["comment_id"]] = row["comment_text"]
    whose: dict[str, tuple[str, str]] = {}
    with (folder / "annotations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            whose[row["annotation"]] = (row["comment_id"], row["worker"])
    marks: dict[str, list[Marked]] = defaultdict(list)
    with (folder / "spans.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            comment, worker = whose[row["annotation"]]
            start, end = int(row["start"]), int(row["end"])
            if start < end <= len(texts[comment]):
                region = {"kind": "text_span", "part_id": comment, "start": start, "end": end}
                marks[comment].append(Marked(worker, region))
    joined = 0
    for comment, spans in marks.items():
        starts = {mark.region["start"] for mark in spans}
        ends = {mark.region["end"] for mark in spans}
        for entry in regions_merged(spans):
            joined += len(entry.people) > 1
            assert entry.region["start"] in starts and entry.region["end"] in ends
            assert 0 <= entry.region["start"] < entry.region["end"] <= len(texts[comment])
    assert sum(map(len, marks.values())) > 38_000 and joined > 5_000
