from __future__ import annotations

from typing import Any

import pytest

from preferences.domain.pairs import PairLineError, pair_read


def line(**changes: Any) -> dict[str, Any]:
    return {
        "external_id": "p1",
        "prompt": "Hello?",
        "responses": [{"text": "Yes.", "model": "one"}, {"text": "No.", "model": "two"}],
        **changes,
    }


def test_a_text_prompt_with_a_system_text_becomes_a_conversation() -> None:
    record = pair_read(line(system="Be brief."))
    assert record.messages == (("system", "Be brief."), ("user", "Hello?"))
    assert [response.model for response in record.responses] == ["one", "two"]


def test_a_conversation_is_kept_turn_by_turn() -> None:
    turns = [
        {"role": "user", "content": "a"},
        {"role": "assistant", "content": "b"},
        {"role": "user", "content": "c"},
    ]
    assert [content for _, content in pair_read(line(prompt=turns)).messages] == ["a", "b", "c"]


def test_the_same_content_has_the_same_name_where_the_file_gives_none() -> None:
    nameless = line()
    del nameless["external_id"]
    assert pair_read(nameless).external_id == pair_read(dict(nameless)).external_id
    assert pair_read(nameless).external_id != pair_read({**nameless, "prompt": "Hello!"}).external_id


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"responses": [{"text": str(n)} for n in range(11)]}, "at most 10 responses"),
        ({"responses": [{"text": "x"}], "gold": {"answers": {"helpful": ["a"]}}}, "two responses"),
        ({"responses": [{"text": "x"}, {"text": "x"}]}, "are the same"),
        ({"responses": [{"text": " "}, {"text": ""}]}, "empty"),
        (
            {"responses": [{"text": "x", "external_id": "r"}, {"text": "y", "external_id": "r"}]},
            "one external_id",
        ),
        ({"prompt": ""}, "prompt"),
        ({"prompt": []}, "prompt"),
        ({"prompt": [{"role": "assistant", "content": "x"}]}, "end with the user"),
        ({"prompt": [{"role": "user", "content": "x"}, {"role": "system", "content": "y"}]}, "come first"),
        ({"prompt": [{"role": "developer", "content": "x"}]}, "role"),
        (
            {"system": "s", "prompt": [{"role": "system", "content": "t"}, {"role": "user", "content": "u"}]},
            "keep one",
        ),
        ({"colour": "red"}, "colour"),
        ({"external_id": ""}, "external_id"),
        ({"metadata": 3}, "metadata"),
    ],
)
def test_a_line_that_makes_no_comparison_says_why(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(PairLineError, match=says):
        pair_read(line(**changes))


def test_trl_with_an_explicit_prompt_is_read() -> None:
    record = pair_read({"prompt": "Hi", "chosen": "Good day.", "rejected": "What?", "score": 2})
    assert record.messages == (("user", "Hi"),)
    assert [response.text for response in record.responses] == ["Good day.", "What?"]
    assert record.metadata == {"score": 2, "imported_preference": "a"}


def test_trl_with_whole_conversations_takes_what_they_share_as_prompt() -> None:
    shared = [{"role": "user", "content": "Hi"}]
    row = {
        "prompt": "Hi",
        "chosen": [*shared, {"role": "assistant", "content": "Good day."}],
        "rejected": [*shared, {"role": "assistant", "content": "What?"}],
    }
    assert pair_read(row).messages == (("user", "Hi"),)
    del row["prompt"]
    assert pair_read(row).messages == (("user", "Hi"),)


USER = {"role": "user", "content": "Hi"}


def said(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": "Hi", "chosen": "x"},
        {"chosen": "x", "rejected": "y"},
        {"prompt": "other", "chosen": [USER, said("x")], "rejected": [USER, said("y")]},
        {"chosen": [USER, said("x"), USER, said("z")], "rejected": [USER, said("y"), USER, said("w")]},
        {"prompt": "Hi", "chosen": [USER], "rejected": [{"role": "user", "content": "Ho"}]},
        {"prompt": "Hi"},
        [],
        "text",
    ],
)
def test_a_trl_row_that_makes_no_comparison_is_refused(row: Any) -> None:
    with pytest.raises(PairLineError):
        pair_read(row)
