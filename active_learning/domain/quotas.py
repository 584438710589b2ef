"""Quotas of a round: how its posts are shared out among languages, sources, clauses and near-duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor


class QuotaAxis(StrEnum):
    """What posts are told apart by."""

    LANGUAGE = "language"
    SOURCE = "source"
    CLAUSE = "clause"
    GROUP = "group"


@dataclass(frozen=True)
class Quota:
    """Bounds on the posts of one value that a strategy picks.

    Attributes
    ----------
    value
        The value bounded; None bounds every value that has no quota of its own.
    least, most
        Shares of the strategy's picks, 0 … 1. ``most`` rounds up, so that one post is always allowed.
    most_posts
        A number of posts in place of the share ``most``, as for near-duplicates: one of each group.
    """

    axis: QuotaAxis
    value: str | None = None
    least: float = 0.0
    most: float = 1.0
    most_posts: int | None = None


class QuotaInvalidError(ValueError):
    """Quotas that cannot be kept together, with the sentence that says so."""


def quotas_checked(quotas: Iterable[Quota]) -> tuple[Quota, ...]:
    """Return the quotas, each in its range, none twice, no axis promised more than there is.

    Raises
    ------
    QuotaInvalidError
    """
    found = tuple(quotas)
    promised: dict[QuotaAxis, float] = {}
    for quota in found:
        if not 0.0 <= quota.least <= quota.most <= 1.0 or (
            quota.most_posts is not None and quota.most_posts < 1
        ):
            raise QuotaInvalidError(
                "A quota’s least share must not be above its most, both 0 to 100 %, and at least one post is needed."
            )
        if quota.value is None and quota.least > 0:
            raise QuotaInvalidError("A least share needs the value it is promised to.")
        promised[quota.axis] = promised.get(quota.axis, 0.0) + quota.least
    if len({(quota.axis, quota.value) for quota in found}) < len(found):
        raise QuotaInvalidError("A value has two quotas; say each once.")
    for axis, share in promised.items():
        if share > 1.0 + 1e-9:
            raise QuotaInvalidError(f"The least shares by {axis} add up to more than all posts.")
    return found


def least_posts(quota: Quota, picks: int) -> int:
    """Return how many of ``picks`` are promised to the quota's value."""
    return floor(quota.least * picks + 1e-9)


def most_posts(quotas: Iterable[Quota], picks: int) -> Mapping[tuple[QuotaAxis, str | None], int]:
    """Return how many posts of a value may be picked, by axis and value; None stands for every other value."""
    return {
        (quota.axis, quota.value): quota.most_posts or max(1, ceil(quota.most * picks - 1e-9))
        for quota in quotas
        if quota.most < 1.0 or quota.most_posts is not None
    }
