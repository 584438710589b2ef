"""The import manifest: one post a line, as JSON. What is wrong with a line is said with its number and place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    with_config,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from core.content.domain import limits

ASSET_KINDS = frozenset({"image", "video", "audio"})
TEXT_KINDS = frozenset({"title", "caption", "comment", "text", "transcript", "ocr"})
_DEEPEST = 32
_SAFE_INTEGER = 2**53
_HARM_NAME = re.compile("[a-z][a-z_]{0,39}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Short = Annotated[str, StringConstraints(max_length=200)]
_Language = Annotated[
    str, StringConstraints(pattern=r"^$|^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)
]


def _harm_name(name: str) -> str:
    if not _HARM_NAME.fullmatch(name):
        raise PydanticCustomError("harm_name", "Name a kind of harm in small letters, such as self_harm")
    return name


_HarmName = Annotated[str, AfterValidator(_harm_name)]


@with_config(ConfigDict(extra="forbid", strict=True))
class PartLine(TypedDict):
    """One part of a post: ``text`` for the text kinds, ``asset`` (SHA-256 or uploaded name) for the others."""

    kind: Literal["image", "video", "audio", "title", "caption", "comment", "text", "transcript", "ocr"]
    text: NotRequired[Annotated[str, StringConstraints(min_length=1, max_length=limits.TEXT_CODE_POINTS)]]
    asset: NotRequired[_Name]
    label: NotRequired[Annotated[str, StringConstraints(max_length=100)]]
    language: NotRequired[_Language]


@with_config(ConfigDict(extra="forbid", strict=True))
class HarmLine(TypedDict):
    """What whoever sends a post says of the harm in it: severity 0 (none) to 4 (extreme), and kinds of harm."""

    severity: Annotated[int, Field(ge=0, le=4)]
    categories: NotRequired[Annotated[list[_HarmName], Field(max_length=20)]]


@with_config(ConfigDict(extra="forbid", strict=True))
class PostLine(TypedDict):
    """One line of a manifest."""

    external_id: _Name
    parts: Annotated[list[PartLine], Field(min_length=1, max_length=limits.PARTS_OF_A_POST)]
    language: NotRequired[_Language]
    source: NotRequired[_Short]
    group_key: NotRequired[_Short]
    metadata: NotRequired[dict[str, Any]]
    harm: NotRequired[HarmLine]


_POST_LINE = TypeAdapter(PostLine)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one line.

    Attributes
    ----------
    line
        Counted from 1.
    path
        Place inside the line, such as ``parts[2].asset``; empty for the whole line.
    """

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f", {self.path}" if self.path else ""
        return f"Line {self.line}{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line read: a post, or what keeps it from being one.

    Attributes
    ----------
    number
        Counted from 1; empty lines count.
    end
        Bytes of the manifest up to and including this line.
    """

    number: int
    end: int
    post: PostLine | None
    problems: tuple[Problem, ...] = ()


class _LineError(Exception):
    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


def manifest_lines(chunks: Iterable[bytes], *, start_bytes: int = 0, start_lines: int = 0) -> Iterator[Line]:
    """Read posts from the bytes of a manifest; empty lines are passed over.

    Parameters
    ----------
    chunks
        Bytes from ``start_bytes`` on, in pieces of any size.
    start_bytes, start_lines
        Where an earlier reading stopped: the ``end`` and ``number`` of its last line.
    """
    number = start_lines
    for raw, end in _raw_lines(chunks, start_bytes):
        number += 1
        if raw is None:
            message = f"The line is longer than {limits.MANIFEST_LINE_BYTES} bytes. Shorten the post's texts."
            yield Line(number, end, None, (Problem(number, "", message),))
            continue
        body = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if body.strip():
            yield _line(number, end, body)


def _raw_lines(chunks: Iterable[bytes], start: int) -> Iterator[tuple[bytes | None, int]]:
    """Yield each line without its end, and where it ends; ``None`` stands for one that is too long to hold."""
    held: list[bytes] = []
    held_bytes, too_long, end = 0, False, start
    for chunk in chunks:
        pieces = chunk.split(b"\n")
        for piece in pieces[:-1]:
            end += held_bytes + len(piece) + 1
            is_long = too_long or held_bytes + len(piece) > limits.MANIFEST_LINE_BYTES
            yield (None if is_long else b"".join([*held, piece])), end
            held, held_bytes, too_long = [], 0, False
        held_bytes += len(pieces[-1])
        if held_bytes > limits.MANIFEST_LINE_BYTES:
            held, too_long = [], True
        elif pieces[-1]:
            held.append(pieces[-1])
    if held_bytes:
        yield (None if too_long else b"".join(held)), end + held_bytes


def _line(number: int, end: int, body: bytes) -> Line:
    try:
        post = _POST_LINE.validate_python(_read(body))
    except ValidationError as error:
        found = (
            _problem(number, one)
            for one in error.errors(include_url=False, include_context=True, include_input=False)
        )
        return Line(number, end, None, tuple(found))
    except _LineError as error:
        return Line(number, end, None, (Problem(number, error.path, str(error)),))
    problems = tuple(_part_problems(number, post)) + tuple(_metadata_problems(number, post, body))
    return Line(number, end, None if problems else post, problems)


def _read(body: bytes) -> Any:
    """Return the JSON value of one line; refuses what means two things or cannot be stored."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _LineError(
            f"Byte {error.start + 1} of the line is not UTF-8. Save the file as UTF-8."
        ) from None
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _LineError(f"This is not JSON: {error.msg.lower()} at character {error.pos + 1}.") from None
    except RecursionError:
        raise _LineError(f"The values are nested deeper than {_DEEPEST} levels.") from None
    # Without an escape there can be neither NUL nor half a surrogate pair in valid UTF-8 JSON.
    if "\\u" in text:
        _refuse_unstorable(value, "")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _LineError(f"The name {twice[:80]!a} stands twice in one object.")
    return value


