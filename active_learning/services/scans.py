from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now

from active_learning.domain.outcomes import Outcome
from active_learning.errors import NewAnswerMissingError, SuspectReviewedError
from active_learning.models import Scan, Suspect
from active_learning.services.rounds import clause_learnable, encoder_checked, release_published
from annotation.services import adjudication_record
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
    seed: int = 0,
    encoder: str = "bundled",
) -> Scan:
    """Have a worker look for decisions that are likely wrong; all verdict clauses when none is named.

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
        encoder=encoder_checked(encoder),
        seed=seed,
        requested_by=actor.user,
    )
    job = job_start(actor, project=project, kind=SCAN_JOB, queue="gpu", params={"scan_id": str(created.pk)})
    created.job = job
    created.save(update_fields=["job"])
    audit_record(actor, action="scan.start", project=project, target=created, data={"clauses": keys})
    return created


@transaction.atomic
def suspect_review(
    actor: Actor,
    suspect: Suspect,
    *,
    outcome: str,
    answer: str | None = None,
    severity: int | None = None,
    reason: str = "",
) -> Suspect:
    """Say what a suspect is: right after all, wrong (then a new decision is recorded), or not to be told.

    Raises
    ------
    CapabilityMissingError, SuspectReviewedError, NewAnswerMissingError
        And what `annotation.services.adjudication_record` raises.
    """
    scan = suspect.scan
    project = project_get(actor, scan.project_id, needs=Capability.REVIEW_DECIDE)
    locked = Suspect.objects.select_for_update().get(pk=suspect.pk)
    if locked.outcome != Outcome.PENDING:
        raise SuspectReviewedError()
    if outcome == Outcome.CHANGED:
        if not answer or answer == locked.given:
            raise NewAnswerMissingError()
        adjudication_record(
            actor,
            locked.post_id,
            release_id=scan.release_id,
            clause_key=locked.clause_key,
            answer=answer,
            severity=severity,
            reason_code="mistake",
            reason=reason or "Found by a label-noise scan.",
        )
    locked.outcome, locked.reviewed_by = outcome, actor.user
    locked.reviewed_at = Now()
    locked.save(update_fields=["outcome", "reviewed_by", "reviewed_at"])
    audit_record(actor, action="suspect.review", project=project, target=locked, data={"outcome": outcome})
    locked.refresh_from_db()
    return locked
