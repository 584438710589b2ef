"""Conversations that go on: what a next turn leads to, and how a conversation is recognised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from preferences.domain.fingerprints import fingerprint
from preferences.domain.pairs import MOST_MESSAGES

LONGEST_TURN = 100_000
"""So many characters a turn that somebody writes has at most."""

Messages: TypeAlias = Sequence[Mapping[str, Any]]


class TurnProblem(ValueError):
    """A turn that cannot be; the message is a sentence for the person who wrote it."""


def continued(messages: Messages, *, response: str, turn: str) -> list[dict[str, Any]]:
    """Return the conversation that ``turn`` leads to: the one so far, the response, and the turn.

    Raises
    ------
    TurnProblem
        When the turn or the response says nothing, or the conversation would be too long.
    """
    if not turn.strip():
        raise TurnProblem("Write what the person says next.")
    if len(turn) > LONGEST_TURN:
        raise TurnProblem(f"A turn has at most {LONGEST_TURN:,} characters.")
    if not response.strip():
        raise TurnProblem("An empty response cannot be gone on from.")
    if len(messages) + 2 > MOST_MESSAGES:
        raise TurnProblem(f"A conversation has at most {MOST_MESSAGES} turns.")
    return [
        *({**message} for message in messages),
        {"role": "assistant", "content": response},
        {"role": "user", "content": turn},
    ]


def conversation_sha256(messages: Messages, *, stands_on: tuple[str, str]) -> str:
    """Return the fingerprint of a conversation that goes on, the same as that of an imported one.

    Of media only the places stand in ``messages``; then it follows from the fingerprints of the prompt and the
    response that it stands on, and from the turn.
    """
    if any(message.get("media") for message in messages):
        return fingerprint([*stands_on, str(messages[-1]["content"])])
    return fingerprint([[message["role"], message["content"]] for message in messages])
