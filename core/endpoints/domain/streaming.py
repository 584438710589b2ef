"""A chat completion that comes piece by piece, as server-sent events (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from core.endpoints.domain.completions import NoCompletionError, tokens_counted

LONGEST_EVENT_BYTES = 1024 * 1024
_DONE = "[DONE]"


class StreamBrokenError(Exception):
    """The endpoint said in the middle of its answer that it cannot go on: the same question may work again."""


class EventReader:
    """Turns bytes, cut wherever the network cut them, into the data of one event after the other.

    Lines end with LF, CR LF or CR; comments and every field but ``data`` are passed over.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._size = 0
        self._ended_with_cr = False

    def feed(self, piece: bytes) -> Iterator[str]:
        """Yield the data of every event that ``piece`` completes.

        Raises
        ------
        NoCompletionError
            When an event is longer than `LONGEST_EVENT_BYTES`, or not UTF-8.
        """
        if self._ended_with_cr and piece.startswith(b"\n"):
            piece = piece[1:]
        self._ended_with_cr = piece.endswith(b"\r")
        *lines, self._rest = (self._rest + piece).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in lines:
            if line:
                self._take(line)
            elif self._data:
                yield self._event()
        if len(self._rest) + self._size > LONGEST_EVENT_BYTES:
            raise NoCompletionError("a piece of it is longer than 1 MiB.")

    def _take(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
            self._size += len(value)

    def _event(self) -> str:
        data, self._data, self._size = b"\n".join(self._data), [], 0
        try:
            return data.decode()
        except UnicodeDecodeError:
            raise NoCompletionError("it is not UTF-8.") from None


class StreamedCompletion:
    """Gathers a streamed completion.

    Attributes
    ----------
    is_over
        Whether the endpoint said that the answer is whole. A stream that ends before that was cut off.
    """

    def __init__(self, *, most_characters: int) -> None:
        self._events = EventReader()
        self._pieces: list[str] = []
        self._left = most_characters
        self._tokens = (0, 0)
        self._is_cut = False
        self.is_over = False

    def feed(self, piece: bytes) -> None:
        """Take the next bytes.

        Raises
        ------
        NoCompletionError
        StreamBrokenError
        """
        for data in self._events.feed(piece):
            if data.strip() == _DONE:
                self.is_over = True
            else:
                self._take(data)

    @property
    def answer(self) -> tuple[str, int, int, bool]:
        """Return text, tokens in, tokens out, and whether it ended at the most tokens allowed."""
        return "".join(self._pieces), *self._tokens, self._is_cut

    def _take(self, data: str) -> None:
        try:
            document: Any = json.loads(data)
        except (ValueError, RecursionError):
            raise NoCompletionError("a piece of it is not JSON.") from None
        if not isinstance(document, Mapping):
            raise NoCompletionError("a piece of it is no object.")
        if document.get("error"):
            raise StreamBrokenError()
        if isinstance(document.get("usage"), Mapping):
            self._tokens = tokens_counted(document)
        choices = document.get("choices")
        if isinstance(choices, list) and choices and isinstance(choices[0], Mapping):
            self._take_choice(choices[0])

    def _take_choice(self, choice: Mapping[str, Any]) -> None:
        delta = choice.get("delta")
        content = delta.get("content") if isinstance(delta, Mapping) else None
        if content is not None and not isinstance(content, str):
            raise NoCompletionError("a piece of its message has no text.")
        if content:
            self._left -= len(content)
            if self._left < 0:
                raise NoCompletionError("it is longer than 4 MiB.")
            self._pieces.append(content)
        reason = choice.get("finish_reason")
        if isinstance(reason, str) and reason:
            self.is_over = True
            self._is_cut = reason == "length"
