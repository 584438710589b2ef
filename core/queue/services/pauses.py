"""A stop of one person's work in one project: with a reason, an appeal, and an answer to it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.accounts.selectors import Actor, Capability, Project, User, project_get, pseudonyms
from core.accounts.services import audit_record
from core.errors import NotFoundError
from core.queue.errors import (
    AppealedAlreadyError,
    NothingSaidError,
    OwnPauseError,
    PausedAlreadyError,
    PauseOverError,
    PersonPausedError,
)
from core.queue.models import Pause
from core.queue.selectors import pause_open

LONGEST_TEXT = 2_000


@transaction.atomic
def pause_by_hand(actor: Actor, project_id: uuid.UUID, *, pseudonym: str, reason: str) -> Pause:
    """Stop handing work to a person; they read the reason and may appeal.

    Raises
    ------
    NotFoundError, CapabilityMissingError, NothingSaidError, PausedAlreadyError, OwnPauseError
    """
    project = project_get(actor, project_id, needs=Capability.QUALITY_KEEP)
    found = [view.user_id for view in pseudonyms(project.pk).values() if view.pseudonym == pseudonym]
    if not found:
        raise NotFoundError()
    if found[0] == actor.user.pk:
        raise OwnPauseError()
    pause = pause_make(project, found[0], reason=_said(reason), by=actor.user)
    if pause is None:
        raise PausedAlreadyError()
    audit_record(actor, action="pause.begin", project=project, target=pause)
    return pause


def pause_make(
    project: Project,
    person_id: uuid.UUID,
    *,
    reason: str,
    by: User | None = None,
    figures: Mapping[str, Any] | None = None,
) -> Pause | None:
    """Write a pause in the caller's transaction; None when the person is paused already."""
    if Pause.objects.filter(project=project, person_id=person_id, ended_at__isnull=True).exists():
        return None
    return Pause.objects.create(
        project=project, person_id=person_id, reason=reason, by=by, figures=dict(figures or {})
    )


@transaction.atomic
def pause_appeal(actor: Actor, project_id: uuid.UUID, *, text: str) -> Pause:
    """Ask those who decide to look at one's own pause again; once a pause.

    Raises
    ------
    NotFoundError, CapabilityMissingError, NothingSaidError, PauseOverError, AppealedAlreadyError
    """
    project = project_get(actor, project_id, needs=Capability.TASKS_WORK)
    pause = (
        Pause.objects.select_for_update()
        .filter(project=project, person_id=actor.user.pk, ended_at__isnull=True)
        .first()
    )
    if pause is None:
        raise PauseOverError()
    if pause.appealed_at is not None:
        raise AppealedAlreadyError()
    pause.appeal, pause.appealed_at = _said(text), timezone.now()
    pause.save(update_fields=["appeal", "appealed_at"])
    audit_record(actor, action="pause.appeal", project=project, target=pause)
    return pause


@transaction.atomic
def pause_answer(
    actor: Actor, project_id: uuid.UUID, pause_id: uuid.UUID, *, restores: bool, text: str
) -> Pause:
    """Decide on a pause, with a sentence to the person: ``restores`` ends it, else it stands.

    Raises
    ------
    NotFoundError, CapabilityMissingError, NothingSaidError, PauseOverError, OwnPauseError
    """
    project = project_get(actor, project_id, needs=Capability.QUALITY_KEEP)
    pause = Pause.objects.select_for_update().filter(project=project, pk=pause_id).first()
    if pause is None:
        raise NotFoundError()
    if pause.ended_at is not None:
        raise PauseOverError()
    if pause.person_id == actor.user.pk:
        raise OwnPauseError()
    now = timezone.now()
    pause.answer, pause.answered_by, pause.answered_at = _said(text), actor.user, now
    pause.ended_at = now if restores else None
    pause.save(update_fields=["answer", "answered_by", "answered_at", "ended_at"])
    audit_record(actor, action="pause.end" if restores else "pause.keep", project=project, target=pause)
    return pause


def must_not_be_paused(actor: Actor, project: Project) -> None:
    """Raise ``PersonPausedError`` when the actor's work in the project is paused."""
    if pause_open(actor.user.pk, project.pk) is not None:
        raise PersonPausedError()


def _said(text: str) -> str:
    said = text.strip()[:LONGEST_TEXT]
    if not said:
        raise NothingSaidError()
    return said
