"""Re-labelling campaigns: only the clauses whose meaning changed, only where somebody had answered them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, User, project_get
from core.accounts.services import audit_record
from core.jobs.services import job_start
from core.queue.services import TaskSpec, tasks_create
from policies.domain.impact import AffectedItem, ImpactSource, StoppedMeaning
from policies.errors import (
    AgainstInvalidError,
    CampaignClauseError,
    CampaignEmptyError,
    CampaignNotFoundError,
    CampaignReleaseError,
)
from policies.impact_registry import impact_sources
from policies.models import Campaign, CampaignItem
from policies.models.campaign import CampaignState
from policies.models.release import ReleaseState
from policies.selectors.access import release_visible_get
from policies.selectors.campaigns import CAMPAIGN_JOINS
from policies.selectors.differences import stopped_meanings

JOB_KIND = "policies.start_campaign"
BATCH = 500

Progress = Callable[[int], None]


@transaction.atomic
def campaign_start(
    actor: Actor,
    *,
    project_id: UUID,
    release_id: UUID,
    against_id: UUID,
    clause_keys: Sequence[str] | None = None,
    overlap: int = 1,
) -> Campaign:
    """Order that the changed clauses be asked again; a job makes the tasks.

    Parameters
    ----------
    against_id
        The release the old answers were given under, or an editorial twin of it.
    clause_keys
        Some of the changed clauses; all of them when left out.
    overlap
        How many people answer each post again.

    Raises
    ------
    CampaignReleaseError
        When the release to ask under is not in force.
    CampaignEmptyError
        When no clause that both releases ask changed its meaning.
    CampaignClauseError
        When a named clause did not change.
    """
    project = project_get(actor, project_id, needs=Capability.POLICY_APPROVE)
    release, against = release_visible_get(actor, release_id), release_visible_get(actor, against_id)
    same_policy = release.policy_id == against.policy_id and release.policy.project_id == project.pk
    if not same_policy or release.pk == against.pk or not against.is_published:
        raise AgainstInvalidError()
    if release.state != ReleaseState.RELEASED:
        raise CampaignReleaseError()
    changed = [s.clause_key for s in stopped_meanings(release, against)[0] if s.after is not None]
    if not changed:
        raise CampaignEmptyError()
    for key in clause_keys or ():
        if key not in changed:
            raise CampaignClauseError(key=key)
    campaign = Campaign.objects.create(
        project=project,
        release=release,
        against=against,
        clause_keys=sorted(set(clause_keys or changed)),
        overlap=overlap,
        created_by=actor.user,
    )
    job = job_start(
        actor,
        project=project,
        kind=JOB_KIND,
        params={"campaign_id": str(campaign.pk)},
        unique_key=f"campaign:{campaign.pk}",
    )
    campaign.job_id = job.pk
    campaign.save(update_fields=["job_id"])
    audit_record(
        actor,
        action="campaign.start",
        project=project,
        target=campaign,
        data={"release": str(release.pk), "against": str(against.pk), "clauses": campaign.clause_keys},
    )
    return campaign


def campaign_make_tasks(
    *, campaign_id: UUID, requested_by_id: UUID | None, progress: Progress
) -> dict[str, Any]:
    """Make the campaign's tasks in batches, each in one transaction, going on after the last one made.

    Safe to run again at any time: an item is asked once per campaign, and not again where an earlier
    campaign of the same release has asked the same clause.
    """
    campaign = Campaign.objects.select_related(*CAMPAIGN_JOINS).filter(pk=campaign_id).first()
    if campaign is None:
        raise CampaignNotFoundError()
    actor = Actor(user=User.objects.get(pk=requested_by_id)) if requested_by_id else None
    stopped = [
        meaning
        for meaning in stopped_meanings(campaign.release, campaign.against)[0]
        if meaning.clause_key in campaign.clause_keys
    ]
    made = CampaignItem.objects.filter(campaign=campaign).count()
    for source in impact_sources():
        for count in _batches(campaign, source, stopped, actor):
            made += count
            progress(made)
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.RUNNING)
    return {"campaign_id": str(campaign.pk), "tasks": made}


def _batches(
    campaign: Campaign, source: ImpactSource, stopped: Sequence[StoppedMeaning], actor: Actor | None
) -> Iterator[int]:
    """Yield how many tasks each batch made, until the source has no more items."""
    last = CampaignItem.objects.filter(campaign=campaign, source=source.name).order_by("-item_id").first()
    after = last.item_id if last else None
    while True:
        items = source.affected(project_id=campaign.project_id, stopped=stopped, after=after, limit=BATCH)
        if not items:
            return
        after = items[-1].item_id
        yield _make_batch(campaign, source.name, _unasked(campaign, source.name, items), stopped, actor)


def _unasked(
    campaign: Campaign, source: str, items: Sequence[AffectedItem]
) -> list[tuple[AffectedItem, list[str]]]:
    """Return each item with the clauses no campaign of this release has asked of it yet; none left, no item."""
    asked: dict[UUID, set[str]] = {}
    rows = CampaignItem.objects.filter(
        campaign__release_id=campaign.release_id, source=source, item_id__in=[item.item_id for item in items]
    )
    for item_id, keys in rows.values_list("item_id", "clause_keys"):
        asked.setdefault(item_id, set()).update(keys)
    left = ((item, sorted(set(item.clause_keys) - asked.get(item.item_id, set()))) for item in items)
    return [(item, keys) for item, keys in left if keys]


@transaction.atomic
def _make_batch(
    campaign: Campaign,
    source: str,
    items: Sequence[tuple[AffectedItem, list[str]]],
    stopped: Sequence[StoppedMeaning],
    actor: Actor | None,
) -> int:
    for kind in ("label", "compare"):
        chosen = [(item, keys) for item, keys in items if item.kind == kind]
        if not chosen:
            continue
        specs = [_spec(campaign, item, keys, stopped) for item, keys in chosen]
        tasks = tasks_create(campaign.project, kind=kind, specs=specs, actor=actor)
        CampaignItem.objects.bulk_create(
            CampaignItem(
                campaign=campaign, source=source, item_id=item.item_id, clause_keys=keys, task_id=task.pk
            )
            for (item, keys), task in zip(chosen, tasks, strict=True)
        )
    return len(items)


def _spec(
    campaign: Campaign, item: AffectedItem, keys: list[str], stopped: Sequence[StoppedMeaning]
) -> TaskSpec:
    return TaskSpec(
        release_id=campaign.release_id,
        clause_keys=keys,
        slots=campaign.overlap,
        post_id=item.item_id if item.kind == "label" else None,
        comparison_id=item.item_id if item.kind == "compare" else None,
        priority=item.priority,
        source="campaign",
        source_id=campaign.pk,
        context={
            "campaign_id": str(campaign.pk),
            "release_id": str(campaign.release_id),
            "against_id": str(campaign.against_id),
            "clauses": [
                {"clause_key": s.clause_key, "before": s.before, "after": s.after}
                for s in stopped
                if s.clause_key in keys
            ],
            "old_answers": [dict(answer) for answer in item.old_answers if answer.get("clause_key") in keys],
        },
    )
