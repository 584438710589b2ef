from __future__ import annotations

from django.db import models

from core.db.records import Record
from core.queue.domain.notes import NoteKind
from core.queue.models.submissions import Submission
from core.queue.models.tasks import Task


class Note(Record):
    """What somebody wrote beside a task: a comment, a question to those who keep the policy, an answer to one.

    Append-only. A question is open until an answer refers to it.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="notes")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    text = models.TextField()
    clause_key = models.CharField(max_length=64, blank=True, default="")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="+")
    question = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")

    class Meta:
        db_table = "queue_note"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in NoteKind]), name="queue_note_kind_known"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="queue_note_says_something"),
            models.CheckConstraint(
                condition=models.Q(kind="answer", question__isnull=False)
                | (~models.Q(kind="answer") & models.Q(question__isnull=True)),
                name="queue_note_answers_a_question",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "kind", "-id"], name="queue_note_project"),
            models.Index(fields=["person", "-id"], name="queue_note_person"),
        ]
