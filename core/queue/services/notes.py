"""Writing beside a task: comments, questions to those who keep the policy, and their answers."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.errors import NotFoundError
from core.queue.domain.notes import LONGEST_NOTE, NoteKind
from core.queue.errors import NotAQuestionError, NothingSaidError
from core.queue.models import Note, Submission, Task
from core.queue.selectors import lease_get, question_get


@transaction.atomic
def note_write(
    actor: Actor,
    lease_id: uuid.UUID,
    *,
    kind: str,
    text: str,
    clause_key: str = "",
) -> Note:
    """Comment on a task the actor was handed, or ask those who keep the policy about it.

    It names the actor's newest answer to the task, when there is one.

    Parameters
    ----------
    clause_key
        The clause it is about; empty for the post as a whole.

    Raises
    ------
    NotFoundError, NothingSaidError
    """
    lease = lease_get(actor, lease_id)
    answer = Submission.objects.filter(task_id=lease.task_id, person=actor.user).order_by("-id").first()
    note = Note.objects.create(
        project=lease.task.project,
        task=lease.task,
        person=actor.user,
        kind=NoteKind(kind),
        text=_said(text),
        clause_key=clause_key if clause_key in lease.task.clause_keys else "",
        submission=answer,
    )
    audit_record(actor, action=f"note.{kind}", project=lease.task.project, target=note)
    return note


@transaction.atomic
def question_raise(actor: Actor, task: Task, *, text: str, clause_key: str = "") -> Note:
    """Ask those who keep the policy about a task that nobody handed to the actor; the caller has checked that they may.

    While it waits for an answer, the same words of the same person find the first.

    Raises
    ------
    NothingSaidError
    """
    said = _said(text)
    own = Note.objects.filter(task=task, person=actor.user, kind=NoteKind.QUESTION, text=said)
    waiting = own.filter(~Exists(Note.objects.filter(question_id=OuterRef("pk")))).first()
    if waiting is not None:
        return waiting
    note = Note.objects.create(
        project=task.project,
        task=task,
        person=actor.user,
        kind=NoteKind.QUESTION,
        text=said,
        clause_key=clause_key if clause_key in task.clause_keys else "",
    )
    audit_record(actor, action="note.question", project=task.project, target=note)
    return note


@transaction.atomic
def question_answer(actor: Actor, note_id: uuid.UUID, *, text: str) -> Note:
    """Answer somebody's question; the asker and everybody who may answer can read it.

    Raises
    ------
    NotFoundError, NotAQuestionError, NothingSaidError
    """
    asked = question_get(actor, note_id)
    project = project_get(actor, asked.project_id, needs=Capability.REVIEW_DECIDE)
    if asked.kind != NoteKind.QUESTION:
        raise NotAQuestionError()
    if asked.task.post_id is not None and asked.task.post is not None and asked.task.post.is_hidden:
        raise NotFoundError()
    note = Note.objects.create(
        project=project,
        task_id=asked.task_id,
        person=actor.user,
        kind=NoteKind.ANSWER,
        text=_said(text),
        clause_key=asked.clause_key,
        question=asked,
    )
    audit_record(actor, action="note.answer", project=project, target=note, data={"question": str(asked.pk)})
    return note


def _said(text: str) -> str:
    said = text.strip()[:LONGEST_NOTE]
    if not said:
        raise NothingSaidError()
    return said
