"""How simulated annotators answer: from the hidden truth, each with errors of their own, always the same way.

They are a stand-in for people in demonstrations and load tests, never a measure of people. Everything they
write is marked as simulated, in the pages and in exports.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from config.demo.cast import Part

_SLIP_PX = 4.0
FrameTimes = Callable[[str], list[int]]


@dataclass(frozen=True)
class Truth:
    """What is true of the demo's posts and comparisons, by external identifier."""

    posts: Mapping[str, Mapping[str, Any]]
    comparisons: Mapping[str, Mapping[str, Any]]


def planted_wrong(external_id: str, clause_key: str) -> bool:
    """Whether every simulated annotator is made to answer this wrongly, for the noise scan to find (about 8 %)."""
    return (
        clause_key in {"spam", "medical-misinformation"}
        and _draw("planted", external_id, clause_key).random() < 0.08
    )


def label_document(
    bundle: Mapping[str, Any], truth: Mapping[str, Any], who: Part, frames: FrameTimes
) -> dict[str, Any]:
    """Answer the clauses that ``bundle`` asks about its post.

    Parameters
    ----------
    bundle
        What the page of the workspace gets.
    truth
        The post's true answers, by clause key.
    frames
        Returns the presentation times of an asset's frames, in microseconds.
    """
    external_id = bundle["post"]["external_id"]
    return {
        "verdicts": [
            _verdict(clause, truth.get(clause["key"]), external_id, bundle, who, frames)
            for clause in bundle["clauses"]
        ]
    }


def _verdict(
    clause: Mapping[str, Any],
    truth: Mapping[str, Any] | None,
    external_id: str,
    bundle: Mapping[str, Any],
    who: Part,
    frames: FrameTimes,
) -> dict[str, Any]:
    values = [answer["value"] for answer in clause["answers"]]
    right = truth["answer"] if truth else values[-1]
    if planted_wrong(external_id, clause["key"]):
        right = next(value for value in values if value != right)
    draw = _draw(who.key, external_id, clause["key"])
    slips = draw.random() > who.reliability
    answer = draw.choice([value for value in values if value != right]) if slips else right
    verdict: dict[str, Any] = {
        "clause_key": clause["key"],
        "answer": answer,
        "confidence": round(draw.uniform(0.45, 0.75) if slips else draw.uniform(0.7, 0.99), 2),
    }
    if not any(row["value"] == answer and row["harmful"] for row in clause["answers"]):
        return verdict
    if clause["severities"]:
        scale = [row["value"] for row in clause["severities"]]
        meant = (truth or {}).get("severity") or scale[0]
        verdict["severity"] = min(
            scale, key=lambda value: abs(value - meant - draw.choice([0, 0, 0, 0, -1, 1]))
        )
    if clause["requires"]["reason"]:
        verdict["reason"] = "Simulated: the post meets the clause's “use when”."
    if clause["evidence_kinds"]:
        verdict["evidence"] = _evidence(
            clause, (truth or {}).get("evidence") or [], bundle["post"]["parts"], draw, frames
        )
    return verdict


def _evidence(
    clause: Mapping[str, Any],
    marks: list[Mapping[str, Any]],
    parts: list[Mapping[str, Any]],
    draw: random.Random,
    frames: FrameTimes,
) -> list[dict[str, Any]]:
    """The true marks with a slip of the hand, or, where there are none, the likeliest place."""
    by_position = {part["position"]: part for part in parts}
    kinds = set(clause["evidence_kinds"])
    made = [_mark(mark, by_position[mark["part"]], draw, frames) for mark in marks if mark["kind"] in kinds]
    return made or [_anywhere(kinds, parts, frames)]


