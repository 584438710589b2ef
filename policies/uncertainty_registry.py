"""Which apps tell how unsure a model is of a post; filled once, when Django is ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID


class UncertaintySource(Protocol):
    """Says for posts how unsure a model is of the clauses; only reads, in a fixed number of queries."""

    def __call__(
        self, *, project_id: UUID, clause_keys: Sequence[str], post_ids: Sequence[UUID]
    ) -> Mapping[UUID, float]:
        """Return 0 (sure) to 1 (as good as a coin) for the posts a model has judged, the highest of the clauses."""
        ...


_sources: list[UncertaintySource] = []


def uncertainty_source_register(source: UncertaintySource) -> None:
    """Let ``source`` take part in the order in which campaigns ask; registering it again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def uncertainties(
    *, project_id: UUID, clause_keys: Sequence[str], post_ids: Sequence[UUID]
) -> dict[UUID, float]:
    """Return the highest uncertainty that any source tells of each post; posts of which none tells are left out."""
    found: dict[UUID, float] = {}
    if not post_ids:
        return found
    for source in _sources:
        told = source(project_id=project_id, clause_keys=clause_keys, post_ids=post_ids)
        for post_id, uncertainty in told.items():
            found[post_id] = max(found.get(post_id, 0.0), min(max(uncertainty, 0.0), 1.0))
    return found
