"""Which apps tell what a model makes of pairs that nobody judged yet; filled once, when Django is ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID


class PairScoresSource(Protocol):
    """Says for comparisons how likely a model finds the first response better; only reads, in one query."""

    def __call__(self, project_id: UUID, comparison_ids: Sequence[UUID]) -> Mapping[UUID, float]:
        """Return the chance that A is better, 0 to 1, of the comparisons the model has scored."""
        ...


_sources: list[PairScoresSource] = []


def pair_scores_source_register(source: PairScoresSource) -> None:
    """Let ``source`` take part in choosing pairs; registering it again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def pair_scores(project_id: UUID, comparison_ids: Sequence[UUID]) -> dict[UUID, float]:
    """Return the chance that A is better, by comparison; those that no source has scored are left out."""
    found: dict[UUID, float] = {}
    if comparison_ids:
        for source in _sources:
            found |= source(project_id, comparison_ids)
    return found
