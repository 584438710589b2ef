"""Precedents beside a task: found by likeness, noted as shown before they are, and only then the person's to cite."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from annotation.errors import NotALabelTaskError
from annotation.models import PrecedentShowing
from annotation.selectors.questions import clauses_asked
from core.accounts.selectors import Actor
from core.events import publish
from core.queue.selectors import coverings_for, held_of, lease_get, posts_takeable, work_must_be_open
from policies.events import PrecedentsLookedFor
from policies.selectors import (
    PrecedentView,
    asked_of,
    meanings,
    precedents_holding,
    precedents_like,
    release_fixed,
)

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ShownPrecedent:
    """A precedent beside a task, and how its post is to be seen."""

    precedent: PrecedentView
    protection: dict[str, Any]


@transaction.atomic
def precedents_show(actor: Actor, lease_id: uuid.UUID, *, clause_key: str) -> list[ShownPrecedent]:
    """Return the approved precedents of a clause that hold under the task's release and are most like its post.

    The task's own post is never among them, nor what is held out, nor posts that the person has not agreed to see.
    What is returned is written down: it may be cited from then on, and its post looked at.

    Raises
    ------
    NotFoundError, NotALabelTaskError, ClauseNotAskableError, WorkClosedError
    """
    lease = lease_get(actor, lease_id)
    held = held_of(lease)
    if held.kind != "label" or held.post_id is None:
        raise NotALabelTaskError()
    if held.state == "held":
        work_must_be_open(actor, lease.task.project)
    release = release_fixed(held.release_id)
    (clause,) = clauses_asked(release, [clause_key])
    project = lease.task.project
    rows = precedents_holding(project.pk, release.id).filter(clause_key=clause.key)
    if rows.exists():
        publish(PrecedentsLookedFor(project.pk, held.post_id))
    takeable = posts_takeable(actor, project, set(rows.values_list("post_id", flat=True)))
    found = precedents_like(
        rows.filter(post_id__in=takeable),
        asked_of(held.post_id),
        meant=meanings(release.id),
        most=MOST_SHOWN,
    )
    PrecedentShowing.objects.bulk_create(
        [_showing(lease.pk, actor.user.pk, one) for one in found], ignore_conflicts=True
    )
    coverings = coverings_for(actor, project, [one.post_id for one in found])
    return [ShownPrecedent(one, coverings.of(one.post_id)) for one in found]


def _showing(lease_id: uuid.UUID, person_id: uuid.UUID, one: PrecedentView) -> PrecedentShowing:
    return PrecedentShowing(
        lease_id=lease_id,
        person_id=person_id,
        precedent_id=one.id,
        post_id=one.post_id,
        likeness=None if one.likeness is None else one.likeness.score,
        like_by="" if one.likeness is None else str(one.likeness.by),
    )
