"""Notes beside tasks: one's own with what was answered, and for those who keep the policy everybody's questions."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, When

from core.accounts.selectors import Actor, Capability, Project, projects_visible_to
from core.errors import NotFoundError
from core.queue.domain.days import Day, Worked, day_of
from core.queue.domain.notes import NoteKind
from core.queue.models import Lease, Note, Review, Submission
from core.queue.reviewing import ReviewOutcome

_SHOWN = Q(task__post__isnull=True) | Q(task__post__is_hidden=False)


def notes_by(actor: Actor) -> QuerySet[Note]:
    """Return the actor's own comments and questions with the answers to them, in projects where they may work."""
    return _with_answers(
        Note.objects.filter(
            person_id=actor.user.pk,
            kind__in=[NoteKind.COMMENT, NoteKind.QUESTION],
            project__in=projects_visible_to(actor, needs=Capability.TASKS_WORK),
        )
    ).annotate(lease_id=_own_lease())


def questions_in(project: Project, *, only_open: bool) -> QuerySet[Note]:
    """Return the project's questions with their answers; the caller has passed the project's door."""
    found = _with_answers(Note.objects.filter(_SHOWN, project=project, kind=NoteKind.QUESTION))
    if only_open:
        found = found.filter(~Exists(Note.objects.filter(question_id=OuterRef("pk"))))
    return found


def question_get(actor: Actor, note_id: uuid.UUID) -> Note:
    """Return a note of a project in which the actor may answer questions.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=Capability.REVIEW_DECIDE)
    note = Note.objects.select_related("task", "task__post").filter(pk=note_id, project__in=visible).first()
    if note is None:
        raise NotFoundError()
    return note


def recent_work(actor: Actor, project: Project) -> QuerySet[Submission]:
    """Return the actor's own answers in the project that no newer one replaced; hidden posts left out.

    ``returned`` is why a reviewer gave one back; null where their newest word is another, or none was said.
    """
    newest = Review.objects.filter(submission_id=OuterRef("pk")).order_by("-id")
    shown = Q(task__post__isnull=True) | Q(task__post__is_hidden=False)
    return (
        Submission.objects.filter(
            shown, person_id=actor.user.pk, task__project=project, superseded_by__isnull=True
        )
        .select_related("task")
        .annotate(subject=F("task__post__external_id"), said=Subquery(newest.values("outcome")[:1]))
        .annotate(
            returned=Case(
                When(said=ReviewOutcome.RETURNED.value, then=Subquery(newest.values("comment")[:1])),
                default=None,
                output_field=TextField(null=True),
            )
        )
    )


def day_so_far(actor: Actor, *, since: datetime, now: datetime) -> Day:
    """Return the actor's day from ``since`` on, over all their projects."""
    rows = Submission.objects.filter(person_id=actor.user.pk, created_at__gte=since, created_at__lte=now)
    return day_of(
        (Worked(ended_at, active_ms) for ended_at, active_ms in rows.values_list("created_at", "active_ms")),
        now=now,
    )


def _with_answers(notes: QuerySet[Note]) -> QuerySet[Note]:
    answers = Note.objects.filter(kind=NoteKind.ANSWER).order_by("id")
    return notes.annotate(subject=F("task__post__external_id"), post_id=F("task__post_id")).prefetch_related(
        Prefetch("answers", queryset=answers)
    )


def _own_lease() -> Subquery:
    return Subquery(
        Lease.objects.filter(task_id=OuterRef("task_id"), person_id=OuterRef("person_id")).values("id")[:1]
    )
