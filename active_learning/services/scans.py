from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from active_learning.domain.stopping import WANTED_PRECISION
from active_learning.domain.suspect_kinds import ALIKE_FROM, EVERY_LOOK
from active_learning.models import Scan
from active_learning.services.rounds import clause_learnable, encoder_checked, release_published
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.jobs.services import job_start

SCAN_JOB = "active_learning.run_scan"


@transaction.atomic
def scan_start(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    release_id: uuid.UUID,
    clause_keys: Sequence[str] = (),
    looks: Sequence[str] = EVERY_LOOK,
    seed: int = 0,
    encoder: str = "bundled",
    wanted_precision: float = WANTED_PRECISION,
    alike_from: float = ALIKE_FROM,
) -> Scan:
    """Have a worker look for answers that are likely wrong; on all verdict clauses when none is named.

    ``looks`` says by which signs, every one of `active_learning.domain.suspect_kinds.Look` unless named.
    ``wanted_precision`` is the share of mistakes among suspects below which reviewers are told to stop;
    ``alike_from`` the cosine from which two posts are near-duplicates.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotPublishedError, ClauseNotLearnableError, EncoderNameError
    """
    project = project_get(actor, project_id, needs=Capability.MODELS_RUN)
    release = release_published(project_id, release_id)
    keys = [clause_learnable(release, key).key for key in clause_keys] or [
        clause.key for clause in release.clauses.values() if not clause.is_axis
    ]
    created = Scan.objects.create(
        project=project,
        release_id=release.id,
        clause_keys=keys,
        looks=[look for look in EVERY_LOOK if look in looks],
        encoder=encoder_checked(project_id, encoder),
        seed=seed,
        wanted_precision=wanted_precision,
        alike_from=alike_from,
        requested_by=actor.user,
    )
    job = job_start(actor, project=project, kind=SCAN_JOB, queue="gpu", params={"scan_id": str(created.pk)})
    created.job = job
    created.save(update_fields=["job"])
    audit_record(
        actor,
        action="scan.start",
        project=project,
        target=created,
        data={"clauses": keys, "looks": created.looks},
    )
    return created
