"""Asking people to judge comparisons and slates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.queue.services import TaskSpec, tasks_create
from policies.selectors import ReleaseView
from preferences.domain.forms import Form
from preferences.domain.pair_sampling import Aim, pairs_choose
from preferences.errors import AxesUnknownError, ChoosingNeedsPairsError, ReleaseNotInForceError
from preferences.models import Comparison, Slate
from preferences.selectors.comparisons import comparisons_without_task
from preferences.selectors.material import guarding_post
from preferences.selectors.pair_sampling import pairs_waiting
from preferences.selectors.rating_counts import RatingScope
from preferences.selectors.ratings import release_comparing
from preferences.selectors.slates import slates_without_task

MOST_TASKS = 5_000
MOST_CHOSEN = 500
"""So many are chosen by what they tell in one go; after that, answers tell more than looking further ahead."""


@dataclass(frozen=True)
class Choosing:
    """How comparisons are chosen: for an aim, by what their answers are expected to tell; see `pairs_choose`.

    With the same seed, and nothing answered in between, the same ones are chosen.
    """

    aim: Aim = Aim.ORDER
    top: int = 3
    random_share: float = 0.1
    seed: int = 0


@dataclass(frozen=True)
class TasksMade:
    """How many tasks were made, and for how many comparisons or slates none exists yet."""

    release_id: UUID
    created: int
    remaining: int


@transaction.atomic
def compare_tasks_create(
    actor: Actor,
    project_id: UUID,
    *,
    release_id: UUID | None = None,
    clause_keys: Sequence[str] | None = None,
    comparison_ids: Sequence[UUID] | None = None,
    overlap: int = 1,
    priority: float = 0.0,
    assessment_is_required: bool = False,
    limit: int = MOST_TASKS,
    choosing: Choosing | None = None,
    form: Form = Form.PAIR,
) -> TasksMade:
    """Make a task for every comparison that has none under the release, the oldest first, at most ``limit``.

    In another form than a pair, the same for every slate that was not asked about in it and has responses enough;
    ``comparison_ids`` are then those of slates, and they cannot be chosen by what they tell.

    Given how to choose, make at most ``MOST_CHOSEN`` for those that tell most on the first axis, best first; those
    drawn by chance say so in their task's context. Comparisons that do not name two models come last.

    A comparison about a post carries it into its task: who is handed the pair may see the post, and hiding the
    post withdraws the task. One about none carries the first of its media, so that limits hold for it; one without
    any goes to those who read its prompt's language.

    Parameters
    ----------
    release_id, clause_keys
        By default the first release in effect that has axes, and all of its axes.
    overlap
        How many people judge each comparison.
    assessment_is_required
        Whether each response must be called acceptable or not.

    Raises
    ------
    NotFoundError, CapabilityMissingError, AxesUnknownError, ReleaseNotInForceError, ReleaseMissingError,
    ChoosingNeedsPairsError
    """
    project = project_get(actor, project_id, needs=Capability.TASKS_MANAGE)
    release = release_comparing(project.pk, release_id=release_id)
    if release.state != "released":
        raise ReleaseNotInForceError(release=release.label, state=release.state)
    axes = _axes(release, clause_keys)
    most = min(limit, MOST_TASKS)
    ids = None if comparison_ids is None else list(comparison_ids)
    waiting: QuerySet[Comparison] | QuerySet[Slate]
    chosen: list[tuple[UUID, UUID | None, str, dict[str, str]]]
    if form is Form.PAIR:
        pairs = waiting = comparisons_without_task(project, release_id=release.id, comparison_ids=ids)
    elif choosing is None:
        waiting = slates_without_task(project, release_id=release.id, form=form, slate_ids=ids)
    else:
        raise ChoosingNeedsPairsError()
    total = waiting.count()
    if choosing is None:
        asked = {} if form is Form.PAIR else {"form": str(form)}
        rows = waiting.values_list("pk", guarding_post(form), "prompt__language")
        chosen = [(*row, asked) for row in rows[:most]]
    else:
        chosen = _chosen(project.pk, pairs, release, axes[0], choosing, min(most, MOST_CHOSEN))
    specs = [
        TaskSpec(
            release_id=release.id,
            clause_keys=axes,
            slots=overlap,
            comparison_id=comparison_id,
            post_id=post_id,
            language=language,
            priority=priority,
            context={"assessment": "required" if assessment_is_required else "optional", **more},
        )
        for comparison_id, post_id, language, more in chosen
    ]
    tasks_create(project, kind="compare", specs=specs, actor=actor)
    audit_record(
        actor,
        action="compare_tasks.create",
        project=project,
        data={
            "release": str(release.id),
            "count": len(specs),
            "overlap": overlap,
            "form": str(form),
            **({} if choosing is None else {"choosing": asdict(choosing)}),
        },
    )
    return TasksMade(release_id=release.id, created=len(specs), remaining=total - len(specs))


def _chosen(
    project_id: UUID,
    waiting: QuerySet[Comparison],
    release: ReleaseView,
    axis: str,
    choosing: Choosing,
    most: int,
) -> list[tuple[UUID, UUID | None, str, dict[str, str]]]:
    """Return the comparisons to ask about, in order: with post, language and what the task says of the choice."""
    scope = RatingScope(axis, release.clauses[axis].meaning_revision)
    held = pairs_waiting(project_id, waiting, scope=scope, release_id=release.id)
    chosen = pairs_choose(
        held.counts,
        held.candidates,
        batch=most,
        random=np.random.default_rng(choosing.seed),
        aim=choosing.aim,
        top=choosing.top,
        random_share=choosing.random_share,
        refusals=held.refusals,
    )
    told = [
        (*held.comparisons[place], {"drawn": "by chance" if by_chance else str(choosing.aim)})
        for place, by_chance in zip(chosen.places, chosen.is_random, strict=True)
    ]
    return [*told, *((*row, {}) for row in held.others[: most - len(told)])]


def _axes(release: ReleaseView, clause_keys: Sequence[str] | None) -> list[str]:
    known = [clause.key for clause in release.axis_clauses]
    if clause_keys is None:
        return known
    unknown = [key for key in clause_keys if key not in known]
    if unknown:
        raise AxesUnknownError(
            release=release.label, keys=", ".join(repr(key[:80]) for key in unknown), axes=", ".join(known)
        )
    return [key for key in known if key in set(clause_keys)]
