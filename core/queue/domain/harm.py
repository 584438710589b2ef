"""How harmful a post is to look at, as far as it is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

MOST = 4
"""Severity runs from 0 (none) over 1 mild, 2 moderate, 3 severe to 4 extreme; larger is worse."""
SEVERE = 3
UNKNOWN = -1
OTHER = "other"
"""The category of what is harmful and not sorted."""


@dataclass(frozen=True, slots=True)
class Harm:
    """Severity 0–4 and the organization's categories, in no order."""

    severity: int
    categories: tuple[str, ...] = ()


def harm_keys(severity: int, categories: Collection[str]) -> list[str]:
    """Return the words the queue compares by, such as ``violence3``: one a category, sorted; none without harm."""
    if severity < 1:
        return []
    return sorted(f"{category}{severity}" for category in (set(categories) or {OTHER}))


def keys_between(category: str, lowest: int, most: int = MOST) -> list[str]:
    """Return the words of one category from a severity on, both ends included."""
    return [f"{category}{severity}" for severity in range(max(1, lowest), most + 1)]


def worst(harms: Iterable[Harm]) -> Harm | None:
    """Return the highest severity and all categories together; ``None`` of none."""
    known = list(harms)
    if not known:
        return None
    categories = sorted({category for harm in known for category in harm.categories})
    return Harm(max(harm.severity for harm in known), tuple(categories))


def severity_of_step(value: int, steps: Collection[int]) -> int:
    """Return where a step of a clause's scale lies on ours: the mildest is 1 of 4, the gravest 4.

    A scale of one step is moderate, and so is a value that is none of the steps.
    """
    ordered = sorted(steps)
    if value not in ordered or len(ordered) < 2:
        return 2
    return 1 + round(ordered.index(value) * (MOST - 1) / (len(ordered) - 1))