def _mark(
    mark: Mapping[str, Any], part: Mapping[str, Any], draw: random.Random, frames: FrameTimes
) -> dict[str, Any]:
    region: dict[str, Any] = {"kind": mark["kind"], "part_id": part["id"]}
    if mark["kind"] == "box":
        x, y = (max(0.0, mark[side] + draw.uniform(-_SLIP_PX, _SLIP_PX)) for side in ("x", "y"))
        width = min(mark["width"], part["asset"]["width"] - x)
        height = min(mark["height"], part["asset"]["height"] - y)
        region |= {"asset_sha256": part["asset"]["sha256"], "x": round(x, 1), "y": round(y, 1)}
        region |= {"width": round(width - 0.1, 1), "height": round(height - 0.1, 1)}
    elif mark["kind"] == "text_span":
        region |= {
            "start": mark["start"],
            "end": mark["end"],
            "quote": part["text"][mark["start"] : mark["end"]],
        }
    elif mark["kind"] == "time_range":
        region |= _time_range(part, mark["start_us"], mark["end_us"], frames)
    return region


def _anywhere(kinds: set[str], parts: list[Mapping[str, Any]], frames: FrameTimes) -> dict[str, Any]:
    for part in parts:
        asset = part["asset"]
        if "box" in kinds and asset and asset["kind"] == "image":
            box = {"x": 1.0, "y": 1.0, "width": asset["width"] / 2, "height": asset["height"] / 2}
            return {"kind": "box", "part_id": part["id"], "asset_sha256": asset["sha256"], **box}
        if "time_range" in kinds and asset and asset["kind"] in {"video", "audio"}:
            return {
                "kind": "time_range",
                "part_id": part["id"],
                **_time_range(part, 0, asset["duration_us"], frames),
            }
        if "text_span" in kinds and part["text"]:
            end = min(len(part["text"]), 20)
            return {
                "kind": "text_span",
                "part_id": part["id"],
                "start": 0,
                "end": end,
                "quote": part["text"][:end],
            }
    if "part" in kinds:
        return {"kind": "part", "part_id": parts[0]["id"]}
    return {"kind": "whole_post"}


def _time_range(part: Mapping[str, Any], start_us: int, end_us: int, frames: FrameTimes) -> dict[str, Any]:
    asset = part["asset"]
    region: dict[str, Any] = {"asset_sha256": asset["sha256"], "start_us": start_us, "end_us": end_us}
    if asset["kind"] == "video":
        times = frames(asset["id"])
        first = max(index for index, time in enumerate(times) if time <= max(start_us, times[0]))
        last = max(index for index, time in enumerate(times) if time < max(end_us, times[first] + 1))
        region |= {"start_us": times[first], "start_frame": first, "end_frame": last}
    return region


def judgment_document(
    bundle: Mapping[str, Any], truths: Mapping[tuple[str, str], Mapping[str, Any]], who: Part
) -> dict[str, Any]:
    """Judge a comparison in the order in which it is shown.

    Parameters
    ----------
    truths
        By the two texts in the order a, b: strength per axis (negative: a is better) and who is acceptable.
    """
    first, second = (response["text"] for response in bundle["responses"])
    is_turned = (first, second) not in truths
    truth = truths[(second, first) if is_turned else (first, second)]
    draw = _draw(who.key, first, second)
    axes = []
    for axis in bundle["axes"]:
        value = truth["axes"].get(axis["key"], 0) * (-1 if is_turned else 1)
        if draw.random() > who.reliability:
            value = draw.choice([value + 1, value - 1, -value])
        value = max(-3, min(3, value))
        axes.append({"clause_key": axis["key"], "choice": "prefer" if value else "tie", "value": value})
    sides = ("b", "a") if is_turned else ("a", "b")
    responses = [
        {"position": position, "acceptable": bool(truth["acceptable"][side])}
        for position, side in zip(("first", "second"), sides, strict=True)
    ]
    document: dict[str, Any] = {
        "axes": axes,
        "responses": responses,
        "confidence": round(draw.uniform(0.6, 0.98), 2),
    }
    better = truth.get("rewrite")
    if better and who.reliability > 0.95:
        weaker = sides.index(better["side"])
        document["rewrites"] = [{"position": ("first", "second")[weaker], "text": better["text"]}]
    return document


def _draw(*names: str) -> random.Random:
    return random.Random(int.from_bytes(hashlib.sha256("\x1f".join(names).encode()).digest()[:8], "big"))  # noqa: S311
