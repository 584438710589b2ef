from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from core.accounts.selectors import Actor, Project
from core.content.access import one_is_open_to
from core.content.selectors import posts_in
from core.errors import NotFoundError
from core.queue.models import ViewEvent
from core.queue.services.closures import budgets_refresh
from core.queue.services.reveals import exposure_add


@dataclass(frozen=True)
class ViewSpec:
    """One stretch of time in which a person had a post, or one part of it, in view."""

    post_id: uuid.UUID
    is_revealed: bool
    seconds: float
    part_id: uuid.UUID | None = None
    lease_id: uuid.UUID | None = None


@transaction.atomic
def views_record(actor: Actor, *, project: Project, views: Sequence[ViewSpec]) -> int:
    """Store what the actor had in view; the rows are themselves the record, so no audit event repeats them.

    Also of a post that was hidden since: who saw it before is not forgotten with it.

    Raises
    ------
    NotFoundError
        When a post is not one of the project's, or not the actor's to see.
    """
    wanted = {view.post_id for view in views}
    posts = posts_in(project.pk, also_hidden=True, also_material=True)
    if posts.filter(pk__in=wanted).count() != len(wanted):
        raise NotFoundError()
    for post_id in wanted:
        if not one_is_open_to(actor, project.pk, posts.filter(pk=post_id).values_list("pk", flat=True)):
            raise NotFoundError()
    ViewEvent.objects.bulk_create(
        ViewEvent(
            project=project,
            person=actor.user,
            post_id=view.post_id,
            part_id=view.part_id,
            lease_id=view.lease_id,
            is_revealed=view.is_revealed,
            seconds=view.seconds,
        )
        for view in views
    )
    uncovered = [view for view in views if view.is_revealed]
    for view in uncovered:
        exposure_add(actor, project, post_id=view.post_id, part_id=view.part_id, seconds=view.seconds)
    if uncovered:
        budgets_refresh(actor)
    return len(views)
