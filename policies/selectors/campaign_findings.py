"""What campaigns would ask, what they have found, when they will be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min
from django.utils import timezone

from core.accounts.selectors import Actor, Capability, project_get
from core.queue.selectors import Submission
from policies.domain.impact import Renewed, asked_again
from policies.domain.pace import Forecast, forecast
from policies.domain.sampling import ShareBound, sample_size, share_bound
from policies.errors import CampaignClauseError
from policies.impact_registry import impact_sources
from policies.models import Campaign
from policies.models.campaign import CampaignState
from policies.selectors.campaigns import campaign_progress, campaign_visible_get
from policies.selectors.differences import release_pair_get, stopped_meanings
from policies.selectors.impact import read_only

MARGINS = (0.1, 0.05, 0.03, 0.02, 0.01)
PACE_DAYS = 7


@dataclass(frozen=True, slots=True)
class PlannedSample:
    """How many to ask so that the share that changed is known to within ``margin``."""

    margin: float
    size: int


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What a campaign would ask: all of ``population`` posts and comparisons, or a sample."""

    population: int
    confidence: float
    samples: tuple[PlannedSample, ...]


@dataclass(frozen=True, slots=True)
class CampaignFindings:
    """What a campaign has brought so far.

    ``items`` counts posts and comparisons, ``clauses`` what was asked of them by clause and language. ``bound`` tells
    of the whole population, where the campaign asks a random part of it or has asked all; ``None`` before the first
    comparison. ``pace_since`` is where the forecast's hours begin.
    """

    items: Renewed
    clauses: tuple[Renewed, ...]
    population: int
    bound: ShareBound | None
    confidence: float
    forecast: Forecast | None
    pace_since: datetime | None


def campaign_plan(
    actor: Actor,
    release_id: UUID,
    *,
    against_id: UUID | None = None,
    clause_keys: Sequence[str] = (),
    confidence: float = 0.95,
) -> CampaignPlan:
    """Count what a campaign would ask, and how large samples would be; nothing is written.

    Raises
    ------
    CampaignClauseError
        When a named clause did not change.
    """
    release, against = release_pair_get(actor, release_id, against_id)
    project_id = release.policy.project_id
    project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    with read_only():
        stopped = asked_again(stopped_meanings(release, against)[0])
        for key in clause_keys:
            if key not in {meaning.clause_key for meaning in stopped}:
                raise CampaignClauseError(key=key)
        wanted = [meaning for meaning in stopped if not clause_keys or meaning.clause_key in clause_keys]
        population = sum(
            source.affected_count(project_id=project_id, stopped=wanted) for source in impact_sources()
        )
    samples = tuple(
        PlannedSample(margin, sample_size(population, margin=margin, confidence=confidence))
        for margin in MARGINS
    )
    return CampaignPlan(population, confidence, samples)


def campaign_findings(actor: Actor, campaign_id: UUID) -> CampaignFindings:
    """Compare what was decided anew with what held before, and tell when the rest will be in."""
    campaign = campaign_visible_get(actor, campaign_id)
    stopped = [
        meaning
        for meaning in stopped_meanings(campaign.release, campaign.against)[0]
        if meaning.clause_key in campaign.clause_keys
    ]
    with read_only():
        rows = [
            row
            for source in impact_sources()
            for row in source.renewed(
                project_id=campaign.project_id, stopped=stopped, campaign_id=campaign.pk
            )
        ]
        coming, since = _coming(campaign)
    items = _sum([row for row in rows if row.clause_key == ""])
    clauses = tuple(row for row in rows if row.clause_key != "")
    population = max(campaign.population or 0, items.asked)
    return CampaignFindings(
        items=items,
        clauses=clauses,
        population=population,
        bound=_bound(campaign, items, population),
        confidence=campaign.confidence,
        forecast=coming,
        pace_since=since,
    )


def _bound(campaign: Campaign, items: Renewed, population: int) -> ShareBound | None:
    """Tell of the population only from what was drawn at random: a sample, or everything."""
    if campaign.margin is None and items.compared < population:
        return None
    return share_bound(items.changed, items.compared, population, confidence=campaign.confidence)


def _coming(campaign: Campaign) -> tuple[Forecast | None, datetime | None]:
    """Return when the answers that are left will be in, from those of the last days, and since when they came."""
    progress = campaign_progress(campaign)
    left = progress.answers_wanted - progress.answers_given
    if campaign.state != CampaignState.RUNNING:
        return None, None
    now = timezone.now()
    given = Submission.objects.filter(
        task__source="campaign",
        task__source_id=campaign.pk,
        slot__isnull=False,
        supersedes__isnull=True,
        created_at__gte=now - timedelta(days=PACE_DAYS),
    ).aggregate(seen=Count("pk"), first=Min("created_at"))
    if given["first"] is None:
        return None, None
    hours = (now - given["first"]).total_seconds() / 3600
    return forecast(left=left, seen=given["seen"], hours=hours), given["first"]


def _sum(rows: Sequence[Renewed]) -> Renewed:
    return Renewed(
        "",
        "",
        asked=sum(row.asked for row in rows),
        renewed=sum(row.renewed for row in rows),
        compared=sum(row.compared for row in rows),
        changed=sum(row.changed for row in rows),
    )
