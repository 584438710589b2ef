"""Figures over every answer of a project: of few answers at once, of many by a worker, kept with their moment."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from annotation.errors import FiguresNotKeptError
from annotation.models import Verdict
from annotation.selectors.kept_figures import Measured, figures_kept, figures_measured
from core.accounts.selectors import Actor, Project
from core.jobs.selectors import Job, job_active, job_newest
from core.jobs.services import job_start
from policies.selectors import ReleaseView, releases_get

MEASURE_JOB = "annotation.measure_figures"

AT_ONCE_MOST = 30_000
"""Verdicts that take no longer than a request may: a few tenths of a second."""

Measure = Callable[[uuid.UUID, Sequence[ReleaseView], str], dict[str, Any]]


class Sort(NamedTuple):
    """How figures of one name are reckoned, and what they rest on beside answers and decisions."""

    measure: Measure
    rests_on: Callable[[uuid.UUID], str]


_sorts: dict[str, Sort] = {}


def figures_register(
    name: str, measure: Measure, *, rests_on: Callable[[uuid.UUID], str] = lambda _: ""
) -> None:
    """Say how figures of this name are reckoned, as JSON can hold them; workers reckon them too.

    Parameters
    ----------
    measure
        Given the project, the releases, and which figures of this name are wanted (``of``).
    """
    _sorts[name] = Sort(measure, rests_on)


@dataclass(frozen=True, slots=True)
class Figures:
    """Which figures: their name, which of that name (a language, a way to tell posts apart), under which releases."""

    name: str
    of: str
    releases: Sequence[ReleaseView]

    @property
    def kept_as(self) -> str:
        """The name they are kept under."""
        return f"{self.name}-{self.of}" if self.of else self.name


class FiguresTold(NamedTuple):
    """What is known, and the job that counts what is newer: running, or how the last one failed where nothing is."""

    measured: Measured | None
    job: Job | None


def figures_told(actor: Actor, project: Project, wanted: Figures, *, wants_current: bool) -> FiguresTold:
    """Return figures of a project; the caller has passed its door.

    Of many answers nothing is reckoned here: what is kept is returned, however old, and a worker begins where there
    is nothing, or where it is not how things are now and that is wanted.
    """
    rests_on = _sorts[wanted.name].rests_on(project.pk)
    if not _are_many(project.pk):
        return FiguresTold(_measured(project.pk, wanted, rests_on, wants_current=wants_current), None)
    key = f"{MEASURE_JOB}:{project.pk}:{wanted.kept_as}:{_told_apart(wanted.releases)}"[:200]
    running = job_active(key)
    kept = figures_kept(wanted.kept_as, project.pk, wanted.releases, besides=rests_on)
    if running is not None or (kept is not None and (kept.is_current or not wants_current)):
        return FiguresTold(kept, running)
    failed = job_newest(project, kind=MEASURE_JOB, unique_key=key)
    if failed is not None and failed.state != "succeeded" and not wants_current:
        return FiguresTold(None, failed)
    params = {
        "name": wanted.name,
        "of": wanted.of,
        "releases": [str(release.id) for release in wanted.releases],
    }
    return FiguresTold(
        kept, job_start(actor, project=project, kind=MEASURE_JOB, params=params, unique_key=key)
    )


def figures_measure(project_id: uuid.UUID, *, name: str, of: str, release_ids: Sequence[uuid.UUID]) -> None:
    """Reckon figures and keep them, whatever time that took: what a worker does.

    Raises
    ------
    FiguresNotKeptError
    """
    found = releases_get(release_ids)
    wanted = Figures(name, of, [found[release_id] for release_id in release_ids])
    rests_on = _sorts[name].rests_on(project_id)
    _measured(project_id, wanted, rests_on, wants_current=True, keeps_always=True)
    if figures_kept(wanted.kept_as, project_id, wanted.releases, besides=rests_on) is None:
        raise FiguresNotKeptError()


def _measured(
    project_id: uuid.UUID, wanted: Figures, rests_on: str, *, wants_current: bool, keeps_always: bool = False
) -> Measured:
    return figures_measured(
        wanted.kept_as,
        project_id,
        wanted.releases,
        lambda: _sorts[wanted.name].measure(project_id, wanted.releases, wanted.of),
        wants_current=wants_current,
        besides=rests_on,
        keeps_always=keeps_always,
    )


def _are_many(project_id: uuid.UUID) -> bool:
    return Verdict.objects.filter(project_id=project_id)[AT_ONCE_MOST : AT_ONCE_MOST + 1].exists()


def _told_apart(releases: Sequence[ReleaseView]) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, " ".join(sorted(str(release.id) for release in releases))))
