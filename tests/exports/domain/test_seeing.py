"""Rows about pictures follow those in words, with each picture where its message shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from exports.domain.building import Excluded, Row
from exports.domain.exclusions import Reason
from exports.domain.lint import row_problems
from exports.domain.picture_rows import SEEING, picture_rows
from tests.exports.factories import comparison, judgment, terms

TERMS = terms(replies=["rewrites", "chosen"])
JUDGED = comparison(
    judgments=(judgment("p1", -2, acceptable={"a": True, "b": False}, rewrites={"b": "Better."}),)
)


def seen(kind: str, pictures: Any, **changes: Any) -> list[Row | Excluded]:
    shown = replace(JUDGED, prompt_has_media=pictures != (), prompt_pictures=pictures, **changes)
    return list(picture_rows(kind, shown, TERMS))


@pytest.mark.parametrize("kind", SEEING)
@pytest.mark.parametrize("pictures", [(), ((), ("one",)), ((), ("one", "two"))])
def test_rows_hold_as_many_pictures_as_their_prompts_show(kind: str, pictures: Any) -> None:
    found = [item for item in seen(kind, pictures) if isinstance(item, Row)]
    assert len(found) == {"sft_vlm": 2, "dpo_vlm": 2, "kto_vlm": 3}[kind]
    for row in found:
        assert list(row_problems(kind, row.values)) == []
        assert row.values["images"] == [name for of_message in pictures for name in of_message]
        turn = row.values["messages" if kind == "sft_vlm" else "prompt"][1]
        places = [{"type": "image", "text": None}] * len(row.values["images"])
        assert turn["content"] == [*places, {"type": "text", "text": "Question 1?"}]


def test_a_demonstration_ends_in_its_reply_and_a_single_reply_has_its_label() -> None:
    better = [{"type": "text", "text": "Better."}]
    demonstrations = [row.values for row in seen("sft_vlm", ()) if isinstance(row, Row)]
    assert demonstrations[1]["messages"][-1] == {"role": "assistant", "content": better}
    singles = [row.values for row in seen("kto_vlm", ()) if isinstance(row, Row)]
    assert sorted(row["label"] for row in singles) == [False, True, True]


@pytest.mark.parametrize("kind", SEEING)
def test_what_shows_video_or_sound_makes_none(kind: str) -> None:
    (left_out,) = seen(kind, None)
    assert isinstance(left_out, Excluded)
    assert (left_out.kind, left_out.reason) == (kind, Reason.HAS_MEDIA)
