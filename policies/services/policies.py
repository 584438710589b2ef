from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from policies.errors import PolicyKeyTakenError
from policies.models import Policy


def policy_create(actor: Actor, *, project_id: UUID, key: str, title: str, summary: str = "") -> Policy:
    """Create a policy without any release; its key never changes.

    Raises
    ------
    PolicyKeyTakenError
        When the project has one with this key.
    """
    project = project_get(actor, project_id, needs=Capability.POLICY_EDIT)
    try:
        with transaction.atomic():
            policy = Policy.objects.create(
                project=project, key=key, title=title, summary=summary, created_by=actor.user
            )
            audit_record(actor, action="policy.create", project=project, target=policy, data={"key": key})
    except IntegrityError as error:
        if "policy_key_once_per_project" in str(error):
            raise PolicyKeyTakenError(key=key) from None
        raise
    return policy
