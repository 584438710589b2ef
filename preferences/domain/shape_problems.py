"""Pydantic's findings in sentences for people."""

from __future__ import annotations

from pydantic_core import ErrorDetails

_SENTENCES = {
    "extra_forbidden": "This field is not known here or is set by the server.",
    "missing": "This field is missing.",
}


def sentence_of(found: ErrorDetails) -> str:
    """Say what is wrong at one place, as a sentence that names neither the place nor the library."""
    text = _SENTENCES.get(found["type"]) or found["msg"].removeprefix("Value error, ").rstrip(".") + "."
    return text[0].upper() + text[1:]
