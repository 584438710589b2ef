from __future__ import annotations

from collections.abc import Mapping
from typing import Any, LiteralString

from django.db import connection, models

from core.accounts.actors import Actor
from core.accounts.models import AuditEvent, Project

AUDIT_INTO: LiteralString = (
    "accounts_auditevent (id, actor_id, by_token, project_id, action, target_kind, target_id, data)"
)
"""For the few statements that write a row and its audit event at once."""


class AuditOutsideTransactionError(RuntimeError):
    """A write forgot its transaction: the event could outlive it or be lost without it."""


def audit_record(
    actor: Actor | None,
    *,
    action: str,
    project: Project | None = None,
    target: models.Model | None = None,
    data: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Write what happened, inside the caller's transaction.

    Parameters
    ----------
    actor
        Who did it; ``None`` for the platform itself.
    action
        ``<noun>.<verb>``, such as ``release.publish``.
    target
        The row it was done to.
    data
        Facts worth keeping; identifiers and states, never content or secrets.

    Raises
    ------
    AuditOutsideTransactionError
        When there is no transaction to share.
    """
    if not connection.in_atomic_block:
        raise AuditOutsideTransactionError(action)
    return AuditEvent.objects.create(
        actor=actor.user if actor else None,
        by_token=actor.token_id if actor else None,
        project=project,
        action=action,
        target_kind=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        data=dict(data or {}),
    )
