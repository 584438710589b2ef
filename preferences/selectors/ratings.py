"""Ratings of the models whose responses were compared."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts.selectors import Actor, Capability, project_get
from core.jobs.selectors import Job, jobs_in
from policies.errors import ReleaseNotFoundError
from policies.selectors import ClauseView, ReleaseView, release_get, releases_current
from preferences.domain.ratings import Leaderboard, leaderboard
from preferences.errors import AxesUnknownError, ReleaseMissingError, ReleaseNotComparingError
from preferences.selectors.rating_counts import (
    NamedCounts,
    Over,
    RatingScope,
    answers_at_most,
    answers_rated,
    pair_counts,
    pair_counts_over,
    rating_choices,
)

INLINE_ANSWERS = 50_000
"""Up to so many answers a page waits for its ratings; beyond, a worker makes them."""

MOST_PERIODS = 24


@dataclass(frozen=True)
class Narrowed:
    """Which of an axis's answers are asked about; see `RatingScope`."""

    language: str | None = None
    cited: str | None = None
    month: str | None = None
    under: UUID | None = None
    over: Over | None = None

    def of(self, axis: ClauseView) -> RatingScope:
        """Return the scope on an axis."""
        return RatingScope(axis.key, axis.meaning_revision, **vars(self))


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
    actor: Actor,
    project_id: UUID,
    *,
    release_id: UUID | None,
    clause_key: str | None,
    narrowed: Narrowed = Narrowed(),
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
    axes = list(release.axis_clauses)
    scope = narrowed.of(axis)
    if answers_at_most(project.pk, scope=scope, most=INLINE_ANSWERS):
        return RatingsView(release, axis, axes, "ready", None, ratings_fit(project.pk, scope=scope))
    jobs = jobs_in(project).filter(kind="preferences.fit_ratings", params__key=scope.key())
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


def ratings_fit(project_id: UUID, *, scope: RatingScope) -> dict[str, Any]:
    """Return the leaderboard on one axis as JSON, with what it rests on and by what it can be narrowed down."""
    named = pair_counts(project_id, scope=scope)
    rested = answers_rated(project_id, scope=scope)
    choices = rating_choices(project_id, scope=scope)
    for each in choices["release"]:
        each["label"] = release_get(UUID(each["value"])).label
    return {
        **asdict(_board(named)),
        "answers": rested.answers,
        "rests_on": {**asdict(rested), "newest_at": rested.newest_at and rested.newest_at.isoformat()},
        "choices": choices,
        "periods": _periods(project_id, scope=scope),
    }


def _periods(project_id: UUID, *, scope: RatingScope) -> list[dict[str, Any]]:
    """Return the ratings of every period the scope asks for, each of its own answers, the oldest first."""
    if scope.over is None:
        return []
    found = []
    for period, named in pair_counts_over(project_id, scope=scope, over=scope.over).items():
        board = _board(named)
        found.append(
            {
                "period": period,
                "label": period if scope.over == "month" else release_get(UUID(period)).label,
                "answers": int(named.counts.totals.sum()),
                "groups": board.groups,
                "ratings": [asdict(rating) for rating in board.ratings],
            }
        )
    return found[-MOST_PERIODS:]


def _board(named: NamedCounts) -> Leaderboard:
    return leaderboard(named.counts, names=named.names, covariates=named.covariates)
