"""An impact source over answers held in memory: what annotation and preferences are to policies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from core.content.models import Post
from policies.services import AffectedItem, ImpactCount, StoppedMeaning


@dataclass
class RecordedAnswers:
    """Answers as (post, clause key, meaning revision, severity, active ms), and how often it was asked."""

    name: str = "recorded"
    answers: list[tuple[Post, str, int, int | None, int]] = field(default_factory=list)
    asked: int = 0

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Sequence[ImpactCount]:
        self.asked += 1
        grouped: dict[tuple[str, str, int | None], list[int]] = defaultdict(list)
        before = {(s.clause_key, s.before) for s in stopped}
        for post, key, revision, severity, active_ms in self.answers:
            if (key, revision) in before and post.project_id == project_id:
                grouped[(key, post.language, severity)].append(active_ms)
        return [
            ImpactCount(key, "answers", len(times), language, severity, sum(times))
            for (key, language, severity), times in grouped.items()
        ]

    def affected(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], after: UUID | None, limit: int
    ) -> Sequence[AffectedItem]:
        by_post: dict[UUID, set[str]] = defaultdict(set)
        given = {(post.pk, key, revision) for post, key, revision, _, _ in self.answers}
        for meaning in stopped:
            for post_id, key, revision in given:
                answered = (post_id, key, meaning.after) in given
                if (key, revision) == (meaning.clause_key, meaning.before) and not answered:
                    by_post[post_id].add(key)
        ids = sorted(post_id for post_id in by_post if after is None or post_id > after)[:limit]
        return [
            AffectedItem(
                item_id=post_id,
                kind="label",
                clause_keys=tuple(sorted(by_post[post_id])),
                old_answers=[{"clause_key": key, "answer": "yes"} for key in sorted(by_post[post_id])],
            )
            for post_id in ids
        ]
