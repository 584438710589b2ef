from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from annotation.domain.checks import document_problems
from annotation.domain.document import EVIDENCE_KINDS, LabelDocument
from annotation.domain.masks import runs_pack
from annotation.domain.questions import FrameTable, PartShape, Question, Requirements

SHA = "ab" * 32
IMAGE, VIDEO, AUDIO, CAPTION = (f"00000000-0000-7000-8000-00000000000{digit}" for digit in "1234")
TEXT = "👩‍👩‍👧 e\u0301té مرحبا بالعالم"

PARTS = [
    PartShape(id=IMAGE, kind="image", label="Image 1", asset_sha256=SHA, width=640, height=480),
    PartShape(
        id=VIDEO,
        kind="video",
        label="Video",
        asset_sha256=SHA,
        width=320,
        height=240,
        duration_us=133_334,
        frames=FrameTable((0, 33_367, 66_733, 100_100)),
    ),
    PartShape(id=AUDIO, kind="audio", label="Audio", asset_sha256=SHA, duration_us=2_000_000),
    PartShape(id=CAPTION, kind="caption", label="Caption", text=TEXT),
]

HATE = Question(
    clause_key="hate",
    title="Hate",
    answers=("no", "yes"),
    harmful=frozenset({"yes"}),
    severities=(1, 2),
    evidence_kinds=frozenset(EVIDENCE_KINDS),
    requires=Requirements(evidence=True, reason=True, severity=True),
)
SPAM = Question(clause_key="spam", title="Spam", answers=("no", "yes"), harmful=frozenset({"yes"}))


def codes(*verdicts: dict[str, Any], questions: tuple[Question, ...] = (HATE,)) -> list[tuple[str, str]]:
    document = LabelDocument.model_validate({"verdicts": list(verdicts)})
    problems = document_problems(document, questions=questions, parts=PARTS)
    assert all(problem.message.endswith((".", ").")) for problem in problems)
    return [(problem.path, problem.code) for problem in problems]


def hate(**evidence: Any) -> dict[str, Any]:
    return {"clause_key": "hate", "answer": "yes", "severity": 2, "reason": "r", "evidence": [evidence]}


def of(**evidence: Any) -> list[tuple[str, str]]:
    return [(path.removeprefix("verdicts.0.evidence.0"), code) for path, code in codes(hate(**evidence))]


def tracked(**shape: Any) -> dict[str, Any]:
    keyframe = {"frame": 0, "pts_us": 0, **shape}
    track = {"kind": "track", "part_id": VIDEO, "asset_sha256": SHA, "keyframes": [keyframe]}
    return {"verdicts": [{"clause_key": "a", "answer": "b", "evidence": [track]}]}


def test_a_complete_document_has_no_problems() -> None:
    assert (
        codes(hate(kind="whole_post"), {"clause_key": "spam", "answer": "no"}, questions=(HATE, SPAM)) == []
    )


def test_every_question_is_answered_exactly_once() -> None:
    clean = {"clause_key": "hate", "answer": "no"}
    assert codes() == [("verdicts", "clause_not_answered")]
    assert codes(clean, clean) == [("verdicts.1.clause_key", "clause_answered_twice")]
    assert codes(clean, {"clause_key": "other", "answer": "no"}) == [
        ("verdicts.1.clause_key", "clause_not_asked")
    ]


def test_answers_and_severities_come_from_their_scales() -> None:
    found = codes({"clause_key": "hate", "answer": "perhaps", "severity": 9})
    assert found == [
        ("verdicts.0.answer", "answer_not_in_scale"),
        ("verdicts.0.severity", "severity_not_in_scale"),
    ]


def test_a_harmful_answer_brings_what_its_clause_requires() -> None:
    found = codes({"clause_key": "hate", "answer": "yes", "reason": "  "})
    assert [code for _, code in found] == ["severity_required", "evidence_required", "reason_required"]
    assert codes({"clause_key": "hate", "answer": "no"}) == []


def test_evidence_of_a_kind_the_clause_does_not_take_is_refused() -> None:
    verdict = {"clause_key": "spam", "answer": "yes", "evidence": [{"kind": "whole_post"}]}
    assert codes(verdict, questions=(SPAM,)) == [("verdicts.0.evidence.0.kind", "evidence_kind_not_taken")]


def test_a_part_of_another_post_is_refused() -> None:
    assert of(kind="part", part_id=IMAGE.replace("1", "9")) == [(".part_id", "part_not_in_post")]


