"""Pairs whose answer is known: what may be known of an axis, and for which meanings it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from preferences.domain.decisions import Outcome


class PairKind(StrEnum):
    """``GOLD`` measures how well somebody judges; an ``ATTENTION`` pair nobody who reads can get wrong."""

    GOLD = "gold"
    ATTENTION = "attention"


KNOWABLE = tuple(str(outcome) for outcome in Outcome if outcome is not Outcome.NONE)


def known_problems(known: Mapping[str, Sequence[str]], axes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (path, sentence) for what cannot be known: no axis of the release, or no outcome of one.

    Parameters
    ----------
    known
        By axis, the outcomes that are right.
    """
    for key, outcomes in known.items():
        if key not in axes:
            yield f"answers.{key}", "The release has no such axis."
        elif not outcomes:
            yield f"answers.{key}", "Say which outcomes are right."
        elif set(outcomes) == set(KNOWABLE):
            yield f"answers.{key}", "Where every outcome is right, nothing is known."
        elif not set(outcomes) <= set(KNOWABLE):
            yield f"answers.{key}", f"Outcomes are {', '.join(KNOWABLE)}."


def holds_for(meaning_from: int, meaning_to: int | None, revision: int) -> bool:
    """Whether what is known from one meaning revision to another (None: no end yet) holds for this one."""
    return meaning_from <= revision and (meaning_to is None or revision <= meaning_to)
