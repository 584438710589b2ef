"""How far each annotator agrees with the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

PRIOR_AGREED, PRIOR_COUNTED = 3.0, 4.0


@dataclass(frozen=True)
class Vote:
    """One person's answer about one item."""

    item: Hashable
    person: Hashable
    answer: str


@dataclass(frozen=True)
class Reliability:
    """How often a person's answer was that of most others.

    Attributes
    ----------
    answered
        Items this person answered.
    compared
        Items among them where the others, without this person, had one most frequent answer.
    agreed
        Of those, where this person gave it.
    estimate
        ``agreed / compared`` drawn towards 3 of 4 by four imagined items; 0 … 1, low is careless.
    """

    answered: int
    compared: int
    agreed: int
    estimate: float


def reliabilities(votes: Iterable[Vote]) -> dict[Hashable, Reliability]:
    """Return each person's reliability, measured against the others only, never against themselves."""
    by_item: Mapping[Hashable, dict[Hashable, str]] = defaultdict(dict)
    for vote in votes:
        by_item[vote.item][vote.person] = vote.answer
    answered: Counter[Hashable] = Counter()
    compared: Counter[Hashable] = Counter()
    agreed: Counter[Hashable] = Counter()
    for answers in by_item.values():
        tally = Counter(answers.values())
        for person, answer in answers.items():
            answered[person] += 1
            leader = _leader(tally, without=answer)
            if leader is not None:
                compared[person] += 1
                agreed[person] += leader == answer
    return {
        person: Reliability(
            answered=answered[person],
            compared=compared[person],
            agreed=agreed[person],
            estimate=(agreed[person] + PRIOR_AGREED) / (compared[person] + PRIOR_COUNTED),
        )
        for person in answered
    }


def _leader(tally: Counter[str], *, without: str) -> str | None:
    """Return the one most frequent answer after one ``without`` is taken away; None on a tie or nothing left."""
    others = {answer: count - (answer == without) for answer, count in tally.items()}
    most = max(others.values())
    leaders = [answer for answer, count in others.items() if count == most]
    return leaders[0] if most > 0 and len(leaders) == 1 else None
