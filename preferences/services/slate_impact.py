"""What a change of a clause asks again of slates: ratings on the axis, and responses held to break the clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from policies.services import (
    AffectedItem,
    CitingRecord,
    ImpactCount,
    RecordsSought,
    Renewed,
    StoppedMeaning,
    asked_again,
)
from preferences.selectors.slates_affected import (
    slates_affected,
    slates_renewed,
    slates_stale,
    slates_stale_count,
)


class SlateImpact:
    """Slates, as a source of what a campaign asks again; what cites a clause is counted with the comparisons'."""

    name = "slates"

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Return nothing: `PreferenceImpact` counts in one go what is said of pairs and of slates."""
        return []

    def decisions(self, *, project_id: UUID, meanings: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Return nothing, likewise."""
        return []

    def records(self, sought: RecordsSought) -> list[CitingRecord]:
        """Return nothing, likewise."""
        return []

    def affected_ids(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Iterator[UUID]:
        """Yield every slate that `affected` would return, by id."""
        return slates_stale(project_id, asked_again(stopped))

    def affected_count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> int:
        """Count the slates that `affected` would return."""
        return slates_stale_count(project_id, asked_again(stopped))

    def renewed(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], campaign_id: UUID
    ) -> list[Renewed]:
        """Compare how good responses are, and what they break, under the new meanings with the old ones."""
        return slates_renewed(project_id, asked_again(stopped), campaign_id)

    def affected(
        self,
        *,
        project_id: UUID,
        stopped: Sequence[StoppedMeaning],
        after: UUID | None,
        limit: int,
        among: Sequence[UUID] | None = None,
    ) -> list[AffectedItem]:
        """Return slates with ratings, or cited clauses, of a stopped meaning that nobody has renewed."""
        return slates_affected(project_id, asked_again(stopped), after=after, limit=limit, among=among)
