"""An impact source over answers held in memory: what annotation and preferences are to policies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from uuid import UUID

from core.content.models import Post
from policies.services import (
    AffectedItem,
    CitingRecord,
    ImpactCount,
    MeasuredTime,
    RecordsSought,
    Renewed,
    StoppedMeaning,
)


@dataclass
class RecordedAnswers:
    """Answers as (post, clause key, meaning revision, severity, active ms), and how often it was asked."""

    name: str = "recorded"
    answers: list[tuple[Post, str, int, int | None, int]] = field(default_factory=list)
    asked: int = 0
    found: list[Renewed] = field(default_factory=list)

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Sequence[ImpactCount]:
        self.asked += 1
        grouped: dict[tuple[str, str, int | None], list[int]] = defaultdict(list)
        before = {(s.clause_key, s.before) for s in stopped}
        for post, key, revision, severity, active_ms in self.answers:
            if (key, revision) in before and post.project_id == project_id:
                grouped[(key, post.language, severity)].append(active_ms)
        return [
            ImpactCount(
                key,
                "answers",
                len(times),
                language,
                severity,
                time=MeasuredTime(median(timed), len(timed))
                if (timed := [ms for ms in times if ms])
                else None,
            )
            for (key, language, severity), times in grouped.items()
        ]

    def decisions(self, *, project_id: UUID, meanings: Sequence[StoppedMeaning]) -> Sequence[ImpactCount]:
        """One decision for every post and meaning that was answered."""
        cited = {(meaning.clause_key, meaning.before) for meaning in meanings}
        decided: dict[str, set[UUID]] = defaultdict(set)
        for post, key, revision, _, _ in self.answers:
            if (key, revision) in cited and post.project_id == project_id:
                decided[key].add(post.pk)
        return [ImpactCount(key, "decisions", len(posts)) for key, posts in decided.items()]

    def records(self, sought: RecordsSought) -> Sequence[CitingRecord]:
        """Each answer that `count` counts, by its post."""
        wanted, cited = sought.wanted, (sought.meaning.clause_key, sought.meaning.before)
        rows = [
            CitingRecord(
                id=post.pk,
                place=(post.pk, post.pk),
                target="post",
                target_id=post.pk,
                post_id=post.pk,
                name=post.external_id,
                created_at=post.created_at,
                language=post.language,
                severity=severity,
                answer="yes",
            )
            for post, key, revision, severity, _ in self.answers
            if sought.noun == "answers" and (key, revision) == cited
            if wanted.language in (None, post.language)
            if wanted.severity is None or wanted.severity == ("none" if severity is None else severity)
        ]
        ordered = sorted(rows, key=lambda row: row.place, reverse=True)
        return [row for row in ordered if sought.after is None or row.place < sought.after][: sought.limit]

    def affected_ids(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Iterator[UUID]:
        found = self.affected(project_id=project_id, stopped=stopped, after=None, limit=1_000_000)
        return iter([item.item_id for item in found])

    def affected_count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> int:
        return sum(1 for _ in self.affected_ids(project_id=project_id, stopped=stopped))

    def renewed(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], campaign_id: UUID
    ) -> Sequence[Renewed]:
        return self.found

    def affected(
        self,
        *,
        project_id: UUID,
        stopped: Sequence[StoppedMeaning],
        after: UUID | None,
        limit: int,
        among: Sequence[UUID] | None = None,
    ) -> Sequence[AffectedItem]:
        by_post: dict[UUID, set[str]] = defaultdict(set)
        given = {(post.pk, key, revision) for post, key, revision, _, _ in self.answers}
        for meaning in stopped:
            for post_id, key, revision in given:
                answered = (post_id, key, meaning.after) in given
                if (key, revision) == (meaning.clause_key, meaning.before) and not answered:
                    by_post[post_id].add(key)
        severities = {post.pk: severity for post, _, _, severity, _ in self.answers if severity is not None}
        ids = sorted(post_id for post_id in by_post if after is None or post_id > after)
        ids = [post_id for post_id in ids if among is None or post_id in among][:limit]
        return [
            AffectedItem(
                item_id=post_id,
                kind="label",
                clause_keys=tuple(sorted(by_post[post_id])),
                priority=float(severities.get(post_id, 0)),
                old_answers=[{"clause_key": key, "answer": "yes"} for key in sorted(by_post[post_id])],
            )
            for post_id in ids
        ]
