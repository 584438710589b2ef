"""Re-labelling campaigns: only the clauses whose meaning changed, only where somebody had answered them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.jobs.services import job_start
from policies.errors import (
    AgainstInvalidError,
    CampaignClauseError,
    CampaignEmptyError,
    CampaignReleaseError,
    CampaignWidenError,
)
from policies.models import Campaign
from policies.models.campaign import CampaignState
from policies.models.release import ReleaseState
from policies.selectors.access import release_visible_get
from policies.selectors.campaigns import campaign_to_change
from policies.selectors.differences import stopped_meanings
from policies.services.campaign_steps import CANCEL, PAUSE, RESUME, state_needed, step_take

JOB_KIND = "policies.start_campaign"


@transaction.atomic
def campaign_start(
    actor: Actor,
    *,
    project_id: UUID,
    release_id: UUID,
    against_id: UUID,
    clause_keys: Sequence[str] | None = None,
    overlap: int = 1,
    margin: float | None = None,
    confidence: float = 0.95,
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
    margin, confidence
        Ask a random sample only, large enough to know the share that changed to within ``margin`` (0.05 is five
        points on either side) at this confidence; all of it when left out.

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
        margin=margin,
        confidence=confidence,
        created_by=actor.user,
    )
    _begin(actor, campaign)
    audit_record(
        actor,
        action="campaign.start",
        project=project,
        target=campaign,
        data={
            "release": str(release.pk),
            "against": str(against.pk),
            "clauses": campaign.clause_keys,
            "margin": margin,
        },
    )
    return campaign


@transaction.atomic
def campaign_widen(actor: Actor, campaign_id: UUID, *, margin: float | None = None) -> Campaign:
    """Ask more: a sample for a smaller margin, or all when none is named. What was asked stays a part of it.

    Raises
    ------
    CampaignStateError
        When it is cancelled, paused, or its tasks are still being made.
    CampaignWidenError
        When it asks as much already.
    """
    campaign = campaign_to_change(actor, campaign_id)
    state_needed(campaign, {CampaignState.RUNNING}, "only one that is under way can ask more")
    if campaign.margin is None or (margin is not None and margin >= campaign.margin):
        raise CampaignWidenError()
    campaign.margin, campaign.state = margin, CampaignState.STARTING
    campaign.save(update_fields=["margin", "state"])
    _begin(actor, campaign)
    audit_record(
        actor, action="campaign.widen", project=campaign.project, target=campaign, data={"margin": margin}
    )
    return campaign


def campaign_pause(actor: Actor, campaign_id: UUID) -> Campaign:
    """Hand out nothing more of it until it is resumed; what people have they finish.

    Raises
    ------
    CampaignStateError
    """
    return step_take(actor, campaign_id, PAUSE)


def campaign_resume(actor: Actor, campaign_id: UUID) -> Campaign:
    """Go on with one that is paused, or is being paused.

    Raises
    ------
    CampaignStateError
    """
    return step_take(actor, campaign_id, RESUME)


def campaign_cancel(actor: Actor, campaign_id: UUID) -> Campaign:
    """Ask nothing more of it, for good. Answers that were given stay and count.

    Raises
    ------
    CampaignStateError
    """
    return step_take(actor, campaign_id, CANCEL)


def _begin(actor: Actor, campaign: Campaign) -> None:
    """Start the job that makes the tasks; one runs at a time."""
    job = job_start(
        actor,
        project=campaign.project,
        kind=JOB_KIND,
        params={"campaign_id": str(campaign.pk)},
        unique_key=f"campaign:{campaign.pk}",
    )
    Campaign.objects.filter(pk=campaign.pk).update(job_id=job.pk)
    campaign.job_id = job.pk
