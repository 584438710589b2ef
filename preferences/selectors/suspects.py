"""Answers that fight everything else on one axis, as measured last, and what reviewers made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform

from core.accounts.selectors import Actor, Capability, project_get
from core.queue.selectors import reviews_of
from preferences.domain.judging import Share, share_of
from preferences.domain.suspicion import (
    FOLDS,
    SEED,
    SUSPICIOUS_BELOW,
    TURNED_BELOW,
    Judged,
    others_beside,
    suspects_of,
    suspicion_measured,
)
from preferences.models import JudgingMeasure
from preferences.selectors.rating_counts import ANSWERS, DOUBLINGS, RatingScope

MOST_SUSPECTS = 100
MOST_JUDGMENTS = 100_000
"""The newest so many are looked at, of an order each pair: of older ones nobody remembers why."""
SETTINGS: dict[str, float] = {
    "below": SUSPICIOUS_BELOW,
    "turned_below": TURNED_BELOW,
    "folds": FOLDS,
    "seed": SEED,
    "most_judgments": MOST_JUDGMENTS,
    "most_suspects": MOST_SUSPECTS,
}
"""What a scan goes by, kept with what it found."""

# A reviewer's own is beside what it corrects. Slates are not asked again.
_JUDGED = f"""
SELECT submission.id, comparison.id, comparison.slate_id, judgment.person_id, a.source_model, b.source_model,
       sign(answer.value)::int, NOT judgment.swapped, {DOUBLINGS}, answer.weight,
       comparison.slate_id IS NULL AND EXISTS (
         SELECT 1 FROM preferences_judgment again
         JOIN preferences_axis_answer later ON later.judgment_id = again.id
           AND later.clause_key = answer.clause_key AND later.meaning_revision = answer.meaning_revision
         JOIN queue_submission said ON said.id = again.submission_id AND said.slot_id IS NOT NULL
         WHERE again.comparison_id = judgment.comparison_id AND again.person_id = judgment.person_id
           AND again.asked = 'again' AND again.id > judgment.id
           AND sign(later.value) * sign(answer.value) < 0
           AND NOT EXISTS (
             SELECT 1 FROM queue_submission newer
             WHERE newer.supersedes_id = said.id AND newer.supersedes_id IS NOT NULL))
{ANSWERS}
ORDER BY judgment.id DESC LIMIT %(most)s
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class _Answer:
    """Whose answer about which pair or slate it is."""

    submission_id: UUID
    comparison_id: UUID
    slate_id: UUID | None
    person_id: UUID
    lean: int
    turned: bool

    def told(self) -> dict[str, Any]:
        """Return it as JSON; what it preferred only of a pair."""
        whole = self.slate_id is not None
        return {
            "submission_id": str(self.submission_id),
            "comparison_id": None if whole else str(self.comparison_id),
            "slate_id": str(self.slate_id) if whole else None,
            "person": str(self.person_id),
            "preferred": None if whole else "a" if self.lean > 0 else "b",
            "turned": self.turned,
        }


