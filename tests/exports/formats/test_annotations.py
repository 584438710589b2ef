from __future__ import annotations

import json
from collections.abc import Mapping
from math import pi
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exports.formats.annotations.coco import coco_document
from exports.formats.annotations.label_studio import (
    AnsweredPost,
    label_studio_config,
    label_studio_task,
)
from exports.formats.annotations.shapes import Mark, Picture, area, bounds, mask_runs
from exports.formats.annotations.yolo import yolo_index, yolo_lines

PICTURE = Picture(1, "media/ab/cd.png", width=40, height=20)
BOX = {"kind": "box", "x": 4, "y": 2, "width": 10, "height": 6}
TURNED = {"kind": "box", "x": 20, "y": 2, "width": 10, "height": 6, "rotation": 90}
POLYGON = {"kind": "polygon", "points": [[0, 0], [10, 0], [10, 10]]}
ELLIPSE = {"kind": "ellipse", "x": 20, "y": 10, "radius_x": 8, "radius_y": 4, "rotation": 90}


def packed(runs: list[int]) -> str:
    """Pack runs as COCO does, for masks of tests."""
    letters = []
    for place, run in enumerate(runs):
        rest = run - runs[place - 2] if place > 2 else run
        more = True
        while more:
            group = rest & 0x1F
            rest >>= 5
            more = rest != (-1 if group & 0x10 else 0)
            letters.append(chr((group | 0x20 if more else group) + 48))
    return "".join(letters)


def mask_of(painted: Any) -> dict[str, Any]:
    """A mask of a picture of zeros and ones."""
    flat = painted.flatten(order="F").tolist()
    runs, value = [0], 0
    for pixel in flat:
        if pixel != value:
            runs.append(0)
            value = pixel
        runs[-1] += 1
    return {"kind": "mask", "size": list(painted.shape), "counts": packed(runs)}


def document(*evidence: Mapping[str, Any]) -> dict[str, Any]:
    marks = [Mark(PICTURE, "weapons", one) for one in evidence]
    return coco_document([PICTURE], marks, ["hate", "weapons"], title="market/pairs@1")


def test_a_box_keeps_its_place() -> None:
    [found] = document(BOX)["annotations"]
    assert (found["bbox"], found["area"]) == ([4, 2, 10, 6], 60)
    assert found["segmentation"] == [[4, 2, 14, 2, 14, 8, 4, 8]]
    assert (found["image_id"], found["category_id"]) == (1, 2)


def test_a_turned_box_turns_clockwise_about_its_top_left_corner() -> None:
    [found] = document(TURNED)["annotations"]
    assert found["bbox"] == pytest.approx([14, 2, 6, 10])
    assert found["area"] == pytest.approx(60)


def test_ellipses_and_polygons_have_their_exact_area_and_box() -> None:
    ellipse, polygon = document(ELLIPSE, POLYGON)["annotations"]
    assert ellipse["bbox"] == pytest.approx([16, 2, 8, 16])
    assert ellipse["area"] == pytest.approx(32 * pi)
    assert (polygon["bbox"], polygon["area"]) == ([0, 0, 10, 10], 50)


def test_what_covers_nothing_is_left_out() -> None:
    others = (
        {"kind": "whole_post"},
        {"kind": "point", "x": 1, "y": 1},
        {"kind": "polyline", "points": [[0, 0], [1, 1]]},
        {"kind": "text_span", "start": 0, "end": 1},
        {**BOX, "frame": 3, "pts_us": 100},
    )
    assert document(*others)["annotations"] == []


def test_a_box_over_the_edge_ends_there() -> None:
    over = {"kind": "box", "x": -0.5, "y": 19, "width": 10, "height": 1.5}
    assert document(over)["annotations"][0]["bbox"] == [0, 19, 9.5, 1]


@given(st.data())
def test_a_mask_is_unpacked_as_it_was_painted(data: st.DataObject) -> None:
    height, width = data.draw(st.tuples(st.integers(1, 7), st.integers(1, 7)))
    pixels = data.draw(st.lists(st.integers(0, 1), min_size=height * width, max_size=height * width))
    painted = np.array(pixels, dtype=np.uint8).reshape(height, width)
    painted[data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))] = 1
    mask = mask_of(painted)
    assert sum(mask_runs(mask["counts"])) == height * width
    assert area(mask) == painted.sum()
    rows, columns = np.nonzero(painted)
    box = bounds(mask)
    assert (box.left, box.top, box.right, box.bottom) == (
        columns.min(),
        rows.min(),
        columns.max() + 1,
        rows.max() + 1,
    )


def test_the_packing_is_that_of_the_documentation() -> None:
    assert mask_runs("444") == [4, 4, 4]


