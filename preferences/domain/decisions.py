"""What a project holds true for one comparison, computed from the judgments about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from preferences.domain.document import Choice
from preferences.domain.posterior import Voice, preferred_probability


class Method(StrEnum):
    """How the outcome came about. ``adjudicated`` is a reviewer's: never replaced by counting votes."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    UNDECIDED = "undecided"
    ADJUDICATED = "adjudicated"


COUNTED_METHODS = (Method.UNANIMOUS, Method.MAJORITY, Method.UNDECIDED)
"""What comes of counting votes."""


class Outcome(StrEnum):
    """What holds on one axis; ``NONE`` when nothing has a majority."""

    A = "a"
    B = "b"
    TIE = "tie"
    BOTH_GOOD = "both_good"
    BOTH_UNACCEPTABLE = "both_unacceptable"
    NONE = "none"


_LEANS = {Outcome.A: 1, Outcome.B: -1}


@dataclass(frozen=True)
class Vote:
    """One person's answer on one axis in stored order (negative: A is better). ``weight`` is above zero.

    ``reliability``, in (0, 1], is how often the person says what is meant and not the opposite. ``pull`` is by how
    much what stood first, or was longer, drew this person to A, in log odds.
    """

    choice: Choice
    value: int
    weight: float = 1.0
    reliability: float = 1.0
    pull: float = 0.0

    @property
    def outcome(self) -> Outcome:
        """Return the outcome this vote alone would give."""
        if self.choice is Choice.PREFER:
            return Outcome.A if self.value < 0 else Outcome.B
        return Outcome(self.choice.value)


@dataclass(frozen=True)
class AxisDecision:
    """The outcome on one axis and how sure it is.

    ``strength`` is the mean signed strength over everybody, −3 (A) to 3 (B), zeros included. ``p_a_better``
    is the posterior probability that people prefer A, given who said what, in [0, 1]. ``agreement`` is the share of
    weight behind the outcome, in [0, 1], higher is better; for an undecided axis, the share of its strongest outcome.
    """

    outcome: Outcome
    method: Method
    strength: float
    p_a_better: float
    agreement: float
    votes: int


@dataclass(frozen=True)
class AcceptanceDecision:
    """Whether one response is acceptable (null: undecided or nobody said), with its share and posterior."""

    acceptable: bool | None
    method: Method
    p_acceptable: float
    votes: int


def axis_decide(votes: Sequence[Vote]) -> AxisDecision:
    """Decide one axis of one comparison.

    An outcome needs more than half of the weight: five outcomes compete, so the most frequent one alone is
    not enough. Order of votes does not matter.

    Raises
    ------
    ValueError
        When there are no votes.
    """
    if not votes:
        raise ValueError("A decision needs at least one vote.")
    weights: defaultdict[Outcome, float] = defaultdict(float)
    for vote in votes:
        weights[vote.outcome] += vote.weight
    total = sum(vote.weight for vote in votes)
    # Ties between equally heavy outcomes cannot pass the majority test, so their order does not matter.
    leading = max(weights, key=lambda outcome: weights[outcome])
    share = weights[leading] / total
    method = Method.UNANIMOUS if len(weights) == 1 else Method.MAJORITY if share > 0.5 else Method.UNDECIDED
    return AxisDecision(
        outcome=Outcome.NONE if method is Method.UNDECIDED else leading,
        method=method,
        strength=sum(vote.value * vote.weight for vote in votes) / total,
        p_a_better=preferred_probability(
            [Voice(_LEANS.get(vote.outcome, 0), vote.weight, vote.reliability, vote.pull) for vote in votes]
        ),
        agreement=share,
        votes=len(votes),
    )


def axis_adjudicated(choice: Choice, value: int, *, votes: int) -> AxisDecision:
    """Return what a reviewer decided, in stored order; it stands as sure whatever ``votes`` said."""
    outcome = Vote(choice, value).outcome
    return AxisDecision(
        outcome=outcome,
        method=Method.ADJUDICATED,
        strength=float(value),
        p_a_better=0.5 + _LEANS.get(outcome, 0) / 2,
        agreement=1.0,
        votes=votes,
    )


def acceptance_decide(opinions: Sequence[bool]) -> AcceptanceDecision:
    """Decide whether one response is acceptable from what each person said; empty input is undecided."""
    accepting = sum(opinions)
    refusing = len(opinions) - accepting
    p_acceptable = preferred_probability([Voice(1 if opinion else -1) for opinion in opinions])
    if accepting == refusing:
        return AcceptanceDecision(
            acceptable=None, method=Method.UNDECIDED, p_acceptable=p_acceptable, votes=len(opinions)
        )
    return AcceptanceDecision(
        acceptable=accepting > refusing,
        method=Method.MAJORITY if accepting and refusing else Method.UNANIMOUS,
        p_acceptable=p_acceptable,
        votes=len(opinions),
    )
