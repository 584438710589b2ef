"""The guarded doors: every policy, release and campaign a request touches comes through one of these."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from core.accounts.errors import CapabilityMissingError
from core.accounts.selectors import (
    Actor,
    Capability,
    Project,
    capabilities_in,
    project_get,
    projects_visible_to,
)
from policies.errors import CampaignNotFoundError, PolicyNotFoundError, ReleaseNotFoundError
from policies.models import Campaign, Policy, Release
from policies.models.release import PUBLISHED

WRITERS = (Capability.POLICY_EDIT, Capability.POLICY_APPROVE)
CAMPAIGNERS = (Capability.POLICY_EDIT, Capability.TASKS_MANAGE)


def policy_visible_get(
    actor: Actor, policy_id: UUID, *, needs: Capability = Capability.PROJECT_VIEW
) -> Policy:
    """Return the policy when the actor is a member of its project and may do ``needs``.

    Raises
    ------
    PolicyNotFoundError
        When there is none or it is in a project the actor cannot see.
    CapabilityMissingError
        When the actor sees the project but may not do ``needs``.
    """
    policy = policies_visible_to(actor).filter(pk=policy_id).first()
    if policy is None:
        raise PolicyNotFoundError()
    project_get(actor, policy.project_id, needs=needs)
    return policy


def policies_visible_to(actor: Actor) -> QuerySet[Policy]:
    """Return the policies of the projects the actor is a member of."""
    return Policy.objects.filter(project__in=projects_visible_to(actor)).select_related("project")


def release_visible_get(
    actor: Actor, release_id: UUID, *, needs: Capability = Capability.PROJECT_VIEW
) -> Release:
    """Return the release when the actor may see it and do ``needs``.

    Published releases are for every member; drafts exist only for those who write or approve policy.
    """
    rows = Release.objects.filter(policy__project__in=projects_visible_to(actor))
    release = (
        rows.select_related("policy", "policy__project", "based_on", "based_on__policy")
        .filter(pk=release_id)
        .first()
    )
    if release is None:
        raise ReleaseNotFoundError()
    if release.state not in PUBLISHED and not drafts_are_visible(actor, release.policy.project_id):
        raise ReleaseNotFoundError()
    project_get(actor, release.policy.project_id, needs=needs)
    return release


def drafts_are_visible(actor: Actor, project_id: UUID) -> bool:
    """Tell whether the actor may see what is not released yet."""
    return not capabilities_in(actor, project_id).isdisjoint(WRITERS)


def project_get_for_campaigns(actor: Actor, project_id: UUID) -> Project:
    """Return the project when the actor may order work in it: as a policy editor or by managing tasks."""
    project = project_get(actor, project_id, needs=Capability.PROJECT_VIEW)
    if capabilities_in(actor, project_id).isdisjoint(CAMPAIGNERS):
        raise CapabilityMissingError(capability=str(Capability.POLICY_EDIT))
    return project


def campaign_visible_get(actor: Actor, campaign_id: UUID) -> Campaign:
    """Return the campaign when the actor may see results of its project.

    Raises
    ------
    CampaignNotFoundError
        When there is none or it is in a project the actor cannot see.
    """
    rows = Campaign.objects.filter(project__in=projects_visible_to(actor))
    campaign = rows.select_related(*CAMPAIGN_JOINS).filter(pk=campaign_id).first()
    if campaign is None:
        raise CampaignNotFoundError()
    project_get(actor, campaign.project_id, needs=Capability.RESULTS_VIEW)
    return campaign


CAMPAIGN_JOINS = ("project", "release", "release__policy", "against", "against__policy")
