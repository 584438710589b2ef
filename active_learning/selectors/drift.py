"""How a model does since it suggests: agreement with people week by week, and the posts that came since."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from active_learning.domain.drift import (
    APART_TOLD,
    INDEX_TOLD,
    LEAST_DECISIONS,
    LEAST_POSTS,
    DriftState,
    agreement_expected,
    agreement_state,
    apart_state,
    index_state,
    inputs_state,
    stability_index,
    week_of,
    weeks_recent,
)
from active_learning.domain.harm_scores import scores_read
from active_learning.domain.intervals import Share, share_measured
from active_learning.models import InputMeasure, ModelVersion, Pick
from active_learning.selectors.promotions import (
    heads_promoted,
    meaning_holds,
    meanings_current,
    promotion_last,
)
from annotation.selectors import Decision, answers_suggested, decisions_current, head_answers
from core.content.selectors import Post, posts_in
from policies.selectors import release_fixed

WEEKS_MOST = 12
_DECISIONS_MOST = 20_000


@dataclass(frozen=True)
class WeekAgreement:
    """One week's agreement; ``week`` is its Monday."""

    week: date
    share: Share


@dataclass(frozen=True)
class AgreementDrift:
    """Agreement of decisions with what the model had said since it was promoted last, newest week first.

    ``recent``: of the newest weeks, which are judged, from the Monday ``recent_from`` on. ``influenced``: decisions
    left out because who gave an answer had the suggestion in sight.
    """

    state: DriftState
    weeks: tuple[WeekAgreement, ...]
    recent: Share
    recent_from: date | None
    held_out: Share
    influenced: int
    least: int = LEAST_DECISIONS


@dataclass(frozen=True)
class InputDrift:
    """Posts there were when the model was trained beside those that came since.

    ``before`` and ``since``: how many lie in each of equal bins of their chance of harm. ``apart``: of how many it can
    be told by their content on which side they are.
    """

    measured_at: datetime
    before: tuple[int, ...]
    since: tuple[int, ...]
    index: float | None
    index_state: DriftState
    apart: Share
    apart_state: DriftState
    least: int = LEAST_POSTS
    index_told: float = INDEX_TOLD
    apart_told: float = APART_TOLD

    @property
    def state(self) -> DriftState:
        """What both say together."""
        return inputs_state(self.index_state, self.apart_state)


@dataclass(frozen=True)
class Drift:
    """``inputs`` is None while nothing was measured since the training."""

    agreement: AgreementDrift
    inputs: InputDrift | None

    @property
    def is_told(self) -> bool:
        """Whether either look says that the model drifted."""
        states = {self.agreement.state, None if self.inputs is None else self.inputs.state}
        return DriftState.DRIFTED in states


def drift_of(model: ModelVersion) -> Drift | None:
    """Return what has changed since the model was trained; None where its held-out posts were not kept."""
    if not model.evaluation:
        return None
    return Drift(_agreement(model), _inputs(model))


def models_drifted(project_id: uuid.UUID) -> list[tuple[ModelVersion, Drift]]:
    """Return the project's promoted models of which a look says that they drifted, by clause.

    A model whose clause means something else by now is silent, and left out.
    """
    meanings = meanings_current(project_id)
    rows = ModelVersion.objects.filter(pk__in=heads_promoted(project_id)).select_related("release__policy")
    looked = [
        (model, drift_of(model)) for model in rows.order_by("clause_key") if meaning_holds(model, meanings)
    ]
    return [(model, found) for model, found in looked if found is not None and found.is_told]


def posts_since(model: ModelVersion, moment: datetime) -> QuerySet[Post]:
    """Return the posts of the model's project that were brought in after a moment."""
    return posts_in(model.project_id).filter(created_at__gt=moment)


def _agreement(model: ModelVersion) -> AgreementDrift:
    promotion = promotion_last(model)
    expected = agreement_expected(
        scores_read(model.evaluation["slices"][0]["scores"]),
        None if promotion is None else promotion.threshold,
    )
    counted, influenced = _counted(model, model.pk if promotion is None else promotion.pk)
    weeks = [
        WeekAgreement(week, share_measured(agreed, total))
        for week, (agreed, total) in sorted(counted.items(), reverse=True)
    ]
    recent = weeks[: weeks_recent([one.share.total for one in weeks])]
    share = share_measured(sum(one.share.hits for one in recent), sum(one.share.total for one in recent))
    return AgreementDrift(
        state=agreement_state(share, expected),
        weeks=tuple(weeks[:WEEKS_MOST]),
        recent=share,
        recent_from=recent[-1].week if recent else None,
        held_out=expected,
        influenced=influenced,
    )


def _counted(model: ModelVersion, promoted: uuid.UUID) -> tuple[dict[date, tuple[int, int]], int]:
    """Return by week how many decisions agree, of how many, and how many were left out as influenced.

    What the model said under an earlier promotion does not count: there it may have had another threshold.
    """
    decisions = _decisions(model, promoted)
    said = head_answers(model.pk, [one.post_id for one in decisions])
    submissions = [submission for one in decisions for submission in one.submissions]
    seen = {submission for submission, key in answers_suggested(submissions) if key == model.clause_key}
    harmful = release_fixed(model.release_id).clauses[model.clause_key].harmful_values
    counted: dict[date, tuple[int, int]] = {}
    influenced = 0
    for one in decisions:
        answer = next((answer for key, answer in said.get(one.post_id, ()) if promoted < key < one.pk), None)
        if answer is None:
            continue
        if seen.intersection(one.submissions):
            influenced += 1
            continue
        week = week_of(one.created_at)
        agreed, total = counted.get(week, (0, 0))
        counted[week] = agreed + ((answer in harmful) == (one.answer in harmful)), total + 1
    return counted, influenced


def _decisions(model: ModelVersion, promoted: uuid.UUID) -> list[Decision]:
    """Return decisions since a promotion, on posts that were decided first after it and that no strategy chose.

    What a strategy chooses is hard for the model: beside held-out posts, which lie as they come, it would always look
    worse.
    """
    earlier = Decision.objects.filter(
        project_id=model.project_id,
        clause_key=model.clause_key,
        meaning_revision=model.meaning_revision,
        pk__lt=promoted,
    )
    chosen = Pick.objects.filter(
        round__project_id=model.project_id, round__clause_key=model.clause_key, is_random=False
    )
    rows = decisions_current(
        model.project_id, release_id=model.release_id, clause_keys=[model.clause_key]
    ).filter(pk__gt=promoted)
    fresh = rows.exclude(post_id__in=earlier.values("post_id")).exclude(post_id__in=chosen.values("post_id"))
    return list(
        fresh.only("post_id", "answer", "submissions", "created_at").order_by("-pk")[:_DECISIONS_MOST]
    )


def _inputs(model: ModelVersion) -> InputDrift | None:
    measured = InputMeasure.objects.filter(model=model).order_by("-pk").first()
    before = tuple(model.evaluation.get("inputs", ()))
    if measured is None or not before:
        return None
    since = tuple(measured.bins)
    apart = share_measured(measured.apart_hits, measured.apart_total)
    return InputDrift(
        measured_at=measured.created_at,
        before=before,
        since=since,
        index=stability_index(before, since),
        index_state=index_state(before, since),
        apart=apart,
        apart_state=apart_state(apart),
    )
