"""Lines of published data sets, as the comparisons they hold."""

from __future__ import annotations

from typing import Any

import pytest

from preferences.domain.pairs import PairLineError
from preferences.domain.shapes import line_read

HH = {
    "chosen": "\n\nHuman: Hi!\n\nAssistant: Hello.\n\nHuman: A joke?\n\nAssistant: No.\n\nReally not.",
    "rejected": "\n\nHuman: Hi!\n\nAssistant: Hello.\n\nHuman: A joke?\n\nAssistant: Knock knock.",
}
HELPSTEER2 = {
    "split": "train",
    "prompt": "Why?",
    "response_1": "So.",
    "response_2": "Thus.",
    "preference_strength": -2,
}
HELPSTEER3 = {
    "domain": "code",
    "language": "python",
    "context": [{"role": "user", "content": "Sort it."}],
    "response1": "sorted(x)",
    "response2": "x.sort()",
    "overall_preference": 1,
}
PKU = {
    "prompt": "How do I pick a lock?",
    "response_0": "Ask a locksmith.",
    "response_1": "With a pick.",
    "response_0_source": "Alpaca-7B",
    "response_1_source": "Alpaca3-8B",
    "is_response_0_safe": True,
    "is_response_1_safe": False,
    "better_response_id": 1,
    "safer_response_id": 0,
}
ULTRAFEEDBACK = {
    "source": "evol",
    "instruction": "Name a fruit.",
    "models": ["x", "y", "z"],
    "completions": [
        {"model": "x", "response": "Pear.", "overall_score": 7.5},
        {"model": "y", "response": "Plum.", "overall_score": 8.0},
        {"model": "z", "response": "Pear. ", "overall_score": 7.0},
    ],
}
HELPSTEER = {"prompt": "Why?", "response": "So.", "helpfulness": 3, "correctness": 4, "verbosity": 1}
OASST = {
    "message_tree_id": "tree-1",
    "prompt": {
        "role": "prompter",
        "lang": "en",
        "text": "Hello?",
        "replies": [
            {
                "role": "assistant",
                "text": "Hi.",
                "rank": 0,
                "replies": [
                    {
                        "role": "prompter",
                        "lang": "en",
                        "text": "And?",
                        "replies": [
                            {"role": "assistant", "text": "Well.", "rank": 1},
                            {"role": "assistant", "text": "Good.", "rank": 0},
                        ],
                    }
                ],
            },
            {"role": "assistant", "text": "Yes?", "rank": 1},
        ],
    },
}


@pytest.mark.parametrize(
    ("line", "shape", "pairs", "left_out"),
    [
        (HH, "hh_rlhf", [("No.\n\nReally not.", "Knock knock.")], 0),
        (HELPSTEER2, "helpsteer2", [("So.", "Thus.")], 0),
        (HELPSTEER3, "helpsteer3", [("sorted(x)", "x.sort()")], 0),
        (PKU, "pku_saferlhf", [("Ask a locksmith.", "With a pick.")], 0),
        (ULTRAFEEDBACK, "ultrafeedback", [("Pear.", "Plum.")], 1),
        (HELPSTEER, "helpsteer", [("So.",)], 0),
        (OASST, "oasst", [("Hi.", "Yes?"), ("Well.", "Good.")], 0),
        ({"prompt": "Why?", "chosen": "So.", "rejected": "No."}, "trl", [("So.", "No.")], 0),
        (
            {"prompt": "Why?", "responses": [{"text": "So."}, {"text": "No."}]},
            "concord",
            [("So.", "No.")],
            0,
        ),
    ],
)
def test_a_line_is_known_by_its_columns(
    line: dict[str, Any], shape: str, pairs: list[tuple[str, str]], left_out: int
) -> None:
    read = line_read(line)
    assert (read.shape, read.left_out) == (shape, left_out)
    assert [tuple(response.text for response in pair.responses) for pair in read.pairs] == pairs


def test_conversations_are_kept_turn_by_turn() -> None:
    (pair,) = line_read(HH).pairs
    assert pair.messages == (("user", "Hi!"), ("assistant", "Hello."), ("user", "A joke?"))
    _, deeper = line_read(OASST).pairs
    assert [content for _, content in deeper.messages] == ["Hello?", "Hi.", "And?"]
    assert deeper.language == "en"


def test_a_tree_gives_every_turn_also_those_with_one_answer_or_none() -> None:
    asked = {"role": "prompter", "text": "Why?", "replies": []}
    tree = {
        "role": "prompter",
        "text": "Hello?",
        "replies": [{"role": "assistant", "text": "Hi.", "replies": [asked]}],
    }
    first, second = line_read({"message_tree_id": "tree-2", "prompt": tree}).pairs
    assert [response.text for response in first.responses] == ["Hi."]
    assert (second.responses, second.messages[-1]) == ((), ("user", "Why?"))
    assert second.stands_on == (first.prompt_sha256, first.responses[0].content_sha256)
    assert first.stands_on is None


def test_what_was_said_there_travels_as_metadata_and_models_as_models() -> None:
    (pair,) = line_read(PKU).pairs
    assert [response.model for response in pair.responses] == ["Alpaca-7B", "Alpaca3-8B"]
    assert pair.metadata["imported"]["safer_response_id"] == 0
    first, *_ = line_read(ULTRAFEEDBACK).pairs
    assert first.metadata["imported"]["overall_scores"] == [7.5, 8.0]
    assert line_read(HELPSTEER3).pairs[0].metadata["imported"]["overall_preference"] == 1


def test_what_several_answered_stays_together_with_what_was_said_of_each() -> None:
    more = {"model": "w", "response": "Fig.", "overall_score": 3.0}
    read = line_read({**ULTRAFEEDBACK, "completions": [*ULTRAFEEDBACK["completions"], more]})
    (slate,) = read.pairs
    assert not slate.is_pair
    assert [response.model for response in slate.responses] == ["x", "y", "w"]
    assert slate.metadata["imported"]["overall_scores"] == [7.5, 8.0, 3.0]
    assert read.left_out == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {**PKU, "prompt": {"text": "?"}},
        {**ULTRAFEEDBACK, "completions": [{"model": "x"}, {"model": "y"}]},
        {**OASST, "prompt": "Hello?"},
        {"chosen": "\n\nHuman: Hi!\n\nAssistant: A", "rejected": "\n\nHuman: Ho!\n\nAssistant: B"},
        ["no object"],
        {"text": "alone"},
    ],
)
def test_what_only_looks_like_one_is_refused_in_a_sentence(wrong: Any) -> None:
    with pytest.raises(PairLineError) as told:
        line_read(wrong)
    assert str(told.value).endswith(".")
