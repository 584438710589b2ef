"""Pairs with known answers, and how people did on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from core.queue.marks_registry import PersonMark
from policies.selectors import ClauseView, release_get, releases_current
from policies.services import StoppedMeaning
from preferences.domain.gold import PairKind
from preferences.models import GoldPair, GoldPairAnswer, GoldPairResult


@dataclass(frozen=True, slots=True)
class KnownAxis:
    """One known answer, with how many people answered it and how many as known."""

    clause_key: str
    meaning_from: int
    meaning_to: int | None
    outcomes: list[str]
    answered: int
    passed: int


@dataclass(frozen=True, slots=True)
class GoldPairView:
    """A pair with known answers as those who keep it see it."""

    id: UUID
    kind: str
    explanation: str
    answers: list[KnownAxis]


@dataclass(frozen=True, slots=True)
class OwnKnownAxis:
    """How a person did on one axis of a pair whose answer was known."""

    clause_key: str
    title: str
    outcome: str
    passed: bool


@dataclass(frozen=True, slots=True)
class OwnKnownPair:
    """A person's judgment of a pair whose answer was known; it passed where every known axis did.

    The pair goes by the lease it was judged under: its own name may tell where its responses came from.
    """

    submission_id: UUID
    lease_id: UUID
    kind: str
    explanation: str
    passed: bool
    created_at: datetime
    axes: list[OwnKnownAxis]


def own_known_pairs(project_id: UUID, person_id: UUID, *, most: int = 200) -> list[OwnKnownPair]:
    """Return the person's own results on known pairs, newest first; what is still to come is never among them."""
    rows = (
        results_standing(project_id)
        .filter(person_id=person_id)
        .select_related("item", "submission__task")
        .order_by("-submission_id", "clause_key")
    )
    found: list[OwnKnownPair] = []
    for submission_id, of_pair in groupby(rows.iterator(chunk_size=500), key=lambda row: row.submission_id):
        results = list(of_pair)
        item, submission = results[0].item, results[0].submission
        clauses = release_get(submission.task.release_id).clauses
        found.append(
            OwnKnownPair(
                submission_id=submission_id,
                lease_id=submission.lease_id,
                kind=item.kind,
                explanation=item.explanation,
                passed=all(row.passed for row in results),
                created_at=submission.created_at,
                axes=[
                    OwnKnownAxis(row.clause_key, clauses[row.clause_key].title, row.outcome, row.passed)
                    for row in results
                ],
            )
        )
        if len(found) == most:
            break
    return found


def own_known_counts(project_id: UUID, person_id: UUID) -> dict[str, tuple[int, int]]:
    """Return by kind how many known pairs a person judged, and of how many every known axis was right."""
    rows = (
        results_standing(project_id)
        .filter(person_id=person_id)
        .values_list("item__kind", "submission_id")
        .annotate(failed=Count("id", filter=Q(passed=False)))
    )
    counts = {str(kind): (0, 0) for kind in PairKind}
    for kind, _, failed in rows:
        answered, passed = counts[kind]
        counts[kind] = (answered + 1, passed + (failed == 0))
    return counts


def results_standing(project_id: UUID) -> QuerySet[GoldPairResult]:
    """Return the results that stand: of a corrected judgment those of the correction."""
    newer = GoldPairResult.objects.filter(
        submission__task_id=OuterRef("submission__task_id"),
        clause_key=OuterRef("clause_key"),
        id__gt=OuterRef("id"),
    )
    return GoldPairResult.objects.filter(~Exists(newer), project_id=project_id)


def marks_on_pairs(project_id: UUID) -> Iterator[PersonMark]:
    """Yield, of each answer to a pair that was known, whether it was right on every axis, oldest first."""
    rows = (
        results_standing(project_id)
        .values_list("person_id", "submission_id")
        .annotate(failed=Count("id", filter=Q(passed=False)), at=Max("created_at"))
        .order_by("at", "submission_id")
    )
    for person_id, _, failed, at in rows:
        yield PersonMark(person_id, at, failed == 0)


def axes_askable(project_id: UUID) -> list[ClauseView]:
    """Return the axes that comparisons of the project are asked on now; none where no release has any."""
    asking = next((each for each in releases_current(project_id) if each.axis_clauses), None)
    return [] if asking is None else list(asking.axis_clauses)


def gold_answers_citing(project_id: UUID, meanings: Sequence[StoppedMeaning]) -> QuerySet[GoldPairAnswer]:
    """Return the known answers in use that hold for one of ``meanings``."""
    cites = Q(pk__in=[])
    for meaning in meanings:
        cites |= Q(clause_key=meaning.clause_key, meaning_from__lte=meaning.before) & (
            Q(meaning_to__isnull=True) | Q(meaning_to__gte=meaning.before)
        )
    return GoldPairAnswer.objects.filter(cites, item__project_id=project_id, item__retired_at__isnull=True)


def comparisons_gold(comparison_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the comparisons whose answers are known now."""
    rows = GoldPair.objects.filter(comparison_id__in=comparison_ids, retired_at__isnull=True)
    return set(rows.values_list("comparison_id", flat=True))


def comparisons_gold_between(project_id: UUID, first: UUID, last: UUID) -> set[UUID]:
    """Return those of the project's comparisons from the first to the last whose answers are known now."""
    rows = GoldPair.objects.filter(
        project_id=project_id,
        comparison_id__gte=first,
        comparison_id__lte=last,
        retired_at__isnull=True,
    )
    return set(rows.values_list("comparison_id", flat=True))


def gold_pair_of(comparison_id: UUID) -> GoldPairView | None:
    """Return what is known of a comparison now; the caller has passed its door."""
    item = (
        GoldPair.objects.filter(comparison_id=comparison_id, retired_at__isnull=True)
        .prefetch_related("answers")
        .first()
    )
    if item is None:
        return None
    tallies: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    counted = results_standing(item.project_id).filter(item=item).values_list("clause_key")
    for key, answered, passed in counted.annotate(
        answered=Count("id"), right=Count("id", filter=Q(passed=True))
    ):
        tallies[key] = (answered, passed)
    return GoldPairView(
        id=item.pk,
        kind=item.kind,
        explanation=item.explanation,
        answers=[
            KnownAxis(
                row.clause_key, row.meaning_from, row.meaning_to, row.outcomes, *tallies[row.clause_key]
            )
            for row in sorted(item.answers.all(), key=lambda row: row.clause_key)
        ],
    )
