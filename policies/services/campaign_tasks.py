"""Making a campaign's tasks: all that is stale, or a random sample of it, in batches that are safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, User
from core.db.copying import rows_copy
from core.db.identifiers import uuid7_text
from core.queue.services import TaskSpec, tasks_create
from policies.domain.impact import AffectedItem, ImpactSource, StoppedMeaning
from policies.domain.sampling import draw_place, drawn, sample_size
from policies.errors import CampaignNotFoundError
from policies.impact_registry import impact_sources
from policies.models import Campaign, CampaignItem
from policies.models.campaign import ENDED, CampaignState
from policies.selectors.campaigns import CAMPAIGN_JOINS
from policies.selectors.differences import stopped_meanings
from policies.uncertainty_registry import uncertainties

BATCH = 1000

Progress = Callable[[int], None]


class _Cancelled(Exception):
    """The campaign was cancelled while its tasks were being made."""


def campaign_make_tasks(
    *, campaign_id: UUID, requested_by_id: UUID | None, progress: Progress
) -> dict[str, Any]:
    """Make the campaign's tasks in batches, each in one transaction.

    Safe to run again at any time: an item is asked once per campaign, and not again where an earlier
    campaign of the same release has asked the same clause. A cancelled campaign makes no more.
    """
    campaign = Campaign.objects.select_related(*CAMPAIGN_JOINS).filter(pk=campaign_id).first()
    if campaign is None:
        raise CampaignNotFoundError()
    actor = Actor(user=User.objects.get(pk=requested_by_id)) if requested_by_id else None
    stopped = _asked_again(campaign)
    made = CampaignItem.objects.filter(campaign=campaign).count()
    try:
        for count in _batches(campaign, stopped, actor):
            made += count
            progress(made)
    except _Cancelled:
        return {"campaign_id": str(campaign.pk), "tasks": made}
    facts = (
        {} if campaign.margin is not None else {"sample_size": None, "population": _widest(campaign, made)}
    )
    Campaign.objects.filter(pk=campaign.pk, state=CampaignState.STARTING).update(
        state=CampaignState.RUNNING, **facts
    )
    return {"campaign_id": str(campaign.pk), "tasks": made}


def campaigns_follow(
    *, project_id: UUID, source: str, item_id: UUID, release_id: UUID, clause_keys: Collection[str]
) -> int:
    """Ask anew what somebody has answered under an earlier release while campaigns of a later one are under way.

    An answer may come after a campaign has passed its item: its giver had the task before. Samples stay as they were
    drawn. Safe to run again; returns how many campaigns ask more.
    """
    campaigns = (
        Campaign.objects.select_related(*CAMPAIGN_JOINS)
        .filter(project_id=project_id, margin=None, clause_keys__overlap=list(clause_keys))
        .exclude(release_id=release_id)
        .exclude(state__in=ENDED)
    )
    followed = 0
    for campaign in campaigns.order_by("pk"):
        stopped = _asked_again(campaign)
        for one in impact_sources():
            if one.name != source:
                continue
            items = one.affected(project_id=project_id, stopped=stopped, after=None, limit=1, among=[item_id])
            with suppress(_Cancelled):
                followed += _make_batch(campaign, source, items, stopped, None)
    return followed


def _asked_again(campaign: Campaign) -> list[StoppedMeaning]:
    return [
        meaning
        for meaning in stopped_meanings(campaign.release, campaign.against)[0]
        if meaning.clause_key in campaign.clause_keys
    ]


def _widest(campaign: Campaign, made: int) -> int:
    """Return how many were stale at first: a sample has counted them before, else all that were asked."""
    return max(campaign.population or 0, made)


def _batches(campaign: Campaign, stopped: Sequence[StoppedMeaning], actor: Actor | None) -> Iterator[int]:
    """Yield how many tasks each batch made, until there is nothing left to ask."""
    if campaign.margin is not None:
        yield from _sampled(campaign, stopped, actor)
        return
    for source in impact_sources():
        after: UUID | None = None
        while items := source.affected(
            project_id=campaign.project_id, stopped=stopped, after=after, limit=BATCH
        ):
            after = items[-1].item_id
            yield _make_batch(campaign, source.name, items, stopped, actor)


def _sampled(campaign: Campaign, stopped: Sequence[StoppedMeaning], actor: Actor | None) -> Iterator[int]:
    """Draw as many as the margin needs of what is stale, and ask them in the order of the draw."""
    seed = str(campaign.pk)
    sources = {source.name: source for source in impact_sources()}
    own = set(CampaignItem.objects.filter(campaign=campaign).values_list("source", "item_id"))
    if campaign.population is None:
        campaign.population = len(own) + sum(1 for _ in _stale(campaign, sources, stopped, own))
    size = sample_size(campaign.population, margin=campaign.margin or 0.0, confidence=campaign.confidence)
    campaign.sample_size = size
    campaign.save(update_fields=["population", "sample_size"])
    chosen = drawn(_stale(campaign, sources, stopped, own), max(size - len(own), 0), seed=seed)
    for at in range(0, len(chosen), BATCH):
        batch = chosen[at : at + BATCH]
        for name, source in sources.items():
            among = [item_id for source_name, item_id in batch if source_name == name]
            if not among:
                continue
            items = source.affected(
                project_id=campaign.project_id, stopped=stopped, after=None, limit=len(among), among=among
            )
            ordered = sorted(items, key=lambda item: draw_place((name, item.item_id), seed=seed))
            yield _make_batch(campaign, name, ordered, stopped, actor)


def _stale(
    campaign: Campaign,
    sources: dict[str, ImpactSource],
    stopped: Sequence[StoppedMeaning],
    own: set[tuple[str, UUID]],
) -> Iterator[tuple[str, UUID]]:
    """Yield what may still be drawn: stale, and asked by no campaign of this release."""
    others = CampaignItem.objects.filter(campaign__release_id=campaign.release_id).exclude(campaign=campaign)
    others = others.exclude(campaign__state__in=ENDED)
    asked = own | set(others.values_list("source", "item_id"))
    for name, source in sources.items():
        for item_id in source.affected_ids(project_id=campaign.project_id, stopped=stopped):
            if (name, item_id) not in asked:
                yield name, item_id


def _unasked(
    campaign: Campaign, source: str, items: Sequence[AffectedItem]
) -> list[tuple[AffectedItem, list[str]]]:
    """Return each item with the clauses no campaign of this release has asked of it yet; none left, no item."""
    asked: dict[UUID, set[str]] = {}
    rows = CampaignItem.objects.filter(
        campaign__release_id=campaign.release_id, source=source, item_id__in=[item.item_id for item in items]
    ).exclude(campaign__state__in=ENDED)
    for item_id, keys in rows.values_list("item_id", "clause_keys"):
        asked.setdefault(item_id, set()).update(keys)
    left = ((item, sorted(set(item.clause_keys) - asked.get(item.item_id, set()))) for item in items)
    return [(item, keys) for item, keys in left if keys]


def _priorities(campaign: Campaign, items: Sequence[tuple[AffectedItem, list[str]]]) -> dict[UUID, float]:
    """The worst first, and of equally bad ones those a model is least sure of; a sample is asked as it was drawn.

    What is asked first of a sample would not stand for the rest of it, and the share could not be read on the way.
    """
    if campaign.margin is not None:
        return {}
    posts = {item.item_id: item.item_id if item.kind == "label" else item.post_id for item, _ in items}
    unsure = uncertainties(
        project_id=campaign.project_id,
        clause_keys=campaign.clause_keys,
        post_ids=sorted({post_id for post_id in posts.values() if post_id is not None}),
    )
    return {
        item.item_id: item.priority + 0.99 * unsure.get(posts[item.item_id] or item.item_id, 0.0)
        for item, _ in items
    }


@transaction.atomic
def _make_batch(
    campaign: Campaign,
    source: str,
    items: Sequence[AffectedItem],
    stopped: Sequence[StoppedMeaning],
    actor: Actor | None,
) -> int:
    """Make the tasks of one batch, while the campaign is not cancelled; its row is locked meanwhile."""
    state = Campaign.objects.select_for_update().values_list("state", flat=True).get(pk=campaign.pk)
    if state in ENDED:
        raise _Cancelled
    left = _unasked(campaign, source, items)
    priorities = _priorities(campaign, left)
    for kind in ("label", "compare"):
        chosen = [(item, keys) for item, keys in left if item.kind == kind]
        if not chosen:
            continue
        specs = [
            _spec(campaign, item, keys, stopped, priorities.get(item.item_id, 0.0)) for item, keys in chosen
        ]
        tasks = tasks_create(campaign.project, kind=kind, specs=specs, actor=actor)
        rows_copy(
            CampaignItem,
            ("id", "campaign_id", "source", "item_id", "clause_keys", "task_id"),
            (
                (uuid7_text(), campaign.pk, source, item.item_id, keys, task.pk)
                for (item, keys), task in zip(chosen, tasks, strict=True)
            ),
        )
    return len(left)


def _spec(
    campaign: Campaign,
    item: AffectedItem,
    keys: list[str],
    stopped: Sequence[StoppedMeaning],
    priority: float,
) -> TaskSpec:
    return TaskSpec(
        release_id=campaign.release_id,
        clause_keys=keys,
        slots=campaign.overlap,
        post_id=item.item_id if item.kind == "label" else item.post_id,
        comparison_id=item.item_id if item.kind == "compare" else None,
        language=item.language,
        priority=priority,
        source="campaign",
        source_id=campaign.pk,
        context={
            **item.context,
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
