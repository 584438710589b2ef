from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts.selectors import Actor, Capability, project_get, projects_visible_to
from core.queue.selectors import Slot, Task
from policies.errors import CampaignNotFoundError
from policies.models import Campaign
from policies.models.campaign import CampaignState

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
    rows = Campaign.objects.filter(project__in=projects_visible_to(actor), pk=campaign_id)
    campaign = _counted(rows).first()
    if campaign is None:
        raise CampaignNotFoundError()
    project_get(actor, campaign.project_id, needs=Capability.RESULTS_VIEW)
    return campaign


def campaign_progress(campaign: Campaign) -> CampaignProgress:
    """Return how far a campaign is; it must come from this module, which counts in the same query."""
    counted: dict[str, int] = {name: getattr(campaign, name) for name in _COUNTS}
    is_finished = campaign.state == CampaignState.RUNNING and counted["tasks_closed"] == counted["tasks_made"]
    return CampaignProgress(
        state="finished" if is_finished else campaign.state,
        tasks=counted["tasks_made"],
        tasks_closed=counted["tasks_closed"],
        answers_wanted=counted["answers_wanted"],
        answers_given=counted["answers_given"],
    )


_COUNTS = ("tasks_made", "tasks_closed", "answers_wanted", "answers_given")


def _counted(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    tasks = Task.objects.filter(source="campaign", source_id=OuterRef("pk"))
    slots = Slot.objects.filter(task__source="campaign", task__source_id=OuterRef("pk"))
    return rows.select_related(*CAMPAIGN_JOINS).annotate(
        tasks_made=_number(tasks, "source"),
        tasks_closed=_number(tasks.exclude(state="open"), "source"),
        answers_wanted=_number(slots.exclude(state="withdrawn"), "task__source"),
        answers_given=_number(slots.filter(state="filled"), "task__source"),
    )


def _number(rows: QuerySet[Task] | QuerySet[Slot], one_group: str) -> Coalesce:
    """Count ``rows`` as a subquery; all of them share the one value of ``one_group``."""
    counted = rows.order_by().values(one_group).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
