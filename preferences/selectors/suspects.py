"""Judgments that fight everything else on one axis, as measured last, and what reviewers made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from core.queue.selectors import reviews_of
from preferences.domain.judging import Share, share_of
from preferences.domain.suspicion import Judged, suspects_of, suspicion_measured
from preferences.models import JudgingMeasure
from preferences.selectors.rating_counts import ANSWERS, DOUBLINGS, RatingScope

MOST_SUSPECTS = 100
MOST_JUDGMENTS = 100_000
"""The newest so many are looked at: of older ones nobody remembers why."""

# What follows from an answer about a slate is no judgment of its own; a reviewer's own is beside what it corrects.
_JUDGED = f"""
SELECT submission.id, comparison.id, judgment.person_id, a.source_model, b.source_model, sign(answer.value)::int,
       NOT judgment.swapped, {DOUBLINGS},
       EXISTS (
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
{ANSWERS} AND answer.weight = 1
ORDER BY judgment.id DESC LIMIT %(most)s
"""  # noqa: S608 - made of constants


def suspects_measured(project_id: UUID, *, scope: RatingScope) -> list[dict[str, Any]]:
    """Return the judgments that everything else makes least probable, the least probable first; people by identifier.

    Among them are those whose own person said the opposite when asked again with the sides swapped, where everything
    else does so too. Those that a reviewer spoke on are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_JUDGED, {**scope.params(project_id), "most": MOST_JUDGMENTS})
        rows = cursor.fetchall()
    if not rows:
        return []
    _, comparison = np.unique([str(row[1]) for row in rows], return_inverse=True)
    people, person = np.unique([str(row[2]) for row in rows], return_inverse=True)
    models, sides = np.unique([[row[3], row[4]] for row in rows], return_inverse=True)
    sides = sides.reshape(-1, 2)
    judged = Judged(
        items=len(models),
        people=len(people),
        comparison=comparison,
        person=person,
        one=sides[:, 0],
        other=sides[:, 1],
        # Stored order: below zero A is better.
        lean=-np.array([row[5] for row in rows], dtype=np.int64),
        a_first=np.array([row[6] for row in rows], dtype=np.bool_),
        doublings=np.array([float(row[7]) for row in rows]),
    )
    turned = np.array([row[8] for row in rows], dtype=np.bool_)
    measured = suspicion_measured(judged)
    likely = suspects_of(measured, turned)
    spoken = reviews_of([rows[place][0] for place in likely])
    return [
        {
            "submission_id": str(rows[place][0]),
            "comparison_id": str(rows[place][1]),
            "person": str(rows[place][2]),
            "preferred": "a" if judged.lean[place] > 0 else "b",
            "probability": float(measured.probability[place]),
            "reliability": float(measured.reliability[place]),
            "others": int(measured.others[place]),
            "against": int(measured.against[place]),
            "turned": bool(turned[place]),
        }
        for place in likely
        if rows[place][0] not in spoken
    ][:MOST_SUSPECTS]


def suspects_reviewed(project_id: UUID, *, clause_key: str, meaning_revision: int) -> Share:
    """Return of how many suspects, of all measures of the axis, reviewers said that they were wrong.

    Given back or amended is wrong, accepted is right: the precision of the list so far.
    """
    found = JudgingMeasure.objects.filter(
        project_id=project_id, clause_key=clause_key, meaning_revision=meaning_revision
    ).values_list("found__suspects", flat=True)
    doubted = {UUID(each["submission_id"]) for suspects in found for each in suspects or []}
    newest = [reviews[0].outcome for reviews in reviews_of(doubted).values()]
    return share_of(sum(outcome != "accepted" for outcome in newest), len(newest))


def submissions_suspected(project_id: UUID, *, clause_key: str) -> list[UUID]:
    """Return the suspects of the newest measure of an axis, whichever meaning it had."""
    newest = (
        JudgingMeasure.objects.filter(project_id=project_id, clause_key=clause_key).order_by("-id").first()
    )
    suspects: list[Mapping[str, Any]] = [] if newest is None else newest.found.get("suspects", [])
    return [UUID(each["submission_id"]) for each in suspects]
