"""Lines of a file that arrives in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

LONGEST_LINE_BYTES = 4 * 1024 * 1024


class LineTooLongError(ValueError):
    """A line is longer than ``LONGEST_LINE_BYTES``; ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"Line {line} is longer than {LONGEST_LINE_BYTES} bytes.")
        self.line = line


def lines_of(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield (line number from 1, line without its end) for every line that is not blank.

    Memory is bounded by the longest line. A byte order mark before the first line is dropped.

    Raises
    ------
    LineTooLongError
        When a line does not end in time.
    """
    number, rest = 0, b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            number += 1
            yield from _line(number, line)
        if len(rest) > LONGEST_LINE_BYTES:
            raise LineTooLongError(number + 1)
    yield from _line(number + 1, rest)


def _line(number: int, line: bytes) -> Iterator[tuple[int, bytes]]:
    if len(line) > LONGEST_LINE_BYTES:
        raise LineTooLongError(number)
    content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
    if content.strip():
        yield number, content.rstrip(b"\r")
