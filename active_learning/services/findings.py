"""What becomes of a post that is like none answered: people are asked about it."""

from __future__ import annotations

from django.db import transaction

from active_learning.domain.finding_kinds import FindingKind
from active_learning.errors import FindingAnsweredError, FindingAskedError, FindingNotAskableError
from active_learning.models import ScanFinding
from annotation.selectors import decisions_current
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.queue.services import TaskSpec, tasks_create

PRIORITY = 20.0


@transaction.atomic
def finding_ask(actor: Actor, finding: ScanFinding, *, slots: int = 1) -> ScanFinding:
    """Ask people about an outlier: those of the scan's clauses that are not decided on it.

    Raises
    ------
    CapabilityMissingError, FindingNotAskableError, FindingAskedError, FindingAnsweredError
    """
    scan = finding.scan
    project = project_get(actor, scan.project_id, needs=Capability.REVIEW_DECIDE)
    locked = (
        ScanFinding.objects.select_for_update(of=("self",))
        .select_related("scan", "post", "other_post")
        .get(pk=finding.pk)
    )
    if locked.kind != FindingKind.OUTLIER:
        raise FindingNotAskableError()
    if locked.task_id is not None:
        raise FindingAskedError()
    decided = decisions_current(project.pk, release_id=scan.release_id, clause_keys=scan.clause_keys)
    known = set(decided.filter(post_id=locked.post_id).values_list("clause_key", flat=True))
    keys = [key for key in scan.clause_keys if key not in known]
    if not keys:
        raise FindingAnsweredError()
    spec = TaskSpec(
        release_id=scan.release_id,
        clause_keys=keys,
        slots=slots,
        post_id=locked.post_id,
        priority=PRIORITY,
        source="outlier",
        source_id=locked.pk,
    )
    locked.task_id = tasks_create(project, kind="label", specs=[spec], actor=actor)[0].pk
    locked.save(update_fields=["task_id"])
    audit_record(actor, action="finding.ask", project=project, target=locked, data={"slots": slots})
    return locked
