from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from core.accounts.selectors import Actor
from core.queue.errors import DraftConflictError
from core.queue.models import Draft
from core.queue.selectors import lease_get


@transaction.atomic
def draft_save(actor: Actor, lease_id: uuid.UUID, *, document: dict[str, Any], version: int) -> Draft:
    """Keep what the person has so far, whatever became of the lease.

    Parameters
    ----------
    version
        The version the page last saw, 0 for none.

    Raises
    ------
    DraftConflictError
        When another tab or device saved meanwhile; the error carries that document and its version.
    """
    lease = lease_get(actor, lease_id)
    draft, made = Draft.objects.select_for_update().get_or_create(
        task=lease.task, person=actor.user, defaults={"document": document, "version": 1}
    )
    if made:
        return draft
    if draft.version != version:
        if _says_the_same(draft.document, document):
            return draft  # the answer to the first time was lost
        raise DraftConflictError(version=draft.version, document=draft.document)
    draft.document, draft.version = document, draft.version + 1
    draft.save(update_fields=["document", "version", "updated_at"])
    return draft


def _says_the_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two documents differ at most in how long they were worked on."""
    return {**one, "active_ms": None} == {**other, "active_ms": None}
