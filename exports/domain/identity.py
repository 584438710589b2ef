"""Names that stay: of subjects, rows and contents."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

_SPACES = re.compile(r"\s+")
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_BEGINNING = 64


def subject_key(identifier: str) -> str:
    """Return a post's or comparison's identifier as rows begin with it: without hyphens.

    Identifiers sort by the time they were made, in the database as in Python; rows are written in that order.
    """
    return identifier.replace("-", "")


def short_key(identifier: str) -> str:
    """Return 16 hexadecimal digits that tell apart what stands under one subject."""
    return sha256(identifier.encode()).hexdigest()[:16]


def canonical_json(value: Any) -> str:
    """Return ``value`` as JSON of which there is one form: sorted keys, no spaces, no escapes beyond need."""
    return _CANONICAL.encode(value)


def conversation_group(prompt: Sequence[tuple[str, str]]) -> str:
    """Return the group of conversations that begin alike: up to and with the first turn that is the user's.

    So all branches of a tree are in one group, whichever of its turns somebody judged; a prompt of one turn is in the
    group of its own words.
    """
    asked = next((place for place, (role, _) in enumerate(prompt) if role == "user"), len(prompt) - 1)
    opening = [list(message) for message in prompt[: asked + 1]]
    return "prompt:" + sha256(canonical_json(opening).encode()).hexdigest()


def normalised(text: str) -> str:
    """Return ``text`` as it counts when two replies are told apart: NFC, runs of white space as one."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def is_alike(text: str, other: str) -> bool:
    """Say whether two texts are equal when `normalised`; most that are not are told by their beginnings."""
    words, other_words = text[:_BEGINNING].split()[:-1], other[:_BEGINNING].split()[:-1]
    for word, other_word in zip(words, other_words, strict=False):
        if word != other_word:
            # Words in ASCII stay as they are; the last one is not looked at, as it may be cut or have a mark to come.
            if word.isascii() and other_word.isascii():
                return False
            break
    return normalised(text) == normalised(other)
