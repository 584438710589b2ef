"""How alike two texts are by their letters: what is left where no encoder has read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST = 4_000
"""So many characters of a text are looked at."""


def trigrams(text: str) -> frozenset[str]:
    """Return the runs of three characters within the words of ``text``, each word with a blank at both ends.

    Case, compatibility forms, marks and punctuation do not count. A script without blanks gives one long word, of
    which the runs work as well. Empty for a text without letters or digits.
    """
    plain = unicodedata.normalize("NFKD", text[:LONGEST]).casefold()
    kept = "".join(_kept(character) for character in plain)
    return frozenset(
        padded[at : at + 3]
        for padded in (f" {word} " for word in kept.split())
        for at in range(max(len(padded) - 2, 1))
    )


def likeness_of(one: frozenset[str], other: frozenset[str]) -> float:
    """Return Dice's coefficient of two sets of trigrams, 0 to 1 (the same); 0 when either is empty."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def joined_trigrams(texts: Iterable[str]) -> frozenset[str]:
    """Return the trigrams of several texts as of one."""
    return trigrams(" ".join(texts))


def _kept(character: str) -> str:
    if unicodedata.category(character).startswith("M"):
        return ""
    return character if character.isalnum() else " "
