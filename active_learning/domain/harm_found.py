"""How much harm there is and how much of it was found, from what was drawn at random; free of Django.

Each round draws part of its posts with equal chances from those that its strategy left. With what people had decided
before and what they said of the strategy's posts, these say how many posts of the whole are harmful without bias,
whatever the strategy preferred (stratified sampling: Cochran, Sampling Techniques, 1977, chapter 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.figures.intervals import Measured, wilson

_UNKNOWN = Measured(None, None, None)


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """What a round knew and what people said of its posts, in posts.

    Attributes
    ----------
    known, known_harmful
        Decided before the round, and the harmful ones among them.
    picked, picked_answered, picked_harmful
        Chosen by the strategy; decided since; harmful.
    drawn, drawn_answered, drawn_harmful
        Chosen at random; decided since; harmful.
    pool
        Open posts when the round chose, those it chose included.
    """

    known: int
    known_harmful: int
    picked: int
    picked_answered: int
    picked_harmful: int
    drawn: int
    drawn_answered: int
    drawn_harmful: int
    pool: int

    @property
    def rest(self) -> int:
        """Open posts that the strategy left: what the random ones speak for."""
        return self.pool - self.picked

    @property
    def population(self) -> int:
        """All posts that this round says something about; what still waits for its answer says nothing yet."""
        return self.known + self.picked_answered + self.rest


def prevalence(rounds: Sequence[RoundSeen]) -> Measured:
    """Return the share of harmful posts with its 95 % interval; not defined before a random post is answered.

    Each round's estimate is the sum of what is known and of its random answers times the posts they speak for.
    Rounds count by their random answers. The interval is Wilson's for the random answers, with as many as would be
    equally sure if all spoke for equally many posts.
    """
    seen = [one for one in rounds if one.drawn_answered and one.population]
    answers = sum(one.drawn_answered for one in seen)
    if not answers:
        return _UNKNOWN
    certain = harmful = spoken = squared = 0.0
    for one in seen:
        weight = one.drawn_answered / answers
        reach = weight * one.rest / one.population
        certain += weight * (one.known_harmful + one.picked_harmful) / one.population
        harmful += reach * one.drawn_harmful / one.drawn_answered
        spoken += reach
        squared += reach**2 / one.drawn_answered
    if not spoken:
        return Measured(certain, certain, certain)
    alike = spoken**2 / squared
    low, high = wilson(harmful / spoken * alike, alike)
    return Measured(certain + harmful, certain + spoken * low, min(1.0, certain + spoken * high))


def recall(found: int, population: int, share: Measured) -> Measured:
    """Return the share of the harmful posts that people have found; not defined where no harm is expected.

    Parameters
    ----------
    found
        Posts decided as harmful, of a population of ``population``.
    share
        The share of harmful posts in it.
    """
    if share.value is None or share.low is None or share.high is None or not population:
        return _UNKNOWN
    # There cannot be fewer than were found.
    value, low, high = (max(each * population, float(found)) for each in (share.value, share.low, share.high))
    if not value:
        return _UNKNOWN
    return Measured(found / value, found / high, found / low if low else 1.0)