def suspects_measured(project_id: UUID, *, scope: RatingScope) -> dict[str, Any]:
    """Return the answers that everything else makes least probable, and how they were looked for.

    ``suspects`` has the least probable first; people by identifier. Among them are those whose own person said the
    opposite when asked again with the sides swapped, where everything else does so too. Those that a reviewer spoke on
    are left out. ``scan`` tells how many ``judgments`` of pairs and ``orders`` of slates were looked at, and the
    ``settings``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_JUDGED, {**scope.params(project_id), "most": MOST_JUDGMENTS})
        rows = cursor.fetchall()
    judged, answers = _judged(rows)
    orders = sum(answer.slate_id is not None for answer in answers)
    scan = {"judgments": len(answers) - orders, "orders": orders, "settings": SETTINGS}
    if not answers:
        return {"suspects": [], "scan": scan}
    measured = suspicion_measured(judged)
    likely = suspects_of(measured, np.array([answer.turned for answer in answers], dtype=np.bool_))
    spoken = reviews_of([answers[place].submission_id for place in likely])
    waiting = [place for place in likely if answers[place].submission_id not in spoken][:MOST_SUSPECTS]
    suspects = []
    for place in waiting:
        others, against = others_beside(judged, place)
        suspects.append(
            {
                **answers[place].told(),
                "probability": float(measured.probability[place]),
                "reliability": float(measured.reliability[place]),
                "others": others,
                "against": against,
            }
        )
    return {"suspects": suspects, "scan": scan}


def _judged(rows: Sequence[Sequence[Any]]) -> tuple[Judged, list[_Answer]]:
    """Return the pairs that were ordered, and by their places the answers they follow from."""
    submissions, first, answer = np.unique(
        [str(row[0]) for row in rows], return_index=True, return_inverse=True
    )
    _, comparison = np.unique([str(row[1]) for row in rows], return_inverse=True)
    people, person = np.unique([str(row[3]) for row in rows], return_inverse=True)
    models, sides = np.unique([[row[4], row[5]] for row in rows], return_inverse=True)
    sides = sides.reshape(-1, 2)
    # Stored order: below zero A is better.
    lean = -np.array([row[6] for row in rows], dtype=np.int64)
    judged = Judged(
        items=len(models),
        people=len(people),
        answer=answer,
        comparison=comparison,
        person=person,
        one=sides[:, 0],
        other=sides[:, 1],
        lean=lean,
        a_first=np.array([row[7] for row in rows], dtype=np.bool_),
        doublings=np.array([float(row[8]) for row in rows]),
        weight=np.array([float(row[9]) for row in rows]),
    )
    answers = [
        _Answer(
            rows[place][0], rows[place][1], rows[place][2], rows[place][3], int(lean[place]), rows[place][10]
        )
        for place in first[: len(submissions)].tolist()
    ]
    return judged, answers


def suspects_reviewed(project_id: UUID, *, clause_key: str, meaning_revision: int) -> Share:
    """Return of how many suspects, of all measures of the axis, reviewers said that they were wrong.

    Given back or amended is wrong, accepted is right: the precision of the list so far.
    """
    found = JudgingMeasure.objects.filter(
        project_id=project_id, clause_key=clause_key, meaning_revision=meaning_revision
    ).values_list("found__suspects", flat=True)
    doubted = {UUID(each["submission_id"]) for suspects in found for each in suspects or []}
    newest = [reviews[0].outcome for reviews in reviews_of(doubted).values()]
    return _wrong(newest)


def _wrong(outcomes: Sequence[str]) -> Share:
    return share_of(sum(outcome != "accepted" for outcome in outcomes), len(outcomes))


def scans_list(actor: Actor, project_id: UUID, *, clause_key: str | None) -> QuerySet[JudgingMeasure]:
    """Return every scan for suspects, of one axis or of all; none of a time before how it was done was kept."""
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    rows = JudgingMeasure.objects.filter(project=project, found__scan__isnull=False)
    rows = rows if clause_key is None else rows.filter(clause_key=clause_key)
    return (
        rows.defer("found", "standing")
        .annotate(scan=KeyTransform("scan", "found"), suspects=KeyTransform("suspects", "found"))
        .select_related("requested_by")
    )


def scans_told(scans: Sequence[Any]) -> list[dict[str, Any]]:
    """Return scans of `scans_list` with how many suspects each found, and what reviewers said of these by now."""
    said = {
        submission_id: reviews[0].outcome
        for submission_id, reviews in reviews_of(
            {UUID(each["submission_id"]) for scan in scans for each in scan.suspects}
        ).items()
    }
    told = []
    for scan in scans:
        doubted = [UUID(each["submission_id"]) for each in scan.suspects]
        told.append(
            {
                "id": scan.pk,
                "clause_key": scan.clause_key,
                "meaning_revision": scan.meaning_revision,
                "measured_at": scan.created_at,
                "requested_by": scan.requested_by and scan.requested_by.display_name,
                **scan.scan,
                "suspects": len(doubted),
                "suspected_orders": sum(each.get("slate_id") is not None for each in scan.suspects),
                "wrong": _wrong([said[one] for one in doubted if one in said]),
            }
        )
    return told


def submissions_suspected(project_id: UUID, *, clause_key: str) -> list[UUID]:
    """Return the suspects of the newest measure of an axis, whichever meaning it had."""
    newest = (
        JudgingMeasure.objects.filter(project_id=project_id, clause_key=clause_key).order_by("-id").first()
    )
    suspects: list[Mapping[str, Any]] = [] if newest is None else newest.found.get("suspects", [])
    return [UUID(each["submission_id"]) for each in suspects]
