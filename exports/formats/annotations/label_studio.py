"""Posts with their answers and marks as Label Studio's JSON of tasks, which it imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from exports.formats.annotations.shapes import Picture

_HUNDRED = 100.0
_TEXT, _IMAGE, _ANSWER = "text", "image", "answer"


@dataclass(frozen=True)
class AnsweredPost:
    """A post with at most one text and one picture, what was decided on each clause, and the marks by clause.

    Marks are pieces of evidence as label documents have them, those of the picture and those of the text.
    """

    external_id: str
    text: str
    picture: Picture | None
    answers: Mapping[str, str]
    marks: Sequence[tuple[str, Mapping[str, Any]]]


def label_studio_task(post: AnsweredPost) -> dict[str, Any]:
    """Return one task with one annotation.

    Answers are choices ``clause: answer``, marks regions labelled by their clause. Masks, lines and marks in videos
    have no form in common with it and are left out. Offsets of texts are code points in both.
    """
    data: dict[str, Any] = {"external_id": post.external_id}
    if post.text:
        data[_TEXT] = post.text
    if post.picture is not None:
        data[_IMAGE] = post.picture.path
    shown = _TEXT if post.text else _IMAGE
    said = [f"{clause}: {answer}" for clause, answer in post.answers.items()]
    results: list[dict[str, Any]] = []
    if said:
        value = {"choices": said}
        results.append({"from_name": _ANSWER, "to_name": shown, "type": "choices", "value": value})
    for clause, evidence in post.marks:
        region = _region(post, clause, evidence)
        if region is not None:
            results.append(region)
    numbered = [{"id": str(number), **result} for number, result in enumerate(results)]
    return {"data": data, "annotations": [{"result": numbered}]}


def label_studio_config(clauses: Mapping[str, Sequence[str]], *, has_text: bool, has_pictures: bool) -> str:
    """Return the labelling interface that the tasks need, in Label Studio's XML; ``clauses`` with their answers."""
    labels = "".join(f"<Label value={quoteattr(key)}/>" for key in clauses)
    choices = "".join(
        f"<Choice value={quoteattr(f'{key}: {answer}')}/>"
        for key, answers in clauses.items()
        for answer in answers
    )
    shown = _TEXT if has_text else _IMAGE
    parts = []
    if has_text:
        parts += [
            f'<Labels name="{_TEXT}_labels" toName="{_TEXT}">{labels}</Labels>',
            f'<Text name="{_TEXT}" value="${_TEXT}"/>',
        ]
    if has_pictures:
        shapes = ("Rectangle", "Ellipse", "Polygon", "KeyPoint")
        parts += [
            f'<{shape}Labels name="{shape.lower()}_labels" toName="{_IMAGE}">{labels}</{shape}Labels>'
            for shape in shapes
        ]
        parts.append(f'<Image name="{_IMAGE}" value="${_IMAGE}"/>')
    parts.append(f'<Choices name="{_ANSWER}" toName="{shown}" choice="multiple">{choices}</Choices>')
    return f"<View>{''.join(parts)}</View>"


def _region(post: AnsweredPost, clause: str, evidence: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = evidence.get("kind")
    if kind == "text_span" and post.text:
        start, end = int(evidence["start"]), int(evidence["end"])
        value = {"start": start, "end": end, "text": post.text[start:end], "labels": [clause]}
        return {"from_name": f"{_TEXT}_labels", "to_name": _TEXT, "type": "labels", "value": value}
    if post.picture is None or "frame" in evidence:
        return None
    shape = _shape(post.picture, evidence)
    if shape is None:
        return None
    name, value = shape
    return {
        "from_name": f"{name}_labels",
        "to_name": _IMAGE,
        "type": f"{name}labels",
        "original_width": post.picture.width,
        "original_height": post.picture.height,
        "image_rotation": 0,
        "value": {**value, f"{name}labels": [clause]},
    }


def _shape(picture: Picture, evidence: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """Return the sort of region and its place in per cent of the picture."""
    across, down = _HUNDRED / picture.width, _HUNDRED / picture.height
    turn = {"rotation": evidence.get("rotation") or 0}
    match evidence.get("kind"):
        case "box":
            size = {"width": evidence["width"] * across, "height": evidence["height"] * down}
            return "rectangle", {"x": evidence["x"] * across, "y": evidence["y"] * down, **size, **turn}
        case "ellipse":
            radii = {"radiusX": evidence["radius_x"] * across, "radiusY": evidence["radius_y"] * down}
            return "ellipse", {"x": evidence["x"] * across, "y": evidence["y"] * down, **radii, **turn}
        case "polygon":
            return "polygon", {
                "points": [[x * across, y * down] for x, y in evidence["points"]],
                "closed": True,
            }
        case "point":
            return "keypoint", {"x": evidence["x"] * across, "y": evidence["y"] * down, "width": 0.5}
    return None
