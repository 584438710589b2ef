"""What belongs to the person alone: their check-ins, and having what they saw forgotten once they have left."""

from __future__ import annotations

import uuid

from django.db import connection, transaction

from core.accounts.selectors import Actor, memberships_of
from core.accounts.services import audit_record
from core.errors import NotFoundError
from core.queue.errors import StillWorkingError
from core.queue.models import CheckIn, Closure, Reveal, ViewEvent
from core.queue.selectors.protection import organization_settings


def check_ins_are_on(actor: Actor) -> bool:
    """Return whether some organization of the actor's asks people how they are."""
    ours = {one.project.organization_id for one in memberships_of(actor)}
    return any(organization_settings(one).check_ins.is_on for one in ours)


@transaction.atomic
def check_in_write(actor: Actor, *, mood: int, words: str) -> CheckIn:
    """Keep how the actor says they are, for them alone; the audit event names nobody.

    Raises
    ------
    NotFoundError
        While no organization of theirs has turned check-ins on.
    """
    if not check_ins_are_on(actor):
        raise NotFoundError()
    audit_record(None, action="check_in.write")
    return CheckIn.objects.create(person_id=actor.user.pk, mood=mood, words=words.strip())


@transaction.atomic
def check_in_delete(actor: Actor, check_in_id: uuid.UUID) -> None:
    """Forget one check-in of the actor's; raises ``NotFoundError`` when it is not theirs."""
    deleted, _ = CheckIn.objects.filter(pk=check_in_id, person_id=actor.user.pk).delete()
    if not deleted:
        raise NotFoundError()
    audit_record(None, action="check_in.delete")


@transaction.atomic
def exposure_erase(actor: Actor) -> None:
    """Forget everything the actor saw and said of how they are.

    Raises
    ------
    StillWorkingError
        While they are in a project: its budgets rest on these rows.
    """
    if memberships_of(actor).exists():
        raise StillWorkingError()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('concord.erases', %s, true)", [str(actor.user.pk)])
    ViewEvent.objects.filter(person_id=actor.user.pk).delete()
    Reveal.objects.filter(person_id=actor.user.pk).delete()
    Closure.objects.filter(person_id=actor.user.pk).delete()
    CheckIn.objects.filter(person_id=actor.user.pk).delete()
    audit_record(actor, action="exposure.erase")
