"""Putting a post before those who keep the policy, by somebody to whom it was not handed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction

from annotation.errors import NothingToAskError
from annotation.services.decisions import post_lock
from annotation.services.tasks import tasks_for_posts
from core.accounts.selectors import Actor, Capability, Project
from core.content.selectors import post_get
from core.db.identifiers import uuid7
from core.errors import NotFoundError
from core.queue.selectors import GOLD_SOURCE, Task, quality_rules, questions_in, tasks_in
from core.queue.services import question_raise
from policies.selectors import ReleaseView, posts_held_out, release_current, release_fixed


@dataclass(frozen=True, slots=True)
class Escalated:
    """A question about a post among those that wait for an answer; ``position`` counts from 1, the oldest first."""

    question_id: uuid.UUID
    position: int
    release: ReleaseView


@transaction.atomic
def post_escalate(actor: Actor, post_id: uuid.UUID, *, reason: str, clause_key: str = "") -> Escalated:
    """Ask those who keep the policy about a post, beside its newest task; where it has none, people are asked first.

    Sent again while it waits, the first is found.

    Raises
    ------
    NotFoundError
        Also for a post by which somebody or something is measured: that looks as if it were not there.
    CapabilityMissingError, TokenScopeMissingError, NothingSaidError
    NothingToAskError
        When no clause in effect is about such a post.
    """
    project = post_get(actor, post_id, needs=Capability.POSTS_ESCALATE).project
    if posts_held_out(project.pk, [post_id]):
        raise NotFoundError()
    post_lock(post_id)
    task = _newest(project, post_id) or _asked(actor, project, post_id)
    note = question_raise(actor, task, text=reason, clause_key=clause_key)
    before = questions_in(project, only_open=True).filter(pk__lt=note.pk).count()
    return Escalated(note.pk, before + 1, release_fixed(task.release_id))


def _newest(project: Project, post_id: uuid.UUID) -> Task | None:
    tasks = tasks_in(project.pk).filter(kind="label", post_id=post_id).exclude(source=GOLD_SOURCE)
    return tasks.order_by("-id").first()


def _asked(actor: Actor, project: Project, post_id: uuid.UUID) -> Task:
    release = release_current(project.pk)
    if release is None:
        raise NothingToAskError(release=project.name)
    tasks_for_posts(
        actor,
        project,
        release,
        release.verdict_clauses,
        [post_id],
        overlap=quality_rules(project.pk).overlap,
        priority=0.0,
        batch_id=uuid7(),
    )
    task = _newest(project, post_id)
    if task is None:
        raise NothingToAskError(release=release.label)
    return task
