"""Boxes on pictures: those people drew for their answers, and those models propose."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.domain.regions import Marked, regions_merged
from annotation.models import Evidence, Suggestion
from annotation.selectors.votes import meaning_filter, verdicts_counted

Corners = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels of the picture."""


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box that stands behind a counted answer; ``ordinal`` is its place among the answer's evidence."""

    verdict_id: uuid.UUID
    ordinal: int
    person_id: uuid.UUID
    is_simulated: bool
    post_id: uuid.UUID
    clause_key: str
    answer: str
    part_id: uuid.UUID
    corners: Corners


@dataclass(frozen=True, slots=True)
class SuggestedBox:
    """A box that a model proposes, with how sure it is, 0 to 1."""

    model: str
    post_id: uuid.UUID
    clause_key: str
    answer: str | None
    part_id: uuid.UUID
    corners: Corners
    confidence: float


def boxes_drawn(
    project_id: uuid.UUID, *, release_id: uuid.UUID, clause_keys: Collection[str]
) -> list[DrawnBox]:
    """Return the upright boxes behind counted answers that hold under the release, by post, part, answer and place."""
    verdicts = verdicts_counted(project_id).filter(meaning_filter(project_id, release_id, clause_keys))
    rows = (
        Evidence.objects.filter(kind="box", verdict__in=verdicts)
        .select_related("verdict__submission__person")
        .order_by("verdict__post_id", "part_id", "verdict_id", "ordinal")
    )
    return [
        DrawnBox(
            row.verdict_id,
            row.ordinal,
            row.verdict.submission.person_id,
            row.verdict.submission.person.is_simulated,
            row.verdict.post_id,
            row.verdict.clause_key,
            row.verdict.answer,
            uuid.UUID(row.data["part_id"]),
            _corners(row.data),
        )
        for row in rows
        if not row.data.get("rotation")
    ]


def boxes_suggested(
    project_id: uuid.UUID, *, release_id: uuid.UUID, clause_keys: Collection[str]
) -> list[SuggestedBox]:
    """Return the upright boxes of each model's newest suggestion on a post and clause that holds under the release."""
    newest = (
        Suggestion.objects.filter(meaning_filter(project_id, release_id, clause_keys), project_id=project_id)
        .order_by("post_id", "clause_key", "model", "-id")
        .distinct("post_id", "clause_key", "model")
    )
    return [
        SuggestedBox(
            row.model,
            row.post_id,
            row.clause_key,
            row.answer,
            uuid.UUID(mark["region"]["part_id"]),
            _corners(mark["region"]),
            float(mark["confidence"]),
        )
        for row in newest
        for mark in row.marks
        if mark["region"]["kind"] == "box"
        and not mark["region"].get("rotation")
        and mark.get("confidence") is not None
    ]


def boxes_merged(boxes: Sequence[DrawnBox]) -> list[tuple[Corners, int]]:
    """Return the boxes that several people's come to, and how many people drew each, the most first."""
    marks = [
        Marked(str(box.person_id), {"kind": "box", "part_id": str(box.part_id), **_box(box.corners)})
        for box in boxes
    ]
    return [(_corners(merged.region), len(merged.people)) for merged in regions_merged(marks)]


def _corners(region: Mapping[str, Any]) -> Corners:
    left, top = float(region["x"]), float(region["y"])
    return left, top, left + float(region["width"]), top + float(region["height"])


def _box(corners: Corners) -> dict[str, float]:
    left, top, right, bottom = corners
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}
