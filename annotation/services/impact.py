"""What a change of policy would cost in label work: answers, decisions and gold that stop holding."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from annotation.selectors.affected import posts_affected, posts_stale, posts_stale_count
from annotation.selectors.changed import labels_renewed
from annotation.selectors.citing import answer_times, answers_citing, decisions_citing, gold_citing
from annotation.selectors.citing_records import records_citing
from policies.services import (
    AffectedItem,
    CitingRecord,
    ImpactCount,
    MeasuredTime,
    RecordsSought,
    Renewed,
    StoppedMeaning,
    asked_again,
)

FEWEST_TIMINGS = 5


class AnnotationImpact:
    """The labels' part in impact previews and campaigns (`policies.services.ImpactSource`)."""

    name = "annotation"

    def count(self, *, project_id: uuid.UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Count answers, decisions and gold that cite exactly a meaning that stops, by language and severity."""
        if not stopped:
            return []
        times = answer_times(project_id, stopped)
        answers = [_timed(row, times) for row in answers_citing(project_id, stopped)]
        return [*answers, *decisions_citing(project_id, stopped), *gold_citing(project_id, stopped)]

    def decisions(self, *, project_id: uuid.UUID, meanings: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Count the decisions in force that cite exactly one of ``meanings``."""
        return decisions_citing(project_id, meanings) if meanings else []

    def records(self, sought: RecordsSought) -> list[CitingRecord]:
        """Return the records that `count` counts, as far as they are sought."""
        return records_citing(sought)

    def affected_ids(
        self, *, project_id: uuid.UUID, stopped: Sequence[StoppedMeaning]
    ) -> Iterator[uuid.UUID]:
        """Yield every post that `affected` would return, by id."""
        asked = asked_again(stopped)
        return posts_stale(project_id, asked) if asked else iter(())

    def affected_count(self, *, project_id: uuid.UUID, stopped: Sequence[StoppedMeaning]) -> int:
        """Count the posts that `affected` would return."""
        asked = asked_again(stopped)
        return posts_stale_count(project_id, asked) if asked else 0

    def renewed(
        self, *, project_id: uuid.UUID, stopped: Sequence[StoppedMeaning], campaign_id: uuid.UUID
    ) -> list[Renewed]:
        """Compare the decisions in force under the new meanings with those under the old ones."""
        return labels_renewed(project_id, stopped, campaign_id)

    def affected(
        self,
        *,
        project_id: uuid.UUID,
        stopped: Sequence[StoppedMeaning],
        after: uuid.UUID | None,
        limit: int,
        among: Sequence[uuid.UUID] | None = None,
    ) -> list[AffectedItem]:
        """Return posts answered under a meaning that stops and not yet under the new one, by id."""
        asked = asked_again(stopped)
        if not asked:
            return []
        return posts_affected(project_id, asked, after=after, limit=limit, among=among)


def _timed(row: ImpactCount, times: Mapping[tuple[str, str | None], MeasuredTime]) -> ImpactCount:
    """Give a count the time of its kind of answer, else of its clause; a few timings of one kind say little."""
    own, clauses = times.get((row.clause_key, row.answer)), times.get((row.clause_key, None))
    return replace(row, time=own if own is not None and own.timings >= FEWEST_TIMINGS else clauses)