def test_text_offsets_count_code_points() -> None:
    # The family emoji is five code points (eight UTF-16 units), the accent is one of its own.
    assert len(TEXT) == 24
    assert of(kind="text_span", part_id=CAPTION, start=0, end=5, quote="👩‍👩‍👧") == []
    assert of(kind="text_span", part_id=CAPTION, start=6, end=8, quote="e\u0301") == []
    assert of(kind="text_span", part_id=CAPTION, start=11, end=24, quote=TEXT[11:]) == []
    assert of(kind="text_span", part_id=CAPTION, start=0, end=8, quote="👩‍👩‍👧") == [
        (".quote", "quote_differs")
    ]
    assert of(kind="text_span", part_id=CAPTION, start=0, end=25) == [(".end", "span_outside_text")]
    assert of(kind="text_span", part_id=CAPTION, start=3, end=3) == [(".end", "span_empty")]
    assert of(kind="text_span", part_id=IMAGE, start=0, end=1) == [(".part_id", "part_is_not_text")]


def test_boxes_lie_inside_the_asset_they_were_drawn_on() -> None:
    box = {
        "kind": "box",
        "part_id": IMAGE,
        "asset_sha256": SHA,
        "x": 600,
        "y": 400,
        "width": 40.4,
        "height": 80,
    }
    assert of(**box) == []
    assert of(**{**box, "width": 41}) == [("", "outside_picture")]
    assert of(**{**box, "asset_sha256": "cd" * 32}) == [(".asset_sha256", "asset_differs")]
    assert of(**{**box, "frame": 0, "pts_us": 0}) == [(".frame", "image_has_no_frames")]
    assert of(**{**box, "part_id": AUDIO}) == [(".part_id", "part_has_no_picture")]
    assert of(**{**box, "part_id": CAPTION}) == [(".part_id", "part_has_no_media")]


def test_marks_on_a_video_name_a_frame_of_its_table_at_its_own_time() -> None:
    box = {"kind": "box", "part_id": VIDEO, "asset_sha256": SHA, "x": 1, "y": 1, "width": 5, "height": 5}
    assert of(**box, frame=2, pts_us=66_733) == []
    assert of(**box) == [(".frame", "frame_missing")]
    assert of(**box, frame=2, pts_us=66_667) == [(".frame", "frame_time_differs")]
    assert of(**box, frame=4, pts_us=133_467) == [(".frame", "frame_outside_video")]
    assert of(kind="frame", part_id=VIDEO, asset_sha256=SHA, frame=3, pts_us=100_100) == []
    assert of(kind="frame", part_id=AUDIO, asset_sha256=SHA, frame=0, pts_us=0) == [
        (".frame", "no_frame_table")
    ]


def test_a_video_range_starts_and_ends_on_frames() -> None:
    video = {
        "kind": "time_range",
        "part_id": VIDEO,
        "asset_sha256": SHA,
        "start_us": 33_367,
        "start_frame": 1,
    }
    assert of(**video, end_us=100_100, end_frame=2) == []
    assert of(**video, end_us=133_334, end_frame=3) == []
    assert of(**video, end_us=90_000, end_frame=2) == [(".end_us", "frame_time_differs")]
    assert of(**video, end_us=33_367, end_frame=1) == [(".end_us", "range_empty")]
    assert of(**video, end_us=100_100) == [(".start_frame", "frame_missing")]
    assert of(**video, end_us=200_000, end_frame=9) == [(".end_frame", "frame_outside_video")]


def test_an_audio_range_lies_inside_the_running_time() -> None:
    audio = {"kind": "time_range", "part_id": AUDIO, "asset_sha256": SHA}
    assert of(**audio, start_us=0, end_us=2_000_000) == []
    assert of(**audio, start_us=0, end_us=2_000_001) == [(".end_us", "range_outside_media")]
    assert of(**audio, start_us=5, end_us=5) == [(".end_us", "range_empty")]
    assert of(kind="time_range", part_id=IMAGE, asset_sha256=SHA, start_us=0, end_us=1) == [
        (".part_id", "part_has_no_time")
    ]


def test_keyframes_of_a_track_go_forward() -> None:
    key = {"x": 0, "y": 0, "width": 5, "height": 5}
    track = {"kind": "track", "part_id": VIDEO, "asset_sha256": SHA}
    forward = [{**key, "frame": 0, "pts_us": 0}, {**key, "frame": 2, "pts_us": 66_733}]
    assert of(**track, keyframes=forward) == []
    assert of(**track, keyframes=forward[::-1]) == [(".keyframes.1.frame", "keyframes_unordered")]


