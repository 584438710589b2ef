from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from core.accounts.selectors import Actor, Capability, project_get, projects_visible_to
from core.queue.selectors import Slot, Task
from policies.errors import CampaignNotFoundError
from policies.models import Campaign
from policies.models.campaign import ENDED, CampaignState

CAMPAIGN_JOINS = ("project", "release", "release__policy", "against", "against__policy")


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """How far a campaign is: tasks and answers, wanted and given."""

    state: str
    tasks: int
    tasks_closed: int
    answers_wanted: int
    answers_given: int


def campaigns_in(actor: Actor, project_id: UUID) -> QuerySet[Campaign]:
    """Return the project's campaigns, with their counts, when the actor may see its results."""
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    return _counted(Campaign.objects.filter(project=project))


def campaign_visible_get(actor: Actor, campaign_id: UUID) -> Campaign:
    """Return the campaign, with its counts, when the actor may see results of its project.

    Raises
    ------
    CampaignNotFoundError
        When there is none or it is in a project the actor cannot see.
    """
    return _visible(actor, _counted(Campaign.objects.filter(pk=campaign_id)))


def campaign_to_change(actor: Actor, campaign_id: UUID) -> Campaign:
    """Return the campaign, its row locked, when the actor may order campaigns in its project.

    Raises
    ------
    CampaignNotFoundError
        When there is none or it is in a project the actor cannot see.
    """
    rows = Campaign.objects.filter(pk=campaign_id).select_related("project").select_for_update(of=("self",))
    campaign = _visible(actor, rows)
    project_get(actor, campaign.project_id, needs=Capability.POLICY_APPROVE)
    return campaign


def _visible(actor: Actor, rows: QuerySet[Campaign]) -> Campaign:
    campaign = rows.filter(project__in=projects_visible_to(actor)).first()
    if campaign is None:
        raise CampaignNotFoundError()
    project_get(actor, campaign.project_id, needs=Capability.RESULTS_VIEW)
    return campaign


def campaign_tasks_open(campaign_id: UUID) -> int:
    """Return how many of a campaign's tasks want answers."""
    return Task.objects.filter(source="campaign", source_id=campaign_id, state="open").count()


def campaign_progress(campaign: Campaign) -> CampaignProgress:
    """Return how far a campaign is; it must come from this module, which counts in the same query."""
    counted: dict[str, int] = defaultdict(int)
    for counts in (getattr(campaign, "task_counts"), getattr(campaign, "slot_counts")):  # noqa: B009 - annotated
        counted |= counts or {}
    is_finished = campaign.state == CampaignState.RUNNING and counted["tasks_closed"] == counted["tasks_made"]
    return CampaignProgress(
        state="finished" if is_finished else campaign.state,
        tasks=counted["tasks_made"],
        tasks_closed=counted["tasks_closed"],
        answers_wanted=counted["answers_wanted"],
        answers_given=counted["answers_given"],
    )


@dataclass(frozen=True, slots=True)
class CampaignStanding:
    """How much of a campaign that counts is in: ``share`` of the answers it wants, 1 when it wants none."""

    campaign_id: UUID
    release_id: UUID
    against_label: str
    clause_keys: tuple[str, ...]
    share: float
    is_sample: bool


def campaigns_standing(release_id: UUID) -> list[CampaignStanding]:
    """Return the campaigns that ask under a release and were not cancelled, oldest first, with how far they are.

    One whose tasks are still being made has share 0.
    """
    rows = _counted(Campaign.objects.filter(release_id=release_id).exclude(state__in=ENDED))
    return [_standing(campaign) for campaign in rows.order_by("pk")]


def _standing(campaign: Campaign) -> CampaignStanding:
    progress = campaign_progress(campaign)
    is_starting = campaign.state == CampaignState.STARTING
    share = progress.answers_given / progress.answers_wanted if progress.answers_wanted else 1.0
    return CampaignStanding(
        campaign_id=campaign.pk,
        release_id=campaign.release_id,
        against_label=f"{campaign.against.policy.key}@{campaign.against.number}",
        clause_keys=tuple(campaign.clause_keys),
        share=0.0 if is_starting else share,
        is_sample=campaign.margin is not None,
    )


def _counted(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Give campaigns their counts; each table is gone through once."""
    tasks = Task.objects.filter(source="campaign", source_id=OuterRef("pk")).order_by().values("source")
    slots = Slot.objects.filter(task__source="campaign", task__source_id=OuterRef("pk")).order_by()
    counted_tasks = tasks.annotate(
        counts=JSONObject(tasks_made=Count("pk"), tasks_closed=Count("pk", filter=~Q(state="open")))
    )
    counted_slots = slots.values("task__source").annotate(
        counts=JSONObject(
            answers_wanted=Count("pk", filter=~Q(state="withdrawn")),
            answers_given=Count("pk", filter=Q(state="filled")),
        )
    )
    return rows.select_related(*CAMPAIGN_JOINS).annotate(
        task_counts=Subquery(counted_tasks.values("counts"), output_field=JSONField()),
        slot_counts=Subquery(counted_slots.values("counts"), output_field=JSONField()),
    )
