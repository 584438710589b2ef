"""Texts of the demo: written for it in seven languages, filled in by a seeded draw."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

HARMS = ("weapons-sale", "scam", "harassment", "spam", "medical-misinformation", "graphic-content")
LANGUAGES = ("en", "es", "de", "fr", "ar", "hi", "zh")
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Wording:
    """A finished text, and the stretch of it that shows the violation, in code points."""

    text: str
    span: tuple[int, int] | None


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    return json.loads((_HERE / "texts.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def prompts() -> list[dict[str, str]]:
    """Return the prompts with their four answers and a rewrite of the weak one."""
    return json.loads((_HERE / "prompts.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def wording_draw(language: str, topic: str, source: random.Random) -> Wording:
    """Draw a text on ``topic`` (a harm, or ``benign``)."""
    template = source.choice(_texts()["templates"][language][topic])
    text = _filled(template, language, source)
    start = text.find("[[")
    if start < 0:
        return Wording(text, None)
    text = text.replace("[[", "", 1)
    end = text.index("]]")
    return Wording(text.replace("]]", "", 1), (start, end))


def unclear_draw(language: str, source: random.Random) -> str:
    """Draw a text that nobody can make sense of."""
    return _filled(source.choice(_texts()["unclear"]), language, source)


def comment_draw(language: str, source: random.Random) -> str:
    """Draw a harmless comment."""
    return str(source.choice(_texts()["comments"][language]))


def _filled(template: str, language: str, source: random.Random) -> str:
    slots = _texts()["slots"][language]
    return template.format(**{name: source.choice(values) for name, values in slots.items()})
