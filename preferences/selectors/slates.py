"""Slates: what a task asks about one, and which nobody was asked about yet."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.accounts.selectors import Project
from core.queue.selectors import Task, superseded
from policies.selectors import ClauseView
from preferences.domain.forms import FEWEST_RESPONSES, HIGHEST_RATING, SLATE_FORMS, Form
from preferences.models import (
    RatingDecision,
    Response,
    Slate,
    SlateOpinion,
    SlatePlacement,
    SlateResponse,
)


def form_of(task: Task) -> Form:
    """Return what a task asks of its responses."""
    asked = task.context.get("form")
    return Form(asked) if asked in SLATE_FORMS else Form.PAIR


def slate_of(task: Task) -> Slate | None:
    """Return the slate a task asks about; None where it asks about a pair."""
    if task.kind != "compare" or task.comparison_id is None or form_of(task) is Form.PAIR:
        return None
    return (
        Slate.objects.select_related("prompt")
        .filter(pk=task.comparison_id, project_id=task.project_id)
        .first()
    )


def responses_of(slate: Slate) -> list[Response]:
    """Return the responses of a slate by place."""
    members = SlateResponse.objects.filter(slate=slate).select_related("response").order_by("place")
    return [member.response for member in members]


def slates_without_task(
    project: Project, *, release_id: UUID, form: Form, slate_ids: Sequence[UUID] | None
) -> QuerySet[Slate]:
    """Return the slates that no task asks about in this form under this release, the oldest first.

    Those about a hidden post or with hidden media are left out, and those with too few responses for the form.
    """
    asked = Task.objects.filter(
        comparison_id=OuterRef("pk"), release_id=release_id, context__form=str(form)
    ).exclude(state="withdrawn")
    rows = Slate.objects.filter(~Exists(asked), project=project, size__gte=FEWEST_RESPONSES[form])
    rows = rows.exclude(slate_hidden()).order_by("id")
    return rows if slate_ids is None else rows.filter(pk__in=slate_ids)


def highest_rating(axis: ClauseView) -> int:
    """Return the best rating on an axis: its last step, or the usual one where its release names none."""
    return len(axis.answers) - 1 if axis.answers else HIGHEST_RATING


def slate_hidden() -> Q:
    """Match, in a query of slates, those of which something must not be shown any more."""
    hidden = SlateResponse.objects.filter(slate=OuterRef("pk"), response__material__is_hidden=True)
    return Q(prompt__post__is_hidden=True) | Q(prompt__material__is_hidden=True) | Q(Exists(hidden))


def answers_counting(prefix: str = "") -> Q:
    """Match what counts as an opinion about slates, where ``prefix`` leads to the answer."""
    return Q(
        ~superseded(f"{prefix}submission_id"),
        **{f"{prefix}submission__slot__isnull": False, f"{prefix}asked": "work"},
    )


def placements_counted(project_id: UUID) -> QuerySet[SlatePlacement]:
    """Return the ratings of single responses in a project's answers that count."""
    return SlatePlacement.objects.filter(
        answers_counting("answer__"), answer__project_id=project_id, answer__form=str(Form.RATING)
    )


def opinions_counted(project_id: UUID) -> QuerySet[SlateOpinion]:
    """Return what is held of single responses of slates, in a project's answers that count."""
    return SlateOpinion.objects.filter(answers_counting("answer__"), answer__project_id=project_id)


def current_ratings() -> QuerySet[RatingDecision]:
    """Return the newest decision about every (slate, axis, meaning, response)."""
    keys = ("slate_id", "clause_key", "meaning_revision", "place")
    return RatingDecision.objects.order_by(*keys, "-id").distinct(*keys)
