"""Responses of a slate, assessed one by one, make rows of every kind of single replies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from exports.domain.building import Excluded, Row, Terms
from exports.domain.exclusions import Reason
from exports.domain.guard_rows import guard_reply_rows, guard_slate_rows
from exports.domain.lint import row_problems
from exports.domain.picture_rows import picture_rows, picture_slate_rows
from exports.domain.records import (
    JudgedSlate,
    MediaRecord,
    OpinionRecord,
    ResponseRecord,
    SlateAnswerRecord,
)
from exports.domain.slate_rows import slate_unpaired_rows
from exports.domain.tagged_rows import tagged_rows, tagged_slate_rows
from tests.exports.factories import comparison, slate, terms

TERMS = terms()
GOOD = OpinionRecord(True, reason="Harmless.")
BAD = OpinionRecord(False, (("weapons", 2),), 2, "Tells how.")
FILM = MediaRecord("video", "media/ab/film.mp4", "ab" * 32, 1)
MAKERS: dict[str, Callable[[JudgedSlate, Terms], Iterator[Row | Excluded]]] = {
    "kto": slate_unpaired_rows,
    "kto_vlm": picture_slate_rows,
    "tagged_kto": tagged_slate_rows,
    "guard": guard_slate_rows,
}


def said(person: str, *opinions: OpinionRecord | None, **changes: Any) -> SlateAnswerRecord:
    by_place = {place: opinion for place, opinion in enumerate(opinions) if opinion is not None}
    return replace(SlateAnswerRecord(f"submission-{person}", "safety@2", by_place, {"helpful": 1}), **changes)


def judged(*answers: SlateAnswerRecord, **changes: Any) -> JudgedSlate:
    responses = tuple(ResponseRecord(text=f"Reply {place}", source_model="model-x") for place in range(3))
    return replace(slate(responses=responses, ratings=(), answers=answers), **changes)


def made(kind: str, of: JudgedSlate, asked: Terms = TERMS) -> list[Row | Reason]:
    found = list(MAKERS[kind](of, asked))
    assert all(item.kind == kind for item in found)
    assert all(list(row_problems(kind, item.values)) == [] for item in found if isinstance(item, Row))
    return [item.reason if isinstance(item, Excluded) else item for item in found]


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_of_single_replies_takes_the_majoritys_view_of_each(kind: str) -> None:
    one, other, nobody = made(kind, judged(said("p1", GOOD, BAD), said("p2", GOOD, BAD), said("p3", BAD)))
    assert isinstance(one, Row)
    assert isinstance(other, Row)
    if kind == "guard":
        verdicts = [json.loads(row.values["messages"][-1]["content"])["violation"] for row in (one, other)]
        assert verdicts == [0, 1]
    else:
        assert [row.values["label"] for row in (one, other)] == [True, False]
    assert (one.values["n_annotators"], other.values["n_annotators"]) == (3, 2)
    assert one.values["agreement"] == 2 / 3
    assert nobody is Reason.NOT_ASSESSED


@pytest.mark.parametrize("kind", MAKERS)
def test_as_many_for_as_against_is_no_label(kind: str) -> None:
    assert made(kind, judged(said("p1", GOOD), said("p2", BAD)))[0] is Reason.ASSESSMENTS_DISAGREE


@pytest.mark.parametrize("kind", MAKERS)
def test_an_answer_of_an_earlier_meaning_is_taken_only_when_asked_for(kind: str) -> None:
    old = judged(said("p1", BAD, meanings={"helpful": 0}))
    assert made(kind, old)[0] is Reason.STALE
    taken = made(kind, old, terms(include_stale=True))[0]
    assert isinstance(taken, Row)
    assert taken.values["stale"]


def test_a_refused_reply_names_its_clause_how_grave_it_is_and_why() -> None:
    grave = replace(BAD, severity=3, reason="")
    row = made("guard", judged(said("p1", grave), said("p2", BAD), said("p3", GOOD)))[0]
    assert isinstance(row, Row)
    assert json.loads(row.values["messages"][-1]["content"]) == {
        "violation": 1,
        "policy_category": "weapons",
        "rationale": "Tells how.",
    }
    assert row.values["messages"][1]["content"] == "user: Request 1?\n\nassistant: Reply 0"
    assert (row.values["severity"], row.values["p_violating"]) == (3, 2 / 3)
    assert ("weapons", 2) in row.meanings


@pytest.mark.parametrize("kind", MAKERS)
def test_a_citation_whose_clause_changed_is_stale(kind: str) -> None:
    old = judged(said("p1", OpinionRecord(False, (("weapons", 1),))))
    assert made(kind, old)[0] is Reason.STALE
    taken = made(kind, old, terms(include_stale=True))[0]
    assert isinstance(taken, Row)
    assert taken.values["stale"]


def test_pictures_of_the_prompt_stand_in_every_row() -> None:
    seen = judged(said("p1", GOOD, BAD), prompt_has_media=True, prompt_pictures=(("one", "two"),))
    good, bad, _ = made("kto_vlm", seen)
    for row in (good, bad):
        assert isinstance(row, Row)
        assert row.values["images"] == ["one", "two"]
        assert [block["type"] for block in row.values["prompt"][0]["content"]] == ["image", "image", "text"]
    assert made("kto", seen) == made("guard", seen) == [Reason.HAS_MEDIA] * 3
    assert made("kto_vlm", replace(seen, prompt_pictures=None)) == [Reason.HAS_MEDIA] * 3


def test_any_media_stand_behind_their_tags() -> None:
    filmed = judged(said("p1", GOOD, GOOD, GOOD), prompt_has_media=True, prompt_media=((FILM,),))
    silent = ResponseRecord(
        text="", has_media=True, media=(replace(FILM, kind="audio", path="media/cd/say.ogg"),)
    )
    unready = ResponseRecord(text="", has_media=True, media=None)
    spoken, lost, _ = made("tagged_kto", replace(filmed, responses=(silent, unready, filmed.responses[2])))
    assert isinstance(spoken, Row)
    assert [turn["content"] for turn in spoken.values["messages"]] == ["<video>Request 1?", "<audio>"]
    assert (spoken.values["videos"], spoken.values["audios"]) == (["media/ab/film.mp4"], ["media/cd/say.ogg"])
    assert lost is Reason.HAS_MEDIA


def test_only_the_reply_that_holds_a_tag_is_left_out() -> None:
    answered = judged(said("p1", GOOD, GOOD, GOOD))
    written = replace(answered.responses[1], text="Write <image> in the page.")
    found = made(
        "tagged_kto", replace(answered, responses=(answered.responses[0], written, answered.responses[2]))
    )
    assert [item if isinstance(item, Reason) else None for item in found] == [None, Reason.TAG_IN_TEXT, None]


def test_pairs_that_follow_from_a_slate_make_no_single_replies_again() -> None:
    pair = comparison(slate_id="slate-1", prompt_media=((),), prompt_pictures=((),))
    assert list(guard_reply_rows(pair, TERMS)) == []
    assert list(picture_rows("kto_vlm", pair, TERMS)) == []
    assert list(tagged_rows("tagged_kto", pair, TERMS)) == []