def _whole_number(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > _SAFE_INTEGER:
        raise _LineError("A whole number is too large to be exact everywhere. Write it as text.")
    return int(digits)


def _decimal_number(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise _LineError(f"The number {digits[:40]} is too large.")
    return number


def _constant(name: str) -> Any:
    raise _LineError(f"{name} is not a JSON number.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole_number, parse_float=_decimal_number, parse_constant=_constant
)


def _refuse_unstorable(value: Any, path: str) -> None:
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            raise _LineError("The text holds a NUL character or half of a surrogate pair. Take it out.", path)
    elif isinstance(value, dict):
        for name, member in value.items():
            _refuse_unstorable(name, path)
            _refuse_unstorable(member, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            _refuse_unstorable(member, f"{path}[{index}]")


def _part_problems(number: int, post: PostLine) -> Iterator[Problem]:
    for index, part in enumerate(post["parts"]):
        kind = part["kind"]
        wanted, other = ("text", "asset") if kind in TEXT_KINDS else ("asset", "text")
        if wanted not in part:
            yield Problem(number, f"parts[{index}].{wanted}", f"A part of kind {kind} needs “{wanted}”.")
        if other in part:
            yield Problem(
                number, f"parts[{index}].{other}", f"A part of kind {kind} takes “{wanted}”, not “{other}”."
            )


def _metadata_problems(number: int, post: PostLine, body: bytes) -> Iterator[Problem]:
    metadata = post.get("metadata")
    if not metadata:
        return
    # A whole line with few brackets, or of few bytes, cannot hold metadata of many; nearly all are both.
    may_be_deep = body.count(b"{") + body.count(b"[") > _DEEPEST
    if may_be_deep and _depth(metadata) > _DEEPEST:
        yield Problem(number, "metadata", f"The values are nested deeper than {_DEEPEST} levels.")
    elif (
        len(body) > limits.METADATA_BYTES
        and len(json.dumps(metadata, ensure_ascii=False).encode("utf-8")) > limits.METADATA_BYTES
    ):
        yield Problem(
            number,
            "metadata",
            f"This is larger than {limits.METADATA_BYTES} bytes. Keep only what you will look at.",
        )


def _depth(value: Any) -> int:
    """Return how many objects and lists stand inside one another; stops counting just past the limit."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        members = one.values() if isinstance(one, dict) else one if isinstance(one, list) else None
        if members is None:
            continue
        deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            break
        waiting.extend((member, depth + 1) for member in members)
    return deepest


_SENTENCES = {
    "missing": "This is missing.",
    "int_type": "This must be a whole number.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "extra_forbidden": "This name is not known here. Put facts of your own into “metadata”.",
    "string_type": "This must be text.",
    "string_too_short": "This must not be empty.",
    "string_too_long": "This is longer than {max_length} characters.",
    "string_pattern_mismatch": "This is not a language tag such as en, pt-BR or zh-Hant.",
    "literal_error": "This must be one of {expected}.",
    "list_type": "This must be a list.",
    "too_short": "There must be at least one part.",
    "too_long": "There are more than {max_length} parts.",
    "dict_type": "This must be an object.",
    "typed_dict_type": "This must be an object.",
}


def _problem(number: int, error: Any) -> Problem:
    path = ""
    for step in error["loc"]:
        path += f"[{step}]" if isinstance(step, int) else f".{str(step)[:80]}"
    sentence = _SENTENCES.get(error["type"])
    message = sentence.format(**error.get("ctx", {})) if sentence else f"{error['msg']}."
    return Problem(number, path.lstrip("."), message)
