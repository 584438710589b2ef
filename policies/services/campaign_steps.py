"""Holding a campaign back, letting it go on, ending it: at once where it is small, else by a job, batch by batch.

The request says what is wanted and new tasks follow from then on; what lies open already follows task by task, each
batch under the campaign's lock and only while that step is still what is wanted. So one step takes another's place in
the middle, and a job that is killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.jobs.services import job_start
from core.queue.services import (
    slots_free,
    slots_hold,
    source_free,
    source_hold,
    source_tasks_open,
    tasks_withdraw,
)
from policies.errors import CampaignNotFoundError, CampaignStateError
from policies.models import Campaign
from policies.models.campaign import CampaignState
from policies.selectors.campaigns import campaign_tasks_open, campaign_to_change

JOB_KIND = "policies.carry_campaign"
BATCH = 2_000
"""So many tasks follow in one transaction; a campaign with no more of them follows in the request."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Step:
    """``wanted`` says when the step can be taken; ``follow`` has a batch of tasks follow it."""

    name: str
    start: frozenset[CampaignState]
    wanted: str
    way: CampaignState
    end: CampaignState
    follow: Callable[[Project, Collection[UUID]], object]


def _withdrawn(project: Project, task_ids: Collection[UUID]) -> int:
    return tasks_withdraw(None, project=project, task_ids=task_ids)


PAUSE = _Step(
    "pause",
    frozenset({CampaignState.RUNNING, CampaignState.RESUMING}),
    "only one that is under way can be paused",
    CampaignState.PAUSING,
    CampaignState.PAUSED,
    lambda _, task_ids: slots_hold(task_ids),
)
RESUME = _Step(
    "resume",
    frozenset({CampaignState.PAUSED, CampaignState.PAUSING}),
    "only a paused one can be resumed",
    CampaignState.RESUMING,
    CampaignState.RUNNING,
    lambda _, task_ids: slots_free(task_ids),
)
CANCEL = _Step(
    "cancel",
    frozenset(CampaignState) - {CampaignState.CANCELLED},
    "nothing is left to cancel",
    CampaignState.CANCELLING,
    CampaignState.CANCELLED,
    _withdrawn,
)
_ON_THE_WAY = {step.way: step for step in (PAUSE, RESUME, CANCEL)}


@transaction.atomic
def step_take(actor: Actor, campaign_id: UUID, step: _Step) -> Campaign:
    """Take a step with a campaign; where many tasks must follow, a job has them follow.

    Raises
    ------
    CampaignStateError
    """
    campaign = campaign_to_change(actor, campaign_id)
    state_needed(campaign, step.start, step.wanted)
    mark = source_free if step is RESUME else source_hold
    mark(actor, campaign.project, source_id=campaign.pk)
    campaign.state = step.way
    first = list(islice(_tasks(campaign), BATCH + 1))
    if len(first) > BATCH:
        job = job_start(
            actor,
            project=campaign.project,
            kind=JOB_KIND,
            params={"campaign_id": str(campaign.pk)},
            message=f"A campaign is {_TOLD[step.way]}",
        )
        campaign.job_id = job.pk
    else:
        step.follow(campaign.project, first)
        _end(campaign, step)
    campaign.save(update_fields=["state", "job_id"])
    audit_record(actor, action=f"campaign.{step.name}", project=campaign.project, target=campaign)
    return campaign


def campaign_carry(*, campaign_id: UUID, progress: Progress) -> dict[str, Any]:
    """Have a campaign's open tasks follow the step that was taken, batch by batch; safe to run again.

    Ends early where another step was taken meanwhile: that one has a job of its own.
    """
    campaign = Campaign.objects.select_related("project").filter(pk=campaign_id).first()
    if campaign is None:
        raise CampaignNotFoundError()
    step, done = _ON_THE_WAY.get(CampaignState(campaign.state)), 0
    if step is None:
        return {"campaign_id": str(campaign_id), "tasks": done}
    tasks, total = _tasks(campaign), campaign_tasks_open(campaign.pk)
    while batch := list(islice(tasks, BATCH)):
        if not _follow(campaign, step, batch):
            return {"campaign_id": str(campaign_id), "tasks": done}
        done += len(batch)
        progress(done, total)
    _follow(campaign, step, (), is_last=True)
    return {"campaign_id": str(campaign_id), "tasks": done}


def state_needed(campaign: Campaign, states: Collection[CampaignState], wanted: str) -> None:
    """Raise `CampaignStateError` unless the campaign is in one of the states; ``wanted`` says what it must be."""
    if campaign.state not in states:
        raise CampaignStateError(
            state=_TOLD.get(CampaignState(campaign.state), campaign.state), wanted=wanted
        )


_TOLD = {
    CampaignState.STARTING: "still making its tasks",
    CampaignState.RUNNING: "under way",
    CampaignState.PAUSING: "being paused",
    CampaignState.RESUMING: "being resumed",
    CampaignState.CANCELLING: "being cancelled",
}


@transaction.atomic
def _follow(campaign: Campaign, step: _Step, task_ids: Collection[UUID], *, is_last: bool = False) -> bool:
    """Have these tasks follow while the step is still what is wanted; return whether it is."""
    state = Campaign.objects.select_for_update().values_list("state", flat=True).get(pk=campaign.pk)
    if state != step.way:
        return False
    step.follow(campaign.project, task_ids)
    if is_last:
        _end(campaign, step)
        campaign.save(update_fields=["state"])
    return True


def _end(campaign: Campaign, step: _Step) -> None:
    if step is CANCEL:
        source_free(None, campaign.project, source_id=campaign.pk)
    campaign.state = step.end


def _tasks(campaign: Campaign) -> Iterator[UUID]:
    return source_tasks_open(campaign.project_id, campaign.pk, at_a_time=BATCH)
