"""The outline of a release: which clause stands under which, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placement:
    """A clause and its parent (empty at the top)."""

    key: str
    parent_key: str


class OutlineError(ValueError):
    """The outline cannot be read as a tree of exactly the release's clauses."""


def outline_checked(placements: Sequence[Placement], *, keys: Collection[str]) -> list[Placement]:
    """Return ``placements`` in reading order: every child after its parent, siblings as given.

    Raises
    ------
    OutlineError
        When they are not exactly ``keys``, a parent is unknown, or parents form a circle.
    """
    named = [placement.key for placement in placements]
    for key in named:
        if named.count(key) > 1:
            raise OutlineError(f"{key} is named twice")
        if key not in keys:
            raise OutlineError(f"{key} is not a clause of this release")
    missing = sorted(set(keys) - set(named))
    if missing:
        raise OutlineError(f"{missing[0]} is missing")
    for placement in placements:
        if placement.parent_key and placement.parent_key not in keys:
            raise OutlineError(
                f"{placement.parent_key}, the parent of {placement.key}, is not in this release"
            )
    ordered: list[Placement] = []
    _walk("", placements, ordered, depth=0)
    if len(ordered) < len(placements):
        left = next(placement for placement in placements if placement not in ordered)
        raise OutlineError(f"{left.key} stands below itself")
    return ordered


def _walk(parent_key: str, placements: Sequence[Placement], ordered: list[Placement], *, depth: int) -> None:
    if depth > 20:
        raise OutlineError("clauses are nested more than 20 deep")
    for placement in placements:
        if placement.parent_key == parent_key:
            ordered.append(placement)
            _walk(placement.key, placements, ordered, depth=depth + 1)
