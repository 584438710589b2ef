"""How a model does since it suggests: agreement with people week by week, and the posts that came since."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from active_learning.domain.drift import (
    DriftState,
    agreement_expected,
    agreement_state,
    index_by_chance,
    inputs_state,
    stability_index,
    week_of,
)
from active_learning.domain.harm_scores import scores_read
from active_learning.domain.intervals import Share, share_measured
from active_learning.models import InputMeasure, ModelVersion, Pick
from active_learning.selectors.promotions import promotion_held
from annotation.selectors import Decision, answers_suggested, decisions_current, head_answers
from core.content.selectors import Post, posts_in
from policies.selectors import release_fixed

WEEKS_MOST = 12
_DECISIONS_MOST = 50_000


@dataclass(frozen=True)
class WeekAgreement:
    """One week's agreement; ``week`` is its Monday."""

    week: date
    share: Share


@dataclass(frozen=True)
class AgreementDrift:
    """Agreement of decisions with what the model had said, newest week first.

    ``influenced``: decisions left out because who gave an answer had the suggestion in sight.
    """

    state: DriftState
    weeks: tuple[WeekAgreement, ...]
    since: Share
    held_out: Share
    influenced: int


@dataclass(frozen=True)
class InputDrift:
    """Posts by their chance of harm, those known when the model was trained beside those that came since."""

    state: DriftState
    measured_at: datetime
    before: tuple[int, ...]
    since: tuple[int, ...]
    index: float | None
    by_chance: float | None


@dataclass(frozen=True)
class Drift:
    """``inputs`` is None while nothing was measured since the training."""

    agreement: AgreementDrift
    inputs: InputDrift | None


def drift_of(model: ModelVersion) -> Drift | None:
    """Return what has changed since the model was trained; None where its held-out posts were not kept."""
    if not model.evaluation:
        return None
    return Drift(_agreement(model), _inputs(model))


def posts_since(model: ModelVersion, moment: datetime) -> QuerySet[Post]:
    """Return the posts of the model's project that were brought in after a moment."""
    return posts_in(model.project_id).filter(created_at__gt=moment)


def _agreement(model: ModelVersion) -> AgreementDrift:
    held = promotion_held(model)
    expected = agreement_expected(
        scores_read(model.evaluation["slices"][0]["scores"]), None if held is None else held.threshold
    )
    decisions = _decisions(model)
    said = head_answers(model.pk, [one.post_id for one in decisions])
    seen = {
        submission
        for submission, key in answers_suggested(_submissions(decisions))
        if key == model.clause_key
    }
    harmful = release_fixed(model.release_id).clauses[model.clause_key].harmful_values
    agreed: Counter[date] = Counter()
    counted: Counter[date] = Counter()
    influenced = 0
    for one in decisions:
        answer = next((answer for key, answer in said.get(one.post_id, ()) if key < one.pk), None)
        if answer is None:
            continue
        if seen.intersection(one.submissions):
            influenced += 1
            continue
        week = week_of(one.created_at)
        counted[week] += 1
        agreed[week] += (answer in harmful) == (one.answer in harmful)
    since = share_measured(sum(agreed.values()), sum(counted.values()))
    weeks = sorted(counted, reverse=True)[:WEEKS_MOST]
    return AgreementDrift(
        state=agreement_state(since, expected),
        weeks=tuple(WeekAgreement(week, share_measured(agreed[week], counted[week])) for week in weeks),
        since=since,
        held_out=expected,
        influenced=influenced,
    )


def _decisions(model: ModelVersion) -> list[Decision]:
    """Return decisions on posts that were decided first after the training and that no strategy chose.

    What a strategy chooses is hard for the model: beside held-out posts, which lie as they come, it would always look
    worse.
    """
    earlier = Decision.objects.filter(
        project_id=model.project_id,
        clause_key=model.clause_key,
        meaning_revision=model.meaning_revision,
        pk__lt=model.pk,
    )
    chosen = Pick.objects.filter(
        round__project_id=model.project_id, round__clause_key=model.clause_key, is_random=False
    )
    rows = decisions_current(
        model.project_id, release_id=model.release_id, clause_keys=[model.clause_key]
    ).filter(pk__gt=model.pk)
    fresh = rows.exclude(post_id__in=earlier.values("post_id")).exclude(post_id__in=chosen.values("post_id"))
    return list(
        fresh.only("post_id", "answer", "submissions", "created_at").order_by("-pk")[:_DECISIONS_MOST]
    )


def _submissions(decisions: Sequence[Decision]) -> list[uuid.UUID]:
    return [submission for one in decisions for submission in one.submissions]


def _inputs(model: ModelVersion) -> InputDrift | None:
    measured = InputMeasure.objects.filter(model=model).order_by("-pk").first()
    before = tuple(model.evaluation.get("inputs", ()))
    if measured is None or not before:
        return None
    since = tuple(measured.bins)
    index = stability_index(before, since)
    totals = sum(before), sum(since)
    return InputDrift(
        state=inputs_state(index, *totals, bins=len(before)),
        measured_at=measured.created_at,
        before=before,
        since=since,
        index=index,
        by_chance=index_by_chance(*totals, bins=len(before)) if all(totals) else None,
    )
