"""Model judges beside people: every run and every member that is a model, with what its answers show on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts.selectors import Actor, Capability, Project, project_get, projects_visible_to, pseudonyms
from core.endpoints.selectors import calls_cost
from policies.selectors import ClauseView, ReleaseView, releases_get
from preferences.domain.judge_figures import JudgeFigures, judge_figures
from preferences.domain.routing import DOUBTS, Doubt
from preferences.errors import JudgeRunNotFoundError, ReleaseMissingError
from preferences.models import JudgeCall, JudgeRun
from preferences.selectors.judge_counts import (
    Changes,
    comparisons_doubted,
    judge_changes,
    judge_patterns,
    members_judging,
)
from preferences.selectors.rating_counts import RatingScope
from preferences.selectors.ratings import axis_choose

MOST_VERSIONS = 100


@dataclass(frozen=True)
class JudgeVersion:
    """One judge as it was at one time: a run, or a member that is a model.

    ``run`` is null for a member. ``changes`` is against the judge's version before, null for its first.
    """

    id: UUID
    judge: str
    source: str
    model: str
    version: str
    release_label: str
    fingerprint: str
    run: JudgeRun | None
    began_at: datetime
    figures: JudgeFigures | None
    changes: Changes | None


@dataclass(frozen=True)
class DoubtCount:
    """On how many comparisons the newest versions leave a doubt."""

    doubt: str
    comparisons: int


@dataclass(frozen=True)
class JudgesView:
    """The judges on one axis, by name and then the newest version first; no axis where none is in effect."""

    release: ReleaseView | None
    axis: ClauseView | None
    axes: list[ClauseView]
    versions: list[JudgeVersion]
    doubts: list[DoubtCount]


def judges_get(
    actor: Actor, project_id: UUID, *, release_id: UUID | None, clause_key: str | None
) -> JudgesView:
    """Return the judges of a project on one axis, scored against people; without a key, on the release's first.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotFoundError, ReleaseNotComparingError, AxesUnknownError
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    try:
        release, axis = axis_choose(project.pk, release_id=release_id, clause_key=clause_key)
    except ReleaseMissingError:
        return JudgesView(None, None, [], [], [])
    scope = RatingScope(axis.key, axis.meaning_revision)
    versions = _versions(project, scope)
    return JudgesView(release, axis, list(release.axis_clauses), versions, _doubts(project, scope, versions))


def newest_versions(project_id: UUID, *, scope: RatingScope) -> list[UUID]:
    """Return the newest run of every judge that has answered on the axis, and the members that are models."""
    runs = _runs_on(project_id, scope).filter(items__calls__clause_key=scope.clause_key).distinct()
    newest = dict(runs.order_by("id").values_list("judge", "pk"))
    return [*newest.values(), *(person for person, *_ in members_judging(project_id, scope=scope))]


def judge_runs_in(project: Project) -> QuerySet[JudgeRun]:
    """Return the project's runs with their jobs and what they made so far."""
    return _with_facts(JudgeRun.objects.filter(project=project))


def judge_run_get(actor: Actor, run_id: UUID, *, needs: Capability = Capability.RESULTS_VIEW) -> JudgeRun:
    """Return a run of a project in which the actor may do ``needs``.

    Raises
    ------
    JudgeRunNotFoundError
    """
    visible = projects_visible_to(actor, needs=needs)
    found = _with_facts(JudgeRun.objects.filter(pk=run_id, project__in=visible)).first()
    if found is None:
        raise JudgeRunNotFoundError()
    return found


def judge_run_cost(run: JudgeRun) -> dict[str, Any]:
    """Return what a run used up so far; ``money`` is null where no prices are told."""
    calls = JudgeCall.objects.filter(item__run=run)
    return calls_cost(calls, run.endpoint, unparsed=Count("pk", filter=Q(outcome="unparsed")))


def _versions(project: Project, scope: RatingScope) -> list[JudgeVersion]:
    runs = list(_with_facts(_runs_on(project.pk, scope)).order_by("-id")[:MOST_VERSIONS])
    patterns = judge_patterns(project.pk, scope=scope)
    before_of = _before(runs)
    changes = judge_changes(project.pk, scope=scope, before_of=before_of)
    labels = releases_get({run.release_id for run in runs})
    found = [
        JudgeVersion(
            id=run.pk,
            judge=run.judge,
            source=run.source,
            model=str(run.model_told.get("model", "")),
            version=run.version,
            release_label=labels[run.release_id].label,
            fingerprint=run.fingerprint,
            run=run,
            began_at=run.created_at,
            figures=judge_figures(patterns[run.pk]) if run.pk in patterns else None,
            changes=changes.get(run.pk),
        )
        for run in runs
    ]
    people = pseudonyms(project.pk)
    for person, _, first, _last in members_judging(project.pk, scope=scope):
        member = people.get(person)
        found.append(
            JudgeVersion(
                id=person,
                judge=member.pseudonym if member else "former member",
                source="member",
                model="",
                version="",
                release_label="",
                fingerprint="",
                run=None,
                began_at=first,
                figures=judge_figures(patterns[person]) if person in patterns else None,
                changes=None,
            )
        )
    newest = {each.judge: each.began_at for each in reversed(found)}
    return sorted(
        found, key=lambda each: (-newest[each.judge].timestamp(), each.judge, -each.began_at.timestamp())
    )


def _before(runs: Sequence[JudgeRun]) -> dict[UUID, UUID]:
    """Return each run's earlier one of the same judge; ``runs`` come newest first."""
    found: dict[UUID, UUID] = {}
    later: dict[str, UUID] = {}
    for run in runs:
        if run.judge in later:
            found[later[run.judge]] = run.pk
        later[run.judge] = run.pk
    return found


def _doubts(project: Project, scope: RatingScope, versions: Sequence[JudgeVersion]) -> list[DoubtCount]:
    if not versions:
        return []
    rows = comparisons_doubted(
        project.pk, scope=scope, newest=newest_versions(project.pk, scope=scope), doubts=DOUBTS
    )
    return [DoubtCount(str(doubt), sum(str(doubt) in kinds for _, kinds in rows)) for doubt in Doubt]


def _runs_on(project_id: UUID, scope: RatingScope) -> QuerySet[JudgeRun]:
    """Return the runs that ask on this axis, whichever meaning it had then."""
    return JudgeRun.objects.filter(project_id=project_id, clause_keys__contains=[scope.clause_key])


def _with_facts(rows: QuerySet[JudgeRun]) -> QuerySet[JudgeRun]:
    calls = JudgeCall.objects.filter(item__run=OuterRef("pk")).order_by().values("item__run")
    return rows.select_related(
        "job", "job__requested_by", "requested_by", "endpoint", "release__policy"
    ).annotate(
        comparison_count=Count("items"),
        made_calls=Coalesce(Subquery(calls.annotate(n=Count("pk")).values("n")), 0),
        failed_calls=Coalesce(
            Subquery(calls.filter(outcome="failed").annotate(n=Count("pk")).values("n")), 0
        ),
    )
