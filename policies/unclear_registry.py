"""Who tells how unclear axes are: the app that compares, which the ranking of clauses does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from policies.selectors import ClauseView


@dataclass(frozen=True, slots=True)
class AxisSigns:
    """What speaks for an axis being unclear.

    ``items``: on so many comparisons it was answered. ``counts``: by sign (split, gap, asked, reversed, unsure), how
    many of how many. ``gaps``: what adjudicators said it leaves open, newest first.
    """

    items: int
    counts: Mapping[str, tuple[int, int]]
    gaps: tuple[str, ...]


class UnclearSource(Protocol):
    """Tells the signs of axes; only reads, in a fixed number of queries."""

    def signs(
        self, project_id: UUID, axes: Sequence[ClauseView], *, language: str, unsure_to: float
    ) -> Mapping[str, AxisSigns]:
        """Return by key the signs of those that anybody answered; ``unsure_to``: so little confidence is unsure."""
        ...

    def rests_on(self, project_id: UUID) -> str:
        """Return something that changes with what the signs rest on."""
        ...


_sources: list[UnclearSource] = []


def unclear_source_register(source: UnclearSource) -> None:
    """Let ``source`` tell of axes; another of its kind takes its place."""
    _sources[:] = [known for known in _sources if type(known) is not type(source)]
    _sources.append(source)


def axes_unclear(
    project_id: UUID, axes: Sequence[ClauseView], *, language: str, unsure_to: float
) -> dict[str, AxisSigns]:
    """Return the signs of the axes that were answered, by key."""
    found: dict[str, AxisSigns] = {}
    if axes:
        for source in _sources:
            found |= source.signs(project_id, axes, language=language, unsure_to=unsure_to)
    return found


def axes_rest_on(project_id: UUID) -> str:
    """Return something that changes with what `axes_unclear` rests on."""
    return " ".join(source.rests_on(project_id) for source in _sources)
