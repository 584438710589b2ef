"""What a scan told besides doubted answers; of gold only to those who keep it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from active_learning.domain.finding_kinds import FindingKind
from active_learning.models import Scan, ScanFinding
from annotation.selectors import gold_items
from core.accounts.selectors import Actor, Capability, capabilities_in, project_get
from core.errors import NotFoundError


@dataclass(frozen=True)
class FindingTally:
    """How many findings of a kind a scan has."""

    kind: FindingKind
    findings: int


@dataclass(frozen=True)
class FindingView:
    """A finding, and whether the gold it is about is no longer in use."""

    finding: ScanFinding
    is_retired: bool


def scan_findings(actor: Actor, scan: Scan) -> list[FindingTally]:
    """Return the kinds of findings the actor may see with their counts; kinds without any, too."""
    rows = ScanFinding.objects.filter(scan=scan).values_list("kind").annotate(total=Count("pk"))
    counts = dict(rows)
    return [FindingTally(kind, counts.get(str(kind), 0)) for kind in _visible(actor, scan.project_id)]


def findings_of(actor: Actor, scan: Scan, *, kind: str | None) -> QuerySet[ScanFinding]:
    """Return the findings the actor may see; those of one kind when it is named.

    Raises
    ------
    CapabilityMissingError
        Gold was named, and the actor does not keep it.
    """
    rows = ScanFinding.objects.filter(scan=scan).select_related("post", "other_post")
    if kind is None:
        return rows.filter(kind__in=_visible(actor, scan.project_id))
    if kind == FindingKind.GOLD:
        project_get(actor, scan.project_id, needs=Capability.QUALITY_KEEP)
    return rows.filter(kind=kind)


def findings_shown(scan: Scan, rows: Sequence[ScanFinding]) -> list[FindingView]:
    """Return a page of findings as they are shown."""
    item_ids = {row.why["gold"]["item_id"] for row in rows if "gold" in row.why}
    items = gold_items(scan.project_id).filter(pk__in=item_ids, retired_at__isnull=False)
    retired = {str(item_id) for item_id in items.values_list("pk", flat=True)} if item_ids else set()
    return [FindingView(row, row.why.get("gold", {}).get("item_id") in retired) for row in rows]


def finding_get(actor: Actor, finding_id: uuid.UUID) -> ScanFinding:
    """Return a finding of a project in which the actor may decide reviews.

    Raises
    ------
    NotFoundError
        When there is none, the actor is not in its project, or may not see its kind.
    CapabilityMissingError
    """
    found = (
        ScanFinding.objects.select_related("scan", "scan__project", "post", "other_post")
        .filter(pk=finding_id)
        .first()
    )
    if found is None:
        raise NotFoundError()
    project_get(actor, found.scan.project_id, needs=Capability.REVIEW_DECIDE)
    if found.kind not in _visible(actor, found.scan.project_id):
        raise NotFoundError()
    return found


def _visible(actor: Actor, project_id: uuid.UUID) -> list[FindingKind]:
    keeps_gold = Capability.QUALITY_KEEP in capabilities_in(actor, project_id)
    return [kind for kind in FindingKind if keeps_gold or kind != FindingKind.GOLD]
