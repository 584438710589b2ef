"""What a round cost people and workers, and what a harmful post found by it cost beside one found by lot."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from active_learning.models import Pick, Round
from annotation.selectors import decisions_current
from core.queue.selectors import Spent, spent_on, tasks_in
from policies.selectors import release_get


@dataclass(frozen=True)
class ArmCost:
    """What the posts that one arm chose, the strategy or the lot, cost.

    Attributes
    ----------
    posts, decided, harmful
        Posts chosen; decided since; decided as harmful.
    """

    posts: int
    decided: int
    harmful: int
    spent: Spent

    @property
    def seconds_per_harmful(self) -> float | None:
        """People's time for each harmful post found; None before the first."""
        return self.spent.seconds / self.harmful if self.harmful else None


@dataclass(frozen=True)
class RoundCost:
    """What a round cost by now.

    Attributes
    ----------
    all, strategy, lot
        All of it, and by who chose the post.
    computed_seconds
        How long a worker was at it, from its start to its end; None before the end.
    """

    all: ArmCost
    strategy: ArmCost
    lot: ArmCost
    computed_seconds: float | None

    @property
    def seconds_left(self) -> float | None:
        """People's time for the answers still waited for, if they take as long as those given; None if none is."""
        each = self.all.spent.seconds_each
        return None if each is None else each * self.all.spent.waited_for


def round_cost(found: Round) -> RoundCost:
    """Return what the round has cost by now."""
    picks = Pick.objects.filter(round=found)
    return RoundCost(
        all=_arm(found, picks),
        strategy=_arm(found, picks.filter(is_random=False)),
        lot=_arm(found, picks.filter(is_random=True)),
        computed_seconds=_computed(found),
    )


def _computed(found: Round) -> float | None:
    job = found.job
    if job is None or job.started_at is None or job.finished_at is None:
        return None
    return (job.finished_at - job.started_at).total_seconds()


def _arm(found: Round, picks: QuerySet[Pick]) -> ArmCost:
    harmful = release_get(found.release_id).clauses[found.clause_key].harmful_values
    decided = decisions_current(
        found.project_id, release_id=found.release_id, clause_keys=[found.clause_key]
    ).filter(post_id__in=picks.values("post_id"))
    tallied = decided.aggregate(decided=Count("pk"), harmful=Count("pk", filter=Q(answer__in=harmful)))
    tasks = tasks_in(found.project_id).filter(pk__in=picks.filter(task_id__isnull=False).values("task_id"))
    return ArmCost(picks.count(), tallied["decided"], tallied["harmful"], spent_on(tasks))
