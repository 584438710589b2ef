from __future__ import annotations

import uuid

from django.db import transaction

from annotation.models import RuleChangeTold
from annotation.selectors.rule_changes import release_asked
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record


@transaction.atomic
def rule_change_acknowledge(actor: Actor, project_id: uuid.UUID, release_id: uuid.UUID) -> None:
    """Keep that the actor works under a release and was told what it changed; once more changes nothing.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotFoundError
    """
    project = project_get(actor, project_id, needs=Capability.TASKS_WORK)
    release = release_asked(actor, project_id, release_id)
    kept = RuleChangeTold.objects.filter(person_id=actor.user.pk, release_id=release.id)
    if kept.exists():
        return
    # Two tabs may tell at the same moment.
    RuleChangeTold.objects.bulk_create(
        [RuleChangeTold(project_id=project_id, person_id=actor.user.pk, release_id=release.id)],
        ignore_conflicts=True,
    )
    audit_record(actor, action="release.acknowledge", project=project, data={"release": release.label})
