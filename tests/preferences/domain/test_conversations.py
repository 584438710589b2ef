"""What a next turn leads to, and by what a conversation is known again."""

from __future__ import annotations

import pytest

from preferences.domain.conversations import LONGEST_TURN, TurnProblem, continued, conversation_sha256
from preferences.domain.pairs import MOST_MESSAGES, pair_read

ASKED = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hello?"}]


def test_a_turn_goes_behind_the_response_that_was_picked() -> None:
    went_on = continued(ASKED, response="Hi.", turn=" And? ")
    assert went_on[:2] == ASKED
    assert went_on[2:] == [{"role": "assistant", "content": "Hi."}, {"role": "user", "content": " And? "}]


def test_it_is_known_again_when_a_file_brings_the_same_conversation() -> None:
    went_on = continued(ASKED, response="Hi.", turn="And?")
    line = pair_read({"prompt": went_on, "responses": []})
    assert conversation_sha256(went_on, stands_on=("", "")) == line.prompt_sha256


def test_with_media_it_follows_from_what_it_stands_on() -> None:
    shown = [{"role": "user", "content": "What is this?", "media": [0]}]
    went_on = continued(shown, response="A pear.", turn="And?")
    one, other = (conversation_sha256(went_on, stands_on=(prompt, "r")) for prompt in ("p", "q"))
    assert one != other


@pytest.mark.parametrize(
    ("messages", "response", "turn", "says"),
    [
        (ASKED, "Hi.", " \n", "Write what"),
        (ASKED, "Hi.", "x" * (LONGEST_TURN + 1), "at most"),
        (ASKED, "", "And?", "empty response"),
        (ASKED * (MOST_MESSAGES // 2), "Hi.", "And?", "at most"),
    ],
)
def test_what_cannot_be_said_is_refused(
    messages: list[dict[str, str]], response: str, turn: str, says: str
) -> None:
    with pytest.raises(TurnProblem, match=says):
        continued(messages, response=response, turn=turn)
