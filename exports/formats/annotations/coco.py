"""Marks on pictures as COCO's detection format, which ``pycocotools`` reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from exports.formats.annotations.shapes import Mark, Picture, area, bounds, outline


def coco_document(
    pictures: Sequence[Picture], marks: Iterable[Mark], clause_keys: Sequence[str], *, title: str
) -> dict[str, Any]:
    """Return the document.

    Categories are the clauses in their order, from 1. Masks keep their run lengths, other marks become one polygon;
    ``bbox`` is what of the mark lies in the picture. Marks that cover nothing, and those in videos, are left out.
    """
    categories = {key: number for number, key in enumerate(clause_keys, start=1)}
    covering = [mark for mark in marks if mark.covers]
    return {
        "info": {"description": title},
        "licenses": [],
        "images": [
            {"id": one.number, "file_name": one.path, "width": one.width, "height": one.height}
            for one in pictures
        ],
        "categories": [
            {"id": number, "name": key, "supercategory": "clause"} for key, number in categories.items()
        ],
        "annotations": [
            _annotation(number, mark, categories[mark.clause_key])
            for number, mark in enumerate(covering, start=1)
        ],
    }


def _annotation(number: int, mark: Mark, category: int) -> dict[str, Any]:
    box = bounds(mark.evidence).within(mark.picture)
    return {
        "id": number,
        "image_id": mark.picture.number,
        "category_id": category,
        "bbox": [box.left, box.top, box.width, box.height],
        "area": area(mark.evidence),
        "segmentation": _segmentation(mark),
        "iscrowd": 0,
    }


def _segmentation(mark: Mark) -> Any:
    if mark.evidence["kind"] == "mask":
        return {"size": list(mark.evidence["size"]), "counts": mark.evidence["counts"]}
    return [[place for point in outline(mark.evidence) for place in point]]