def test_pycocotools_reads_it_and_covers_the_same_pixels(tmp_path: Path) -> None:
    coco_module = pytest.importorskip("pycocotools.coco", reason="pycocotools is not installed")
    masks = pytest.importorskip("pycocotools.mask")
    painted = np.zeros((20, 40), dtype=np.uint8)
    painted[3:9, 5:30] = 1
    painted[0, 39] = 1
    path = tmp_path / "coco.json"
    path.write_text(json.dumps(document(BOX, TURNED, ELLIPSE, mask_of(painted))), encoding="utf-8")
    read = coco_module.COCO(str(path))
    assert [row["name"] for row in read.loadCats(read.getCatIds())] == ["hate", "weapons"]
    assert read.imgs[1]["file_name"] == PICTURE.path
    found = read.loadAnns(read.getAnnIds(imgIds=[1]))
    assert (read.annToMask(found[3]) == painted).all()
    assert masks.toBbox(read.annToRLE(found[3])).tolist() == found[3]["bbox"]
    for one in found:
        assert float(masks.area(read.annToRLE(one))) == pytest.approx(one["area"], rel=0.1)
        covered = masks.toBbox(read.annToRLE(one))
        assert covered.tolist() == pytest.approx(one["bbox"], abs=1.0)


def test_yolo_has_shares_of_the_picture() -> None:
    marks = [Mark(PICTURE, "weapons", BOX), Mark(PICTURE, "hate", {"kind": "point", "x": 1, "y": 1})]
    assert yolo_lines(marks, ["hate", "weapons"]) == "1 0.225000 0.250000 0.250000 0.300000\n"
    assert yolo_lines([], ["hate"]) == ""


def test_yolo_leaves_out_what_lies_beside_the_picture() -> None:
    beside = {"kind": "box", "x": 40, "y": 5, "width": 0.5, "height": 3}
    assert yolo_lines([Mark(PICTURE, "hate", beside)], ["hate"]) == ""


def test_yolo_names_splits_and_classes_its_own_way() -> None:
    text = yolo_index(["hate", "weapons"], {"train": "images/train", "validation": "images/validation"})
    assert yaml.safe_load(text) == {
        "path": ".",
        "train": "images/train",
        "val": "images/validation",
        "names": {0: "hate", 1: "weapons"},
    }


def answered(*marks: Mapping[str, Any], text: str = "", picture: Picture | None = PICTURE) -> AnsweredPost:
    return AnsweredPost("ad-1", text, picture, {"weapons": "yes"}, [("weapons", one) for one in marks])


def test_label_studio_places_regions_in_per_cent() -> None:
    task = label_studio_task(answered(TURNED, ELLIPSE, POLYGON, {"kind": "point", "x": 10, "y": 5}))
    choice, box, ellipse, polygon, point = task["annotations"][0]["result"]
    assert task["data"] == {"external_id": "ad-1", "image": PICTURE.path}
    assert choice["value"] == {"choices": ["weapons: yes"]}
    assert (box["type"], box["original_width"], box["original_height"]) == ("rectanglelabels", 40, 20)
    assert box["value"] == {
        "x": 50.0,
        "y": 10.0,
        "width": 25.0,
        "height": 30.0,
        "rotation": 90,
        "rectanglelabels": ["weapons"],
    }
    assert (ellipse["value"]["radiusX"], ellipse["value"]["radiusY"]) == (20.0, 20.0)
    assert polygon["value"]["points"] == [[0, 0], [25, 0], [25, 50]]
    assert (point["type"], point["value"]["x"], point["value"]["y"]) == ("keypointlabels", 25, 25)


def test_label_studio_has_spans_by_code_points() -> None:
    text = "👩‍🚀 sells arms"
    start = text.index("arms")
    span = {"kind": "text_span", "part_id": "p", "start": start, "end": start + 4}
    task = label_studio_task(answered(span, text=text, picture=None))
    assert task["annotations"][0]["result"][1]["value"] == {
        "start": start,
        "end": start + 4,
        "text": "arms",
        "labels": ["weapons"],
    }


def test_label_studio_leaves_out_what_it_has_no_form_for() -> None:
    painted = mask_of(np.ones((20, 40), dtype=np.uint8))
    task = label_studio_task(answered(painted, {**BOX, "frame": 2, "pts_us": 1}, {"kind": "whole_post"}))
    assert [row["type"] for row in task["annotations"][0]["result"]] == ["choices"]


def test_the_interface_of_label_studio_has_every_control_that_tasks_name() -> None:
    config = label_studio_config(
        {"weapons": ["yes", "no"], 'odd "key" & <so>': ["yes"]}, has_text=True, has_pictures=True
    )
    tree = ElementTree.fromstring(config)
    controls = {tag.get("name"): tag.get("toName") for tag in tree if tag.get("toName")}
    span = {"kind": "text_span", "start": 0, "end": 1}
    post = answered(TURNED, ELLIPSE, POLYGON, {"kind": "point", "x": 1, "y": 1}, span, text="abc")
    for row in label_studio_task(post)["annotations"][0]["result"]:
        assert controls[row["from_name"]] == row["to_name"]
    assert {tag.get("value") for tag in tree.iter("Choice")} == {
        "weapons: yes",
        "weapons: no",
        'odd "key" & <so>: yes',
    }
