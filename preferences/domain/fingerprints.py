"""By what a conversation or a response is known again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of ``value`` as JSON without spaces, all beyond ASCII escaped."""
    return sha256(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def text_sha256(text: str) -> str:
    """Return the fingerprint of a response that is text alone."""
    return sha256(text.encode()).hexdigest()
