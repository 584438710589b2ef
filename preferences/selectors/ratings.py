"""Ratings of the models whose responses were compared."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from core.accounts.selectors import Actor, Capability, project_get
from core.jobs.selectors import Job, jobs_in
from policies.errors import ReleaseNotFoundError
from policies.selectors import ClauseView, ReleaseView, release_get, releases_current
from preferences.domain.paircounts import PairCounts, pair_counts_of
from preferences.domain.ratings import leaderboard
from preferences.errors import AxesUnknownError, ReleaseMissingError, ReleaseNotComparingError

INLINE_ANSWERS = 200_000
"""Up to so many answers a page waits for its ratings; beyond, a worker makes them."""

_ANSWERS = """
FROM preferences_axis_answer answer
JOIN preferences_judgment judgment ON judgment.id = answer.judgment_id
JOIN queue_submission submission ON submission.id = judgment.submission_id AND submission.slot_id IS NOT NULL
JOIN preferences_comparison comparison ON comparison.id = judgment.comparison_id
JOIN preferences_response a ON a.id = comparison.response_a_id
JOIN preferences_response b ON b.id = comparison.response_b_id
WHERE judgment.project_id = %(project)s AND answer.clause_key = %(clause)s AND answer.meaning_revision = %(meaning)s
  AND a.source_model <> '' AND b.source_model <> '' AND a.source_model <> b.source_model
  AND NOT EXISTS (SELECT 1 FROM queue_submission later WHERE later.supersedes_id = submission.id)
"""

# Both good and both unacceptable say that neither is better; for a rating that is a tie.
_COUNTS = f"""
SELECT first, second, count(*) FILTER (WHERE shown < 0), count(*) FILTER (WHERE shown > 0),
       count(*) FILTER (WHERE shown = 0)
FROM (
  SELECT CASE WHEN judgment.swapped THEN b.source_model ELSE a.source_model END AS first,
         CASE WHEN judgment.swapped THEN a.source_model ELSE b.source_model END AS second,
         CASE WHEN judgment.swapped THEN -answer.value ELSE answer.value END AS shown
  {_ANSWERS}
) AS shown_pairs
GROUP BY first, second
ORDER BY first, second
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class RatingsView:
    """Ratings on one axis under one release, or the way to them.

    ``state`` is ready, fitting (``job`` makes them), needed (too many to wait for: start the job) or no_axes
    (nothing in effect asks for comparisons yet). ``result`` may be there while newer ratings are fitted;
    ``rated_at`` says when a worker made it, null when it was made for this answer.
    """

    release: ReleaseView | None
    axis: ClauseView | None
    axes: list[ClauseView]
    state: str
    job: Job | None
    result: dict[str, Any] | None
    rated_at: datetime | None = None


def ratings_get(
    actor: Actor, project_id: UUID, *, release_id: UUID | None, clause_key: str | None
) -> RatingsView:
    """Return the ratings on one axis; without a key, the release's first.

    Raises
    ------
    ReleaseNotFoundError, ReleaseNotComparingError, AxesUnknownError
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    try:
        release, axis = axis_choose(project.pk, release_id=release_id, clause_key=clause_key)
    except ReleaseMissingError:
        return RatingsView(None, None, [], "no_axes", None, None)
    key, meaning = axis.key, axis.meaning_revision
    axes = list(release.axis_clauses)
    if _answers_at_most(project.pk, clause_key=key, meaning_revision=meaning, most=INLINE_ANSWERS):
        fitted = ratings_fit(project.pk, clause_key=key, meaning_revision=meaning)
        return RatingsView(release, axis, axes, "ready", None, fitted)
    jobs = jobs_in(project).filter(
        kind="preferences.fit_ratings", params__clause_key=key, params__meaning_revision=meaning
    )
    job, made = jobs.order_by("-id").first(), jobs.filter(state="succeeded").order_by("-id").first()
    running = job is not None and job.state in ("queued", "running")
    return RatingsView(
        release,
        axis,
        axes,
        "fitting" if running else "ready" if made else "needed",
        job,
        made.result if made else None,
        made.finished_at if made else None,
    )


def axis_choose(
    project_id: UUID, *, release_id: UUID | None, clause_key: str | None
) -> tuple[ReleaseView, ClauseView]:
    """Return the release and axis asked for: by default the first axis of the first release in effect that has one."""
    release = release_comparing(project_id, release_id=release_id)
    axes = {clause.key: clause for clause in release.axis_clauses}
    if clause_key is None:
        return release, next(iter(axes.values()))
    if clause_key not in axes:
        raise AxesUnknownError(release=release.label, keys=repr(clause_key[:80]), axes=", ".join(axes))
    return release, axes[clause_key]


def release_comparing(project_id: UUID, *, release_id: UUID | None) -> ReleaseView:
    """Return a release with axes: the one asked for, or the first in effect.

    Raises
    ------
    ReleaseNotFoundError
        When the one asked for is not the project's.
    ReleaseMissingError, ReleaseNotComparingError
    """
    if release_id is not None:
        release = release_get(release_id)
        if release.project_id != project_id:
            raise ReleaseNotFoundError()
        if not release.axis_clauses:
            raise ReleaseNotComparingError(release=release.label)
        return release
    chosen = next((each for each in releases_current(project_id) if each.axis_clauses), None)
    if chosen is None:
        raise ReleaseMissingError()
    return chosen


def pair_counts(project_id: UUID, *, clause_key: str, meaning_revision: int) -> tuple[PairCounts, list[str]]:
    """Return the aggregated results between models on one axis, and the models' names in the counts' order."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"project": project_id, "clause": clause_key, "meaning": meaning_revision})
        rows = cursor.fetchall()
    names = sorted({name for first, second, *_ in rows for name in (first, second)})
    place = {name: index for index, name in enumerate(names)}
    counts = pair_counts_of(
        ((place[first], place[second], won, lost, tied) for first, second, won, lost, tied in rows),
        items=len(names),
    )
    return counts, names


def ratings_fit(project_id: UUID, *, clause_key: str, meaning_revision: int) -> dict[str, Any]:
    """Return the leaderboard on one axis as JSON, with how many answers it rests on."""
    counts, names = pair_counts(project_id, clause_key=clause_key, meaning_revision=meaning_revision)
    board = leaderboard(counts, names=names)
    return {**asdict(board), "answers": int(counts.totals.sum())}


def _answers_at_most(project_id: UUID, *, clause_key: str, meaning_revision: int, most: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 {_ANSWERS} LIMIT %(most)s + 1) AS counted",  # noqa: S608 - made of constants
            {"project": project_id, "clause": clause_key, "meaning": meaning_revision, "most": most},
        )
        return bool(cursor.fetchone()[0] <= most)
