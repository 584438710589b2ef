"""Gold items with how people did on them, and people with how they did on gold."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from annotation.domain.counts import Figure
from annotation.domain.gold import holds_for
from annotation.models import GoldAnswer, GoldItem, GoldResult
from annotation.selectors.decisions import BEGINNING
from core.figures.intervals import wilson
from policies.selectors import ReleaseView

NOBODY_FROM = 4
"""From so many people on whom none got an answer right, the gold or the rule is to be looked at."""


@dataclass(frozen=True, slots=True)
class ClauseGold:
    """One known answer: the meanings it is known for, whether that is today's, and how people did."""

    answer: GoldAnswer
    title: str
    holds_now: bool
    answered: int
    passed: int

    @property
    def nobody_gets_it(self) -> bool:
        """Whether the answer or the rule is to be looked at: many tried and nobody was right."""
        return self.answered >= NOBODY_FROM and self.passed == 0


@dataclass(frozen=True, slots=True)
class GoldView:
    """A gold item as those who keep it see it."""

    item: GoldItem
    external_id: str
    excerpt: str
    release_label: str
    clauses: list[ClauseGold]

    @property
    def is_offered(self) -> bool:
        """Whether it may still be handed out: not retired, and some answer holds today."""
        return self.item.retired_at is None and any(clause.holds_now for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class GoldTally:
    """Results on gold: items passed (all clauses known), with the interval, and the same by clause."""

    answered: int = 0
    passed: int = 0
    by_clause: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def share(self) -> Figure:
        """Share passed, with Wilson's 95 % interval."""
        return share_of(self.passed, self.answered)


@dataclass(frozen=True, slots=True)
class OwnGold:
    """One's own result on one post whose answer was known: told only where the project shows results."""

    external_id: str
    submission_id: uuid.UUID
    created_at: datetime
    passed: bool
    explanation: str
    clauses: list[GoldResult]


def share_of(passed: int, answered: int) -> Figure:
    """Return a share with its 95 % interval."""
    if not answered:
        return Figure(None, undefined_because="No post with a known answer was answered yet.")
    low, high = wilson(passed, answered)
    return Figure(passed / answered, low, high)


def results_standing(project_id: uuid.UUID) -> QuerySet[GoldResult]:
    """Return the results that stand, onboarding left out: of a corrected answer those of the correction."""
    newer = GoldResult.objects.filter(
        submission__task_id=OuterRef("submission__task_id"),
        clause_key=OuterRef("clause_key"),
        id__gt=OuterRef("id"),
    )
    return GoldResult.objects.filter(~Exists(newer), project_id=project_id, onboarding_try__isnull=True)


def gold_items(project_id: uuid.UUID) -> QuerySet[GoldItem]:
    """Return the project's gold, retired ones too; the caller has passed the project's door."""
    return (
        GoldItem.objects.filter(project_id=project_id)
        .select_related("post", "release", "release__policy")
        .prefetch_related("answers")
        .annotate(excerpt=BEGINNING)
    )


def gold_posts(project_id: uuid.UUID, post_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the posts that are gold now."""
    rows = GoldItem.objects.filter(project_id=project_id, post_id__in=post_ids, retired_at__isnull=True)
    return set(rows.values_list("post_id", flat=True))


def gold_views(
    project_id: uuid.UUID, items: Sequence[GoldItem], releases: Sequence[ReleaseView]
) -> list[GoldView]:
    """Return the items with how people did, held against the releases in effect."""
    tallies: dict[tuple[uuid.UUID, str], tuple[int, int]] = {
        (item_id, key): (answered, passed)
        for item_id, key, answered, passed in results_standing(project_id)
        .filter(item__in=[item.pk for item in items])
        .values_list("item_id", "clause_key")
        .annotate(answered=Count("id"), passed=Count("id", filter=Q(passed=True)))
    }
    current = {release.policy_id: release for release in releases}
    return [_view(item, current.get(item.release.policy_id), tallies) for item in items]


def gold_tallies(project_id: uuid.UUID, person_id: uuid.UUID | None = None) -> dict[uuid.UUID, GoldTally]:
    """Return, by person, how they did on gold."""
    rows = results_standing(project_id)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    by_clause: dict[uuid.UUID, dict[str, tuple[int, int]]] = defaultdict(dict)
    clause_rows = rows.values_list("person_id", "clause_key").annotate(
        answered=Count("id"), passed=Count("id", filter=Q(passed=True))
    )
    for person, key, answered, passed in clause_rows:
        by_clause[person][key] = (answered, passed)
    found: dict[uuid.UUID, list[bool]] = defaultdict(list)
    for person, _, failed, _ in submissions_marked(rows):
        found[person].append(failed == 0)
    return {person: GoldTally(len(marks), sum(marks), by_clause[person]) for person, marks in found.items()}


def submissions_marked(
    rows: QuerySet[GoldResult],
) -> QuerySet[GoldResult, tuple[uuid.UUID, uuid.UUID, int, datetime]]:
    """Return (person, submission, clauses failed, when) of each gold answer among the results, oldest first."""
    return (
        rows.values_list("person_id", "submission_id")
        .annotate(failed=Count("id", filter=Q(passed=False)), at=Max("created_at"))
        .order_by("at", "submission_id")
    )


def own_gold(project_id: uuid.UUID, person_id: uuid.UUID) -> list[OwnGold]:
    """Return the person's own results, newest first, up to 200 posts; what is still to come is never among them."""
    known = GoldAnswer.objects.filter(item_id=OuterRef("item_id"), clause_key=OuterRef("clause_key"))
    rows = (
        results_standing(project_id)
        .filter(person_id=person_id)
        .select_related("item", "submission")
        .annotate(external_id=F("item__post__external_id"), reason=Subquery(known.values("reason")[:1]))
        .order_by("-id")[:1000]
    )
    found: dict[uuid.UUID, OwnGold] = {}
    for row in rows:
        held = found.get(row.submission_id)
        if held is None:
            held = OwnGold(
                row.external_id,
                row.submission_id,
                row.submission.created_at,
                True,
                row.item.explanation,
                [],
            )
        held.clauses.append(row)
        passed = held.passed and row.passed
        found[row.submission_id] = OwnGold(
            held.external_id, held.submission_id, held.created_at, passed, held.explanation, held.clauses
        )
    return list(found.values())[:200]


def _view(
    item: GoldItem,
    release: ReleaseView | None,
    tallies: dict[tuple[uuid.UUID, str], tuple[int, int]],
) -> GoldView:
    clauses = []
    for answer in sorted(item.answers.all(), key=lambda one: one.clause_key):
        clause = None if release is None else release.clauses.get(answer.clause_key)
        revision = None if clause is None else clause.meaning_revision
        answered, passed = tallies.get((item.pk, answer.clause_key), (0, 0))
        clauses.append(
            ClauseGold(
                answer,
                answer.clause_key if clause is None else clause.title,
                holds_for(answer.meaning_from, answer.meaning_to, revision),
                answered,
                passed,
            )
        )
    label = f"{item.release.policy.key}@{item.release.number}"
    excerpt = getattr(item, "excerpt", None) or ""
    return GoldView(item, item.post.external_id, excerpt, label, clauses)
