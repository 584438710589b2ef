from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotation.domain.masks import runs_pack
from annotation.models import Suggestion
from core.accounts.models import AuditEvent
from core.content.models import Post
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]

ALL_KINDS = [
    "whole_post", "part", "box", "ellipse", "polygon", "polyline", "point", "mask", "text_span",
]  # fmt: skip


def imported(world: World, caller: Caller, release: ReleaseView, *lines: Any) -> Any:
    body = {"release_id": str(release.id), "model": "detector", "version": "7", "suggestions": list(lines)}
    return caller.post(f"/api/projects/{world.project.pk}/suggestions/", body)


def line(post: Post, **said: Any) -> dict[str, Any]:
    return {"external_id": post.external_id, "clause_key": "hate", "answer": "yes", **said}


def test_marks_of_every_kind_on_a_still_post_name_their_part_by_its_place(
    world: World, call_as: Call
) -> None:
    clause = {**material.HATE, "evidence_kinds": ALL_KINDS}
    release, post = material.release_make(world, {"hate": clause}), material.post_make(world)
    marks = [
        {"kind": "whole_post"},
        {"kind": "part", "part": 0},
        {
            "kind": "box",
            "part": 1,
            "x": 1,
            "y": 2,
            "width": 30,
            "height": 40,
            "rotation": 12.5,
            "confidence": 0.7,
        },
        {"kind": "ellipse", "part": 1, "x": 50, "y": 50, "radius_x": 5, "radius_y": 9},
        {"kind": "polygon", "part": 1, "points": [[0, 0], [10, 0], [10, 10]]},
        {"kind": "polyline", "part": 1, "points": [[0, 0], [10, 0]]},
        {"kind": "point", "part": 1, "x": 3, "y": 4},
        {"kind": "mask", "part": 1, "size": [480, 640], "counts": runs_pack([10, 5, 480 * 640 - 15])},
        {"kind": "text_span", "part": 0, "start": 0, "end": 3},
    ]
    done = imported(world, call_as("engineer"), release, line(post, marks=marks, confidence=0.5))
    assert (done.status_code, done.json()) == (201, {"lines": 1, "stored": 1}), done.json()
    stored = Suggestion.objects.get()
    assert [mark["region"]["kind"] for mark in stored.marks] == ALL_KINDS
    image = post.parts.get(kind="image")
    assert image.asset is not None
    assert stored.marks[2]["region"]["asset_sha256"] == image.asset.sha256
    assert stored.marks[2]["confidence"] == 0.7
    assert (stored.model, stored.version, stored.source) == ("detector", "7", "imported")
    assert AuditEvent.objects.get(action="suggestions.record").data["count"] == 1


def test_the_same_lines_again_store_nothing_new(world: World, call_as: Call) -> None:
    release, post = material.release_make(world), material.post_make(world)
    for expected in (2, 0):
        done = imported(
            world, call_as("engineer"), release, line(post, confidence=0.9), line(post, confidence=0.2)
        )
        assert done.json() == {"lines": 2, "stored": expected}


@pytest.mark.parametrize(
    ("said", "path", "code"),
    [
        ({"external_id": "nobody"}, "external_id", "post_unknown"),
        ({"clause_key": "nudity"}, "clause_key", "clause_not_asked"),
        ({"answer": "perhaps"}, "answer", "answer_not_in_scale"),
        ({"severity": 9}, "severity", "severity_not_in_scale"),
        ({"answer": None}, "answer", "nothing_suggested"),
        ({"confidence": 1.5}, "confidence", "less_than_equal"),
        ({"colour": "red"}, "colour", "extra_forbidden"),
        ({"marks": "all"}, "marks", "not_a_list"),
        ({"marks": [{"kind": "box", "part": 7}]}, "marks.0.part", "part_unknown"),
        ({"marks": [{"kind": "box", "part": 1, "x": 1, "y": 2, "width": 3}]}, "marks.0.height", "missing"),
        (
            {"marks": [{"kind": "box", "part": 1, "x": 630, "y": 2, "width": 30, "height": 3}]},
            "marks.0",
            "outside_picture",
        ),
        ({"marks": [{"kind": "ellipse", "part": 1, "x": 1, "y": 2, "radius_x": 3, "radius_y": 3}]}, "marks.0.kind",
         "evidence_kind_not_taken"),
        ({"marks": [{"kind": "text_span", "part": 0, "start": 0, "end": 999}]}, "marks.0.end", "span_outside_text"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_stored(
    world: World, call_as: Call, said: dict[str, Any], path: str, code: str
) -> None:
    release, post = material.release_make(world), material.post_make(world)
    done = imported(world, call_as("engineer"), release, line(post), {**line(post), **said})
    assert (done.status_code, done.json()["code"]) == (400, "suggestions_invalid"), done.json()
    found = done.json()["errors"][0]
    assert (found["path"], found["code"]) == (f"suggestions.1.{path}", code)
    assert found["message"].endswith(".")
    assert Suggestion.objects.count() == 0


def test_another_projects_release_and_posts_are_not_there(world: World, call_as: Call) -> None:
    release, post = material.release_make(world), material.post_make(world)
    body = {"release_id": str(release.id), "model": "detector", "suggestions": [line(post)]}
    outsider = call_as("outsider")
    assert outsider.post(f"/api/projects/{world.other_project.pk}/suggestions/", body).status_code == 404
    Post.objects.filter(pk=post.pk).update(is_hidden=True)
    assert (
        imported(world, call_as("engineer"), release, line(post)).json()["errors"][0]["code"]
        == "post_unknown"
    )
