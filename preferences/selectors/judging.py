"""How people judge on an axis, as a worker measured it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts.selectors import Actor, Capability, project_get, pseudonyms
from core.jobs.selectors import Job, jobs_in
from policies.selectors import ClauseView, ReleaseView
from preferences.domain.judging import judging_fit, kappa_of, said_again, share_of
from preferences.domain.leanings import Leaning
from preferences.errors import ReleaseMissingError
from preferences.models import JudgingMeasure
from preferences.selectors.judging_counts import (
    PeopleCounts,
    answers_again,
    answers_beside_others,
    answers_known,
    answers_together,
    outcomes_decided,
    people_counts,
)
from preferences.selectors.rating_counts import RatingScope
from preferences.selectors.ratings import axis_choose
from preferences.selectors.suspects import suspects_measured, suspects_reviewed

MOST_PAIRS = 300
JOB = "preferences.measure_judging"


@dataclass(frozen=True)
class JudgingView:
    """How people judge on one axis, or the way to know it.

    ``found`` is of ``measured_at``, both null before anybody measured; ``job`` is the newest that measures it. Without
    an axis in effect there is nothing to measure, and ``axis`` is null.
    """

    release: ReleaseView | None
    axis: ClauseView | None
    axes: list[ClauseView]
    job: Job | None
    found: dict[str, Any] | None
    measured_at: datetime | None


def judging_get(
    actor: Actor, project_id: UUID, *, release_id: UUID | None, clause_key: str | None
) -> JudgingView:
    """Return how people judge on one axis, by pseudonym; without a key, on the release's first.

    Raises
    ------
    ReleaseNotFoundError, ReleaseNotComparingError, AxesUnknownError
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    try:
        release, axis = axis_choose(project.pk, release_id=release_id, clause_key=clause_key)
    except ReleaseMissingError:
        return JudgingView(None, None, [], None, None, None)
    kept = measure_standing(project.pk, clause_key=axis.key, meaning_revision=axis.meaning_revision)
    job = (
        jobs_in(project)
        .filter(kind=JOB, params__clause_key=axis.key, params__meaning_revision=axis.meaning_revision)
        .order_by("-id")
        .first()
    )
    return JudgingView(
        release,
        axis,
        list(release.axis_clauses),
        job,
        None if kept is None else _named(project.pk, kept.found) | _reviewed(kept),
        None if kept is None else kept.created_at,
    )


def judging_own(actor: Actor, project_id: UUID) -> list[dict[str, Any]]:
    """Return how the actor judges on every axis in effect that was measured; nothing about anybody else."""
    project = project_get(actor, project_id, needs=Capability.TASKS_WORK)
    try:
        release, _ = axis_choose(project.pk, release_id=None, clause_key=None)
    except ReleaseMissingError:
        return []
    found = []
    for axis in release.axis_clauses:
        kept = measure_standing(project.pk, clause_key=axis.key, meaning_revision=axis.meaning_revision)
        mine = None if kept is None else kept.found["people"].get(str(actor.user.pk))
        if kept is not None and mine is not None:
            found.append({"axis": axis, "measured_at": kept.created_at, "person": mine})
    return found


def measure_standing(project_id: UUID, *, clause_key: str, meaning_revision: int) -> JudgingMeasure | None:
    """Return the newest measure of one axis under one meaning."""
    return (
        JudgingMeasure.objects.filter(
            project_id=project_id, clause_key=clause_key, meaning_revision=meaning_revision
        )
        .order_by("-id")
        .first()
    )


