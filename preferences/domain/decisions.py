"""What a project holds true for one comparison, computed from the judgments about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import betainc

from preferences.domain.document import Choice


class Method(StrEnum):
    """How the outcome came about."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    UNDECIDED = "undecided"


class Outcome(StrEnum):
    """What holds on one axis; ``NONE`` when nothing has a majority."""

    A = "a"
    B = "b"
    TIE = "tie"
    BOTH_GOOD = "both_good"
    BOTH_UNACCEPTABLE = "both_unacceptable"
    NONE = "none"


@dataclass(frozen=True)
class Vote:
    """One person's answer on one axis in stored order (negative: A is better). ``weight`` is above zero."""

    choice: Choice
    value: int
    weight: float = 1.0

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
    is the posterior probability that people prefer A, in [0, 1]. ``agreement`` is the share of weight behind
    the outcome, in [0, 1], higher is better; for an undecided axis, the share of its strongest outcome.
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
    for_a, for_b = weights.get(Outcome.A, 0.0), weights.get(Outcome.B, 0.0)
    return AxisDecision(
        outcome=Outcome.NONE if method is Method.UNDECIDED else leading,
        method=method,
        strength=sum(vote.value * vote.weight for vote in votes) / total,
        p_a_better=_probability_preferred(for_a, for_b, even=total - for_a - for_b),
        agreement=share,
        votes=len(votes),
    )


def acceptance_decide(opinions: Sequence[bool]) -> AcceptanceDecision:
    """Decide whether one response is acceptable from what each person said; empty input is undecided."""
    accepting = sum(opinions)
    refusing = len(opinions) - accepting
    p_acceptable = _probability_preferred(accepting, refusing, even=0)
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


def _probability_preferred(for_it: float, against_it: float, *, even: float) -> float:
    """Return P(q > ½) where q, the share of people for it, has a uniform prior and saw these votes.

    Votes without a preference count half on each side. The posterior is Beta(1 + for, 1 + against), so
    nothing said gives ½, one vote ¾, three of three 15/16.
    """
    return float(betainc(1 + against_it + even / 2, 1 + for_it + even / 2, 0.5))
