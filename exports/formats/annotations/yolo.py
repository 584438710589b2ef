"""Marks on pictures as YOLO's text files: one for each picture, one mark a line, places as shares of its size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import yaml

from exports.formats.annotations.shapes import Mark, bounds


def yolo_lines(marks: Iterable[Mark], clause_keys: Sequence[str]) -> str:
    """Return the file of one picture: class from 0, middle, width and height of the box around each mark.

    A mark that covers nothing of the picture makes no line; a picture without marks has an empty file.
    """
    classes = {key: number for number, key in enumerate(clause_keys)}
    lines = []
    for mark in marks:
        if not mark.covers:
            continue
        picture = mark.picture
        box = bounds(mark.evidence).within(picture)
        if box.width <= 0 or box.height <= 0:
            continue
        shares = (
            (box.left + box.right) / 2 / picture.width,
            (box.top + box.bottom) / 2 / picture.height,
            box.width / picture.width,
            box.height / picture.height,
        )
        lines.append(" ".join([str(classes[mark.clause_key]), *(f"{share:.6f}" for share in shares)]))
    return "".join(f"{line}\n" for line in lines)


def yolo_index(clause_keys: Sequence[str], folders: Mapping[str, str]) -> str:
    """Return ``data.yaml``: the folder of pictures of each split, and the names of the classes.

    YOLO says ``val`` where we say ``validation``.
    """
    document = {
        "path": ".",
        **{("val" if split == "validation" else split): folder for split, folder in folders.items()},
        "names": dict(enumerate(clause_keys)),
    }
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
