"""The media of prompts and responses: which post stands for them in a task, and whom they are shown to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from core.accounts.selectors import Actor
from core.queue.selectors import Task
from core.queue.selectors.handed import tasks_handed_to
from preferences.domain.forms import Form
from preferences.models import Comparison, Slate, SlateResponse

PAIR_HIDDEN = (
    Q(prompt__post__is_hidden=True)
    | Q(prompt__material__is_hidden=True)
    | Q(response_a__material__is_hidden=True)
    | Q(response_b__material__is_hidden=True)
)
"""For a query of comparisons: something of it must not be shown any more."""


def guarding_post(form: Form) -> Coalesce:
    """Return, for a query of comparisons or slates, the post by whose harm and language people are protected.

    The post a prompt is about, else its media, else those of the first response that has any.
    """
    about = ("prompt__post_id", "prompt__material_id")
    if form is Form.PAIR:
        return Coalesce(
            *about, "response_a__material_id", "response_b__material_id", output_field=UUIDField()
        )
    members = SlateResponse.objects.filter(slate=OuterRef("pk"), response__material__isnull=False)
    first = Subquery(members.order_by("place").values("response__material_id")[:1])
    return Coalesce(*about, first, output_field=UUIDField())


def guards_of(
    rows: QuerySet[Comparison] | QuerySet[Slate], form: Form
) -> dict[UUID, tuple[UUID | None, str]]:
    """Return, by comparison or slate, the post by which people are protected, and the language of the prompt."""
    told = rows.values_list("pk", guarding_post(form), "prompt__language")
    return {about_id: (post_id, language) for about_id, post_id, language in told}


def material_handed_to(actor: Actor, project_id: UUID, post_ids: QuerySet[Any, UUID]) -> bool:
    """Return whether one of these posts holds media of a comparison or slate that was handed to the actor."""
    tasks = tasks_handed_to(actor, project_id).filter(kind="compare")
    return tasks.filter(
        Q(comparison_id__in=_comparisons(project_id, post_ids).values("pk"))
        | Q(comparison_id__in=_slates(project_id, post_ids).values("pk"))
    ).exists()


def material_is_beside(task: Task, post_id: UUID) -> bool:
    """Return whether a post holds media of what the task asks about."""
    if task.kind != "compare" or task.comparison_id is None:
        return False
    return (
        _comparisons(task.project_id, [post_id]).filter(pk=task.comparison_id).exists()
        or _slates(task.project_id, [post_id]).filter(pk=task.comparison_id).exists()
    )


def tasks_showing(project_id: UUID, post_id: UUID) -> QuerySet[Task]:
    """Return the open tasks that show media of the post."""
    shown = [*_comparisons(project_id, [post_id]).values_list("pk", flat=True)]
    shown += _slates(project_id, [post_id]).values_list("pk", flat=True)
    return Task.objects.filter(project_id=project_id, state="open", comparison_id__in=shown)


def _comparisons(project_id: UUID, posts: QuerySet[Any, UUID] | list[UUID]) -> QuerySet[Comparison]:
    return Comparison.objects.filter(
        Q(prompt__material__in=posts) | Q(response_a__material__in=posts) | Q(response_b__material__in=posts),
        project_id=project_id,
    )


def _slates(project_id: UUID, posts: QuerySet[Any, UUID] | list[UUID]) -> QuerySet[Slate]:
    return Slate.objects.filter(
        Q(prompt__material__in=posts) | Q(members__response__material__in=posts),
        project_id=project_id,
    )
