from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from active_learning.domain.intervals import Share, share_measured
from active_learning.domain.outcomes import REVIEWED, Outcome
from active_learning.domain.stopping import Advice, advice_given, window_size
from active_learning.domain.suspect_kinds import SuspectKind
from active_learning.models import Scan, Suspect
from core.accounts.selectors import Actor, Capability, Project, project_get, projects_visible_to
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


@dataclass(frozen=True)
class KindTally:
    """What became of a scan's suspects of one kind."""

    kind: SuspectKind
    suspects: int
    pending: int
    dismissed: int
    precision: Share


def scan_kinds(scan: Scan) -> list[KindTally]:
    """Return every kind of suspect with what became of them; kinds without any, too."""
    rows = Suspect.objects.filter(scan=scan).values_list("kind", "outcome").annotate(total=Count("pk"))
    counts = {(kind, outcome): total for kind, outcome, total in rows}

    def tally(kind: SuspectKind) -> KindTally:
        of = {outcome: counts.get((str(kind), str(outcome)), 0) for outcome in Outcome}
        precision = scan_precision(changed=of[Outcome.CHANGED], confirmed=of[Outcome.CONFIRMED])
        return KindTally(kind, sum(of.values()), of[Outcome.PENDING], of[Outcome.DISMISSED], precision)

    return [tally(kind) for kind in SuspectKind]


def suspects_of(scan: Scan, *, outcome: str | None = None, kind: str | None = None) -> QuerySet[Suspect]:
    """Return a scan's suspects; those of one outcome or kind when it is named."""
    rows = Suspect.objects.filter(scan=scan).select_related("post", "reviewed_by")
    if kind is not None:
        rows = rows.filter(kind=kind)
    return rows if outcome is None else rows.filter(outcome=outcome)


def suspect_get(actor: Actor, suspect_id: uuid.UUID) -> Suspect:
    """Return a suspect of a project in which the actor may decide reviews.

    Raises
    ------
    NotFoundError
        When there is none, or the actor is not in its project.
    CapabilityMissingError
    """
    found = (
        Suspect.objects.select_related("scan", "scan__project", "scan__release", "post", "reviewed_by")
        .filter(pk=suspect_id)
        .first()
    )
    if found is None:
        raise NotFoundError()
    project_get(actor, found.scan.project_id, needs=Capability.REVIEW_DECIDE)
    return found


def scan_precision(*, changed: int, confirmed: int) -> Share:
    """Return the share of reviewed suspects that were wrong, with its interval: the scan's precision so far."""
    return share_measured(changed, changed + confirmed)


def scan_advice(scan: Scan) -> Advice:
    """Return whether reviewing the scan's suspects is still worth it, by the last doubted answers by rank."""
    suspects = Suspect.objects.filter(scan=scan, kind=SuspectKind.ANSWER)
    last = suspects.filter(outcome__in=REVIEWED).order_by("-rank").values_list("outcome", flat=True)
    hits = [outcome == Outcome.CHANGED for outcome in last[: window_size(scan.wanted_precision)]]
    left = suspects.filter(outcome=Outcome.PENDING).count()
    return advice_given(hits[::-1], left=left, wanted_precision=scan.wanted_precision)


def decisions_confirmed(project_id: uuid.UUID, clause_key: str) -> set[uuid.UUID]:
    """Return the decisions on a clause that a person confirmed when an earlier scan doubted them."""
    rows = Suspect.objects.filter(
        scan__project_id=project_id, clause_key=clause_key, outcome=Outcome.CONFIRMED
    )
    return set(rows.values_list("decision_id", flat=True))


def subjects_reviewed(project_id: uuid.UUID, clause_key: str, kind: SuspectKind) -> set[str]:
    """Return the subjects on a clause of which a person said whether they were right, when a scan doubted them so."""
    rows = Suspect.objects.filter(
        scan__project_id=project_id, clause_key=clause_key, kind=kind, outcome__in=REVIEWED
    )
    return set(rows.values_list("subject", flat=True))


def _with_facts(scans: QuerySet[Scan]) -> QuerySet[Scan]:
    return scans.select_related(
        "job", "job__requested_by", "release__policy", "requested_by", "project"
    ).annotate(
        suspects_count=Count("suspects"),
        pending_count=_count(Outcome.PENDING),
        confirmed_count=_count(Outcome.CONFIRMED),
        changed_count=_count(Outcome.CHANGED),
        dismissed_count=_count(Outcome.DISMISSED),
    )


def _count(outcome: Outcome) -> Count:
    return Count("suspects", filter=Q(suspects__outcome=outcome))
