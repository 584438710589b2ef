"""A leaderboard: scores with intervals, ranks, and who was compared with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from preferences.domain.davidson import DavidsonFit, Effect, davidson_fit
from preferences.domain.paircounts import Floats, PairCounts, rests_on_prior

# From a fifth on, the prior is worth saying: about what a model keeps that met another once, or won all of fifteen.
_MUCH = 0.2


@dataclass(frozen=True)
class Rating:
    """One item's place.

    ``score`` is in log odds around its group's mean, higher is better; ``low`` and ``high`` bound it at the
    asked level, null when there are too many items for intervals. ``rank`` counts from 1 inside the group and
    is the best the item can claim: one more than the number of items whose score is higher beyond doubt. ``held``
    is how much of what is known of the score is the assumption that items do not differ endlessly, in [0, 1];
    ``is_held`` where that is much.
    """

    name: str
    group: int
    rank: int
    score: float
    low: float | None
    high: float | None
    comparisons: float
    held: float
    is_held: bool


@dataclass(frozen=True)
class Sway:
    """What moves a result besides worth, in log odds for the first, with bounds, null where none were computed.

    ``name`` is ``side`` (being shown first) or a covariate's, for one unit of it.
    """

    name: str
    size: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Meeting:
    """How two items did against each other, whichever was shown first."""

    name: str
    other: str
    wins: float
    losses: float
    ties: float


@dataclass(frozen=True)
class Leaderboard:
    """Ratings sorted by group (the largest first), then score (the highest first), then name."""

    ratings: list[Rating]
    meetings: list[Meeting]
    groups: int
    rests_on_prior: bool
    sways: list[Sway]
    tie_weight: float
    level: float


def leaderboard(
    counts: PairCounts,
    *,
    names: Sequence[str],
    covariates: Sequence[str] = (),
    level: float = 0.95,
    ridge: float = 0.1,
) -> Leaderboard:
    """Rate every named item.

    Parameters
    ----------
    counts
        Over ``len(names)`` items.
    covariates
        The names of the counts' covariates, in their order.
    level
        Coverage of each interval, above 0 and below 1.

    Raises
    ------
    ValueError
        When the names do not match the counts or the level is out of range.
    """
    if len(names) != counts.items or not 0 < level < 1:
        raise ValueError("One name per item, and a level between 0 and 1.")
    if len(covariates) != (0 if counts.covariates is None else counts.covariates.shape[1]):
        raise ValueError("One name per covariate.")
    fit = davidson_fit(counts, ridge=ridge)
    reach = float(ndtri((1 + level) / 2))
    return Leaderboard(
        ratings=_ratings(counts, fit, names=names, level=level),
        meetings=_meetings(counts, names),
        groups=int(np.unique(fit.groups).size),
        rests_on_prior=rests_on_prior(counts),
        sways=[
            _sway(name, effect, reach=reach)
            for name, effect in zip(("side", *covariates), (fit.side, *fit.covariates), strict=True)
        ],
        tie_weight=fit.tie_weight,
        level=level,
    )


def _sway(name: str, effect: Effect, *, reach: float) -> Sway:
    error = effect.error
    if error is None:
        return Sway(name, effect.size, None, None)
    return Sway(name, effect.size, effect.size - reach * error, effect.size + reach * error)


def _ratings(counts: PairCounts, fit: DavidsonFit, *, names: Sequence[str], level: float) -> list[Rating]:
    reach = float(ndtri((1 + level) / 2))
    errors = None if fit.covariance is None else np.sqrt(np.maximum(np.diag(fit.covariance), 0))
    played = np.bincount(counts.first, counts.totals, counts.items) + np.bincount(
        counts.second, counts.totals, counts.items
    )
    sizes = np.bincount(fit.groups, minlength=1)
    by_size = sorted(range(sizes.size), key=lambda group: (-sizes[group], group))
    shown_group = {group: place for place, group in enumerate(by_size)}
    ranks = _ranks(fit, reach=reach)
    rated = [
        Rating(
            name=name,
            group=shown_group[int(fit.groups[item])],
            rank=int(ranks[item]),
            score=float(fit.scores[item]),
            low=None if errors is None else float(fit.scores[item] - reach * errors[item]),
            high=None if errors is None else float(fit.scores[item] + reach * errors[item]),
            comparisons=float(played[item]),
            held=float(fit.held[item]),
            is_held=bool(fit.held[item] > _MUCH),
        )
        for item, name in enumerate(names)
    ]
    return sorted(rated, key=lambda rating: (rating.group, -rating.score, rating.name))


def _ranks(fit: DavidsonFit, *, reach: float) -> Floats:
    """Return each item's best claimable rank; without a covariance, its rank by score alone."""
    ranks = np.ones(fit.scores.size)
    for group in np.unique(fit.groups):
        members = np.flatnonzero(fit.groups == group)
        scores = fit.scores[members]
        if fit.covariance is None:
            ranks[members] = 1 + np.searchsorted(np.sort(-scores), -scores, side="left")
            continue
        block = fit.covariance[np.ix_(members, members)]
        spread = np.sqrt(np.maximum(np.diag(block)[:, None] + np.diag(block)[None, :] - 2 * block, 0))
        ranks[members] = 1 + ((scores[:, None] - scores[None, :]) > reach * spread + 1e-12).sum(axis=0)
    return ranks


def _meetings(counts: PairCounts, names: Sequence[str]) -> list[Meeting]:
    """Return each unordered pair once, the earlier name first."""
    held: dict[tuple[str, str], list[float]] = {}
    for first, second, won, lost, tied in zip(
        counts.first, counts.second, counts.wins_first, counts.wins_second, counts.ties, strict=True
    ):
        one, other = names[int(first)], names[int(second)]
        forward = one <= other
        tally = held.setdefault((one, other) if forward else (other, one), [0.0, 0.0, 0.0])
        tally[0] += float(won if forward else lost)
        tally[1] += float(lost if forward else won)
        tally[2] += float(tied)
    return [Meeting(one, other, *tally) for (one, other), tally in sorted(held.items())]
