"""JSON as Concord accepts it: everything that means two things, or that the database cannot hold, is refused.

DRF's own parser answers 500 to NUL, lone surrogates and deep nesting once they reach the database, and
lets the last of two equal keys win in silence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from core.errors import InvalidError, LimitError

DEEPEST = 64
_LONGEST_NUMBER = 40
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class JsonMalformedError(InvalidError):
    code = "json_malformed"
    detail = "The body is not JSON Concord can read: {problem}."


class BodyTooLargeError(LimitError):
    code = "body_too_large"
    detail = "The body is larger than {limit_bytes} bytes, the most this address accepts."


class StrictJSONParser(BaseParser):
    """Parse ``application/json`` strictly.

    Raises
    ------
    BodyTooLargeError
        When the body passes ``DATA_UPLOAD_MAX_MEMORY_SIZE``, before it is parsed.
    JsonMalformedError
        Naming what is wrong: not UTF-8, not JSON, a key twice, NaN or infinity, a number of absurd length,
        nesting past ``DEEPEST``, NUL or a lone surrogate (with its path).
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise BodyTooLargeError(limit_bytes=limit)
        return json_read(body)


def json_read(body: bytes) -> Any:
    """Return the value of the JSON text ``body``; see `StrictJSONParser` for what is refused."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonMalformedError(problem=f"byte {error.start} is not UTF-8") from None
    if text.count("[") + text.count("{") > DEEPEST:
        _refuse_depth(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
            parse_float=_decimal_number,
        )
    except json.JSONDecodeError as error:
        raise JsonMalformedError(problem=f"{error.msg.lower()} at character {error.pos}") from None
    if "\\u" in text:  # only an escape can bring in what UTF-8 and JSON do not allow as it is
        _refuse_unstorable(value, "$")
    return value


def _refuse_depth(text: str) -> None:
    """Refuse nesting past `DEEPEST` before anything recursive sees the text; strings are skipped."""
    depth = 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', text):
        character = match.group()[0]
        if character in "[{":
            depth += 1
            if depth > DEEPEST:
                raise JsonMalformedError(problem=f"it is nested deeper than {DEEPEST} levels")
        elif character in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise JsonMalformedError(problem=f"the key {twice[:80]!a} stands twice in one object")
    return result


def _refuse_constant(name: str) -> Any:
    raise JsonMalformedError(problem=f"{name} is not a JSON number")


def _whole_number(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise JsonMalformedError(problem=f"a number has {len(digits)} digits")
    return int(digits)


def _decimal_number(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise JsonMalformedError(problem=f"the number {digits[:40]} is too large")
    return number


def _refuse_unstorable(value: Any, path: str) -> None:
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            raise JsonMalformedError(
                problem=f"the text at {path[:200]} holds a NUL or half of a surrogate pair"
            )
    elif isinstance(value, dict):
        for key, member in value.items():
            _refuse_unstorable(key, f"{path} (a key)")
            _refuse_unstorable(member, f"{path}.{key}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            _refuse_unstorable(member, f"{path}[{index}]")
