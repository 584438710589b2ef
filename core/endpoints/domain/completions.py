"""The two halves of one OpenAI-shaped chat completion: what is asked, and what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Message = Mapping[str, Any]


class NoCompletionError(Exception):
    """What came back is no chat completion; the message says what is missing, never what stood there."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer of a model.

    Attributes
    ----------
    tokens_in, tokens_out
        As the endpoint counted them; 0 when it does not count.
    duration_ms
        From the first byte sent to the last one read, of the attempt that worked.
    attempts
        1 when the first one worked.
    is_cut
        Whether it ended because it reached the most tokens allowed.
    """

    text: str
    tokens_in: int
    tokens_out: int
    duration_ms: int
    attempts: int
    is_cut: bool


def completion_request(
    *,
    model: str,
    messages: Sequence[Message],
    max_tokens: int,
    temperature: float,
    seed: int | None,
    streamed: bool = False,
) -> dict[str, Any]:
    """Return the request's body; only fields that every compatible server knows.

    But for ``stream_options``, without which a streamed answer does not say how many tokens it took.
    """
    body: dict[str, Any] = {
        "model": model,
        "messages": list(messages),
        "max_tokens": max_tokens,
        "temperature": temperature,
        "stream": streamed,
    }
    if streamed:
        body["stream_options"] = {"include_usage": True}
    if seed is not None:
        body["seed"] = seed
    return body


def completion_read(document: Any) -> tuple[str, int, int, bool]:
    """Return text, tokens in, tokens out, and whether it was cut, from an answer's JSON.

    Raises
    ------
    NoCompletionError
    """
    choices = document.get("choices") if isinstance(document, Mapping) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
        raise NoCompletionError("it has no choices.")
    message = choices[0].get("message")
    content = message.get("content") if isinstance(message, Mapping) else None
    if content is None:
        content = ""
    if not isinstance(content, str):
        raise NoCompletionError("its message has no text.")
    return content, *tokens_counted(document), choices[0].get("finish_reason") == "length"


def tokens_counted(document: Mapping[str, Any]) -> tuple[int, int]:
    """Return tokens in and out as the endpoint counted them; 0 where it says nothing sensible."""
    usage = document.get("usage")
    counts = usage if isinstance(usage, Mapping) else {}
    return _count(counts.get("prompt_tokens")), _count(counts.get("completion_tokens"))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else 0
