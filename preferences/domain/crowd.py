"""Scores when not everybody can be trusted alike: Davidson's model seen through each person's reliability.

After Chen, Bennett, Collins-Thompson and Horvitz (2013, "Crowd-BT"): with probability η_k person k says what the
model expects, otherwise the opposite; a tie is the same either way. So η_k = 1 always agrees with the rest,
½ says nothing, and below ½ says the opposite of what is so. Fitted by expectation and maximisation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_array, diags_array
from scipy.special import expit, logit, ndtri

from preferences.domain.centring import centred_covariance, group_means
from preferences.domain.davidson import DENSE_ITEMS, Effect, Problem, maximise
from preferences.domain.paircounts import Floats, Indices, PairCounts, comparable_groups

# What is held of a person before they judged, as if seen in so many judgments: that they say what the model says.
# The model has noise of its own; a lower share would take that noise for the people's and drive the scores apart.
_PRIOR_RIGHT, _PRIOR_WRONG = 5.82, 0.18
_ROUNDS = 500
_SETTLED = 1e-6


@dataclass(frozen=True)
class PersonCounts:
    """Counts as of ``PairCounts``, one row per person besides: ``person`` gives each row's, shape (rows,)."""

    counts: PairCounts
    person: Indices
    people: int


@dataclass(frozen=True)
class Reliability:
    """How often a person says what the rest leads one to expect, with bounds at the asked level.

    ``judgments`` counts those that preferred one side: ties say nothing here.
    """

    share: float
    low: float
    high: float
    judgments: float

    @property
    def against(self) -> bool:
        """Return whether the person says the opposite, beyond doubt."""
        return self.high < 0.5


@dataclass(frozen=True)
class CrowdFit:
    """As ``DavidsonFit``, with a reliability for each person, in their order."""

    scores: Floats
    groups: Indices
    side: Effect
    covariates: list[Effect]
    tie_weight: float
    covariance: Floats
    reliabilities: list[Reliability]


def crowd_fit(votes: PersonCounts, *, ridge: float = 0.1, level: float = 0.95) -> CrowdFit:
    """Fit scores and reliabilities together.

    Parameters
    ----------
    votes
        May be empty.
    ridge
        As for ``davidson_fit``.
    level
        Of the bounds of reliabilities.

    Raises
    ------
    ValueError
        When the ridge or level is out of range, or there are more than ``DENSE_ITEMS`` items and people.
    NotConvergedError
        When the counts are too extreme.
    """
    counts = votes.counts
    if not ridge > 0 or not 0 < level < 1:
        raise ValueError("The ridge must be above zero, and the level between 0 and 1.")
    if counts.items + votes.people > DENSE_ITEMS:
        raise ValueError(f"At most {DENSE_ITEMS} items and people together.")
    problem = Problem(counts, ridge=ridge, estimate_side=True)
    parameters, shares = _settle(problem, votes, ridge=ridge)
    covariance = _covariance(problem, votes, parameters, shares)
    groups = comparable_groups(counts)
    items = counts.items
    scores = parameters[:items]
    errors = np.sqrt(np.diag(covariance))
    return CrowdFit(
        scores=scores - group_means(scores, groups),
        groups=groups,
        side=Effect(float(parameters[items]), float(errors[items])),
        covariates=[
            Effect(float(parameters[place]), float(errors[place]))
            for place in range(items + 1, problem.size - 1)
        ],
        tie_weight=float(np.exp(parameters[-1])) if problem.has_ties else 0.0,
        covariance=centred_covariance(covariance[:items, :items], groups),
        reliabilities=_reliabilities(votes, shares, errors[problem.size :], level=level),
    )


def _settle(problem: Problem, votes: PersonCounts, *, ridge: float) -> tuple[Floats, Floats]:
    """Return the parameters and shares at which expectation and maximisation settle."""
    counts, people = votes.counts, votes.people
    decided = np.bincount(votes.person, counts.wins_first + counts.wins_second, people)
    shares = np.full(people, _PRIOR_RIGHT / (_PRIOR_RIGHT + _PRIOR_WRONG))
    parameters = maximise(problem, problem.start())
    for _ in range(_ROUNDS):
        odds = problem.odds(parameters)
        trusted = shares[votes.person]
        forward, backward = trusted * odds.first, (1 - trusted) * odds.second
        meant_first = _share(forward, backward)
        meant_second = _share(trusted * odds.second, (1 - trusted) * odds.first)
        right_first, right_second = counts.wins_first * meant_first, counts.wins_second * meant_second
        right = np.bincount(votes.person, right_first + right_second, people)
        moved_shares = (_PRIOR_RIGHT + right) / (_PRIOR_RIGHT + _PRIOR_WRONG + decided)
        expected = replace(
            counts,
            wins_first=right_first + counts.wins_second - right_second,
            wins_second=right_second + counts.wins_first - right_first,
        )
        moved = maximise(Problem(expected, ridge=ridge, estimate_side=True), parameters)
        change = max(_greatest(moved - parameters), _greatest(moved_shares - shares))
        parameters, shares = moved, moved_shares
        if change < _SETTLED:
            break
    return parameters, shares