def judging_measured(project_id: UUID, *, scope: RatingScope) -> dict[str, Any]:
    """Return everything that can be measured of how people judge, as JSON; people by identifier."""
    counts = people_counts(project_id, scope=scope)
    again = answers_again(project_id, scope=scope)
    known = answers_known(project_id, scope=scope)
    beside = answers_beside_others(project_id, scope=scope)
    together = answers_together(project_id, scope=scope)
    same, turned = said_again([each for answers in again.values() for each in answers])
    right = [sum(each) for each in zip(*known.values(), strict=True)] if known else [0, 0]
    busiest = sorted(together.items(), key=lambda each: -sum(each[1].values()))[:MOST_PAIRS]
    found = _fitted(counts)
    people = found.pop("people")
    for person in {*again, *known, *beside} - {UUID(each) for each in people}:
        people[str(person)] = {
            "judgments": 0,
            "reliability": None,
            "worth": None,
            "side": None,
            "length": None,
        }
    for person, told in people.items():
        mine, turns = said_again(again.get(UUID(person), []))
        answered, passed = known.get(UUID(person), (0, 0))
        settled, alike = beside.get(UUID(person), (0, 0))
        told |= {
            "same": asdict(mine),
            "turned": asdict(turns),
            "known": asdict(share_of(passed, answered)),
            "others": asdict(share_of(alike, settled)),
        }
    return {
        **found,
        "answers": int(counts.votes.counts.totals.sum()),
        "same": asdict(same),
        "turned": asdict(turned),
        "known": asdict(share_of(right[1], right[0])),
        "outcomes": [
            {"outcome": outcome, "method": method, "count": count}
            for outcome, method, count in outcomes_decided(project_id, scope=scope)
        ],
        "together": [
            {"one": str(one), "other": str(other), **asdict(kappa_of(both))} for (one, other), both in busiest
        ],
        "people": people,
        **suspects_measured(project_id, scope=scope),
    }


def _fitted(counts: PeopleCounts) -> dict[str, Any]:
    """Return what the model of the whole crowd says: of everybody, and of each person."""
    fit = judging_fit(counts.votes)
    people = {}
    for person, trusted, leaning in zip(counts.people, fit.crowd.reliabilities, fit.leanings, strict=True):
        people[str(person)] = {
            "judgments": int(leaning.judgments),
            "reliability": {**_bounded(trusted.share, trusted.low, trusted.high), "against": trusted.against},
            "worth": _leaning(leaning.worth),
            "side": _leaning(leaning.side),
            "length": _leaning(leaning.covariates[0]) if counts.has_length else None,
        }
    effects = [("side", fit.crowd.side), *(("length", each) for each in fit.crowd.covariates)]
    sways = []
    for name, effect in effects:
        reach = 1.959964 * (effect.error or 0.0)
        sways.append({"name": name, **_bounded(effect.size, effect.size - reach, effect.size + reach)})
    return {"people": people, "sways": sways}


def _leaning(leaning: Leaning) -> dict[str, Any]:
    return {**_bounded(leaning.size, leaning.low, leaning.high), "beyond_doubt": leaning.beyond_doubt}


def _bounded(size: float, low: float, high: float) -> dict[str, Any]:
    return {"size": float(size), "low": float(low), "high": float(high)}


def _reviewed(kept: JudgingMeasure) -> dict[str, Any]:
    """Return how right the lists of suspects have been so far, by what reviewers said."""
    share = suspects_reviewed(
        kept.project_id, clause_key=kept.clause_key, meaning_revision=kept.meaning_revision
    )
    return {"suspects_wrong": asdict(share)}


def _named(project_id: UUID, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was found with people under the names their project knows them by."""
    members = pseudonyms(project_id)

    def name(person: str) -> dict[str, Any]:
        member = members.get(UUID(person))
        return {
            "pseudonym": member.pseudonym if member else "former member",
            "is_simulated": bool(member and member.is_simulated),
        }

    people = [{**name(person), **told} for person, told in found["people"].items()]
    return {
        **found,
        "people": sorted(people, key=lambda each: (-each["judgments"], each["pseudonym"])),
        "together": [
            {**each, "one": name(each["one"])["pseudonym"], "other": name(each["other"])["pseudonym"]}
            for each in found["together"]
        ],
        "suspects": [_suspect_told(each, name(each["person"])) for each in found.get("suspects", [])],
    }


def _suspect_told(suspect: Mapping[str, Any], person: Mapping[str, Any]) -> dict[str, Any]:
    return {**{key: value for key, value in suspect.items() if key != "person"}, **person}
