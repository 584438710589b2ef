"""What the sampler of pairs looks at: comparisons that wait, what was answered, what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from core.queue.selectors import Task
from preferences.domain.forms import Form
from preferences.domain.pair_sampling import Candidates, Refusals
from preferences.domain.paircounts import PairCounts
from preferences.models import Comparison, Judgment
from preferences.pair_scores_registry import pair_scores
from preferences.selectors.comparisons import COUNTS
from preferences.selectors.material import guarding_post
from preferences.selectors.rating_counts import RatingScope, pair_counts

_REFUSED = """
SELECT response.source_model, count(*) FILTER (WHERE NOT assessment.acceptable),
       count(*) FILTER (WHERE assessment.acceptable)
FROM preferences_response_assessment assessment
JOIN preferences_judgment judgment ON judgment.id = assessment.judgment_id
JOIN queue_submission submission ON submission.id = judgment.submission_id AND submission.slot_id IS NOT NULL
JOIN preferences_comparison comparison ON comparison.id = judgment.comparison_id
JOIN preferences_response response
  ON response.id = CASE WHEN assessment.side = 'a' THEN comparison.response_a_id ELSE comparison.response_b_id END
WHERE judgment.project_id = %(project)s AND judgment.asked = 'work' AND assessment.acceptable IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM queue_submission later
    WHERE later.supersedes_id = submission.id AND later.supersedes_id IS NOT NULL)
GROUP BY 1
"""


@dataclass(frozen=True)
class Waiting:
    """Comparisons of two named models that wait to be asked about, as candidates over the models of ``counts``.

    ``comparisons`` are (id, post or null, language) in the order of the candidates; ``others`` name no two models.
    ``counts`` holds what was answered, and what is on its way as answered half one way and half the other.
    """

    comparisons: list[tuple[UUID, UUID | None, str]]
    others: list[tuple[UUID, UUID | None, str]]
    candidates: Candidates
    counts: PairCounts
    refusals: Refusals


def pairs_waiting(
    project_id: UUID, waiting: QuerySet[Comparison], *, scope: RatingScope, release_id: UUID
) -> Waiting:
    """Return what there is to choose from for one axis."""
    rows = list(
        waiting.values_list(
            "pk",
            guarding_post(Form.PAIR),
            "response_a__source_model",
            "response_b__source_model",
            "prompt__language",
        )
    )
    paired = [row for row in rows if row[2] and row[3] and row[2] != row[3]]
    scored = pair_scores(project_id, [row[0] for row in paired])
    named = pair_counts(project_id, scope=scope)
    asked = _on_their_way(project_id, release_id)
    names = sorted(
        {*named.names, *(name for row in paired for name in row[2:4]), *(n for a in asked for n in a[:2])}
    )
    place = {name: index for index, name in enumerate(names)}
    return Waiting(
        comparisons=[(row[0], row[1], row[4]) for row in paired],
        others=[(row[0], row[1], row[4]) for row in rows if not (row[2] and row[3] and row[2] != row[3])],
        candidates=Candidates(
            np.array([place[row[2]] for row in paired], dtype=np.int64),
            np.array([place[row[3]] for row in paired], dtype=np.int64),
            predicted=np.array([scored.get(row[0], np.nan) for row in paired], dtype=np.float64)
            if scored
            else None,
        ),
        counts=_with_asked(named.counts, [place[name] for name in named.names], asked, place),
        refusals=_refusals(project_id, place),
    )


def _on_their_way(project_id: UUID, release_id: UUID) -> list[tuple[str, str, int]]:
    """Return how many comparisons of each two models are asked about under the release and not answered yet."""
    asked = Task.objects.filter(comparison_id=OuterRef("pk"), release_id=release_id, state="open")
    answered = Judgment.objects.filter(COUNTS, comparison_id=OuterRef("pk"))
    rows = (
        Comparison.objects.filter(Exists(asked), ~Exists(answered), project_id=project_id)
        .exclude(response_a__source_model="")
        .exclude(response_b__source_model="")
        .order_by()
        .values_list("response_a__source_model", "response_b__source_model")
        .annotate(count=Count("pk"))
    )
    return [(one, other, count) for one, other, count in rows if one != other]


def _with_asked(
    counts: PairCounts, moved: Sequence[int], asked: Sequence[tuple[str, str, int]], place: dict[str, int]
) -> PairCounts:
    """Return the counts over all models, with what is asked already taken for half won and half lost."""
    to = np.array(moved, dtype=np.int64)
    one = np.array([place[each[0]] for each in asked], dtype=np.int64)
    other = np.array([place[each[1]] for each in asked], dtype=np.int64)
    half = np.array([each[2] / 2 for each in asked], dtype=np.float64)
    plain = replace(counts.without_covariates(), clusters=None)
    return PairCounts(
        len(place),
        np.concatenate([to[plain.first], one]) if plain.first.size else one,
        np.concatenate([to[plain.second], other]) if plain.first.size else other,
        np.concatenate([plain.wins_first, half]),
        np.concatenate([plain.wins_second, half]),
        np.concatenate([plain.ties, np.zeros_like(half)]),
    )


def _refusals(project_id: UUID, place: dict[str, int]) -> Refusals:
    refused, accepted = np.zeros(len(place)), np.zeros(len(place))
    with connection.cursor() as cursor:
        cursor.execute(_REFUSED, {"project": project_id})
        for name, no, yes in cursor.fetchall():
            if name in place:
                refused[place[name]], accepted[place[name]] = no, yes
    return Refusals(refused, accepted)