def _covariance(problem: Problem, votes: PersonCounts, parameters: Floats, shares: Floats) -> Floats:
    """Return the covariance of the parameters and then the log odds of the shares, from the observed scores."""
    counts, size, people = votes.counts, problem.size, votes.people
    odds = problem.odds(parameters)
    lean, trusted = (odds.first - odds.second) / 2, shares[votes.person]
    seen_first = trusted * odds.first + (1 - trusted) * odds.second
    seen_second = trusted * odds.second + (1 - trusted) * odds.first
    up, down = odds.first * (0.5 - lean), -odds.second * (0.5 + lean)
    doubt = trusted * (1 - trusted) * (odds.first - odds.second)
    nothing = np.zeros_like(lean)
    tiny = np.finfo(float).tiny
    scores = (
        (
            counts.wins_first,
            (trusted * up + (1 - trusted) * down),
            -odds.tie,
            doubt,
            np.maximum(seen_first, tiny),
        ),
        (
            counts.wins_second,
            (trusted * down + (1 - trusted) * up),
            -odds.tie,
            -doubt,
            np.maximum(seen_second, tiny),
        ),
        (counts.ties, -lean, 1 - odds.tie, nothing, None),
    )
    information = np.zeros((size + people, size + people))
    for weight, along, tie, share, seen in scores:
        slope, person = (along, share) if seen is None else (along / seen, share / seen)
        jacobian = _jacobian(problem, votes, slope, tie, person)
        information += (jacobian.T @ diags_array(weight) @ jacobian).toarray()
    # The prior's own curvature: of the scores a normal's, of a share's log odds that of the beta it was drawn from.
    prior = (_PRIOR_RIGHT + _PRIOR_WRONG) * shares * (1 - shares)
    information[np.diag_indices_from(information)] += np.concatenate([problem.penalty, prior])
    fixed = np.concatenate([problem.fixed, np.zeros(people, dtype=bool)])
    information[fixed, :] = information[:, fixed] = 0
    information[fixed, fixed] = 1
    return np.asarray(cho_solve(cho_factor(information), np.eye(size + people)))


def _jacobian(problem: Problem, votes: PersonCounts, slope: Floats, tie: Floats, person: Floats) -> coo_array:
    """Return every row's score along all parameters and shares, shape (rows, size + people), sparse."""
    counts, items, size = votes.counts, votes.counts.items, problem.size
    rows = np.arange(counts.first.size)
    shared = problem.shared.shape[0]
    values = [slope, -slope, *(slope * column for column in problem.shared), tie, person]
    columns = [
        counts.first,
        counts.second,
        *(np.full(rows.size, items + place) for place in range(shared)),
        np.full(rows.size, size - 1),
        size + votes.person,
    ]
    return coo_array(
        (np.concatenate(values), (np.tile(rows, len(values)), np.concatenate(columns))),
        shape=(rows.size, size + votes.people),
    ).tocsr()


def _reliabilities(votes: PersonCounts, shares: Floats, errors: Floats, *, level: float) -> list[Reliability]:
    reach = float(ndtri((1 + level) / 2))
    centre = logit(shares)
    decided = np.bincount(votes.person, votes.counts.wins_first + votes.counts.wins_second, votes.people)
    return [
        Reliability(float(share), float(low), float(high), float(judged))
        for share, low, high, judged in zip(
            shares, expit(centre - reach * errors), expit(centre + reach * errors), decided, strict=True
        )
    ]


def _share(one: Floats, other: Floats) -> Floats:
    """Return what part ``one`` is of both; a half where both vanish."""
    both = one + other
    return np.divide(one, both, out=np.full_like(one, 0.5), where=both > 0)


def _greatest(change: Floats) -> float:
    return float(np.abs(change).max(initial=0.0))
