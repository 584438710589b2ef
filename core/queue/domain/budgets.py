"""How much of a budget is spent within a rolling window, and when it opens again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.queue.domain.protection import Budget

WINDOWS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
LONGEST = WINDOWS["week"]


@dataclass(frozen=True, slots=True)
class Exposed:
    """A person and one item (a post, or a comparison without one): when, how grave, and for how long."""

    at: datetime
    item: Any
    severity: int
    categories: Collection[str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Spent:
    """What of a budget is used up; ``opens_at`` is when enough of that has left the window, if all is spent."""

    budget: Budget
    amount: float
    opens_at: datetime | None


def spent_of(budget: Budget, exposures: Sequence[Exposed], *, now: datetime) -> Spent:
    """Return how far ``budget`` is spent by ``exposures``, which may be in any order.

    An item that was looked at twice within the window counts once, at its latest time. A budget of 0 is
    always spent and opens again only a whole window from now.
    """
    window = WINDOWS[budget.per]
    counted = sorted(
        (
            one
            for one in exposures
            if one.at > now - window
            and one.severity >= budget.severity_from
            and (not budget.category or budget.category in one.categories)
        ),
        key=lambda one: one.at,
    )
    pieces = _items(counted) if budget.unit == "items" else [(one.at, _worth(one, budget)) for one in counted]
    amount = sum(worth for _, worth in pieces)
    if amount < budget.limit:
        return Spent(budget, amount, None)
    left = amount
    for at, worth in pieces:
        left -= worth
        if left < budget.limit:
            return Spent(budget, amount, at + window)
    return Spent(budget, amount, now + window)


def seconds_left(
    spent: Sequence[Spent], *, severity: int, categories: Collection[str], given_back: float = 0.0
) -> float | None:
    """Return for how many seconds something so grave may be in view until a first budget of time is used up.

    0 where one is, None where no budget of seconds or of points counts it; budgets of items are not of time.
    ``given_back``: seconds of this very thing that the amounts hold and that count no more.
    """
    left = [
        max(0.0, (one.budget.limit - one.amount) / _weight(one.budget, severity) + given_back)
        for one in spent
        if one.budget.unit != "items"
        and severity >= one.budget.severity_from
        and (not one.budget.category or one.budget.category in categories)
        and _weight(one.budget, severity) > 0
    ]
    return min(left, default=None)


def _items(counted: Sequence[Exposed]) -> list[tuple[datetime, float]]:
    latest = {one.item: one.at for one in counted}
    return [(at, 1.0) for at in sorted(latest.values())]


def _worth(one: Exposed, budget: Budget) -> float:
    return one.seconds * _weight(budget, one.severity)


def _weight(budget: Budget, severity: int) -> int:
    return severity if budget.unit == "points" else 1
