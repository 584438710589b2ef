from __future__ import annotations

import uuid

from django.db.models import Count, Q, QuerySet

from active_learning.domain.intervals import Share, share_measured
from active_learning.domain.outcomes import Outcome
from active_learning.models import Scan, Suspect
from core.accounts.selectors import Actor, Capability, Project, projects_visible_to
from core.errors import NotFoundError


def scans_in(project: Project) -> QuerySet[Scan]:
    """Return the project's scans with their jobs and counts of suspects by outcome."""
    return _with_facts(Scan.objects.filter(project=project))


def scan_get(actor: Actor, scan_id: uuid.UUID) -> Scan:
    """Return a scan of a project whose results the actor may see.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=Capability.RESULTS_VIEW)
    found = _with_facts(Scan.objects.filter(pk=scan_id, project__in=visible)).first()
    if found is None:
        raise NotFoundError()
    return found


def suspects_of(scan: Scan, *, outcome: str | None = None) -> QuerySet[Suspect]:
    """Return a scan's suspects, the worst first; those of one outcome when it is named."""
    rows = Suspect.objects.filter(scan=scan).select_related("post")
    return rows if outcome is None else rows.filter(outcome=outcome)


def suspect_get(actor: Actor, suspect_id: uuid.UUID) -> Suspect:
    """Return a suspect of a project whose results the actor may see.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=Capability.RESULTS_VIEW)
    found = (
        Suspect.objects.select_related("scan", "scan__project", "scan__release", "post")
        .filter(pk=suspect_id, scan__project__in=visible)
        .first()
    )
    if found is None:
        raise NotFoundError()
    return found


def scan_precision(scan: Scan) -> Share:
    """Return the share of reviewed suspects that were wrong, with its interval: the scan's precision so far."""
    counts = Suspect.objects.filter(scan=scan).aggregate(
        changed=Count("id", filter=Q(outcome=Outcome.CHANGED)),
        confirmed=Count("id", filter=Q(outcome=Outcome.CONFIRMED)),
    )
    return share_measured(counts["changed"], counts["changed"] + counts["confirmed"])


def _with_facts(scans: QuerySet[Scan]) -> QuerySet[Scan]:
    return scans.select_related(
        "job", "job__requested_by", "release__policy", "requested_by", "project"
    ).annotate(
        suspects_count=Count("suspects"),
        pending_count=Count("suspects", filter=Q(suspects__outcome=Outcome.PENDING)),
    )