def test_a_track_follows_a_box_an_outline_or_a_point_inside_the_picture_and_never_two_of_them() -> None:
    track = {"kind": "track", "part_id": VIDEO, "asset_sha256": SHA}
    first, second = {"frame": 0, "pts_us": 0}, {"frame": 3, "pts_us": 100_100, "is_outside": True}
    box = {"x": 300, "y": 200, "width": 20, "height": 40}
    outline = {"points": [[0, 0], [320, 0], [320, 240]]}
    point = {"x": 320, "y": 240}
    for shape in (box, outline, point):
        assert of(**track, keyframes=[{**first, **shape}, {**second, **shape}]) == []
    mixed = [{**first, **point}, {**second, **box}]
    assert of(**track, keyframes=mixed) == [(".keyframes.1", "keyframes_mixed")]
    for outside in ({**box, "x": 310}, {"points": [[0, 0], [0, 9], [321, 0]]}, {**point, "y": -1}):
        assert of(**track, keyframes=[{**first, **outside}]) == [(".keyframes.0", "outside_picture")]
    assert of(**track, keyframes=[{**first, **box, "rotation": 30, "x": 310}]) == []
    moved = {**second, "pts_us": 100_000}
    assert of(**track, keyframes=[{**first, **point}, {**moved, **point}]) == [
        (".keyframes.1.frame", "frame_time_differs")
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"verdicts": [], "extra": 1},
        {"verdicts": [{"clause_key": "a", "answer": "b", "is_gold": True}]},
        {"verdicts": [{"clause_key": "a", "answer": "b", "evidence": [{"kind": "swirl"}]}]},
        tracked(x=1, y=1, width=2),
        tracked(x=1, y=1, points=[[0, 0], [1, 1], [2, 0]]),
        tracked(points=[[0, 0], [1, 1]]),
        tracked(x=1),
        {"verdicts": [{"clause_key": "a", "answer": "b", "confidence": float("nan")}]},
        {"verdicts": [{"clause_key": "a", "answer": 1}]},
        {"verdicts": "x"},
    ],
)
def test_what_the_format_does_not_know_is_refused(document: Any) -> None:
    with pytest.raises(ValidationError):
        LabelDocument.model_validate(document)


def test_the_frame_on_screen_is_the_last_that_started() -> None:
    table = FrameTable((0, 33_367, 66_733))
    assert [table.frame_at(pts) for pts in (-5, 0, 33_366, 33_367, 90_000)] == [0, 0, 0, 1, 2]


def on_image(**fields: Any) -> list[tuple[str, str]]:
    return of(part_id=IMAGE, asset_sha256=SHA, **fields)


def test_a_turned_box_and_an_ellipse_lie_in_the_picture_by_their_middle() -> None:
    box = {"kind": "box", "width": 100, "height": 50}
    assert on_image(**box, x=620, y=20, rotation=90) == []
    assert on_image(**box, x=-5, y=20, rotation=-30) == []
    assert on_image(**box, x=-60, y=20, rotation=10) == [("", "outside_picture")]
    ellipse = {"kind": "ellipse", "radius_x": 90, "radius_y": 10, "rotation": 45}
    assert on_image(**ellipse, x=5, y=5) == []
    assert on_image(**ellipse, x=-5, y=5) == [("", "outside_picture")]


def test_a_line_lies_in_the_picture_with_every_corner() -> None:
    assert on_image(kind="polyline", points=[[0, 0], [640, 480]]) == []
    assert on_image(kind="polyline", points=[[0, 0], [700, 480]]) == [("", "outside_picture")]
    with pytest.raises(ValidationError):
        on_image(kind="polyline", points=[[0, 0]])


def test_a_painted_area_fills_its_picture_exactly_and_paints_something() -> None:
    pixels = 640 * 480
    painted = runs_pack([1_000, 30, pixels - 1_030])
    assert on_image(kind="mask", size=[480, 640], counts=painted) == []
    assert on_image(kind="mask", size=[640, 480], counts=painted) == [(".size", "mask_size_differs")]
    short = runs_pack([1_000, 30])
    assert on_image(kind="mask", size=[480, 640], counts=short) == [(".counts", "mask_unreadable")]
    assert on_image(kind="mask", size=[480, 640], counts=painted + "P") == [(".counts", "mask_unreadable")]
    assert on_image(kind="mask", size=[480, 640], counts="o" * 400) == [(".counts", "mask_unreadable")]
    assert on_image(kind="mask", size=[480, 640], counts=runs_pack([pixels])) == [(".counts", "mask_empty")]
    for counts in ("", "0 0", "é", "0" * 400_001):
        with pytest.raises(ValidationError):
            on_image(kind="mask", size=[480, 640], counts=counts)


def test_a_shape_can_say_that_it_is_hidden_or_cut_off_and_carry_a_note() -> None:
    point = {"kind": "point", "x": 5, "y": 5}
    assert on_image(**point, is_occluded=True, is_truncated=True, note="Behind the flag.") == []
    with pytest.raises(ValidationError):
        on_image(**point, note="x" * 501)
