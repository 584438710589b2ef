"""The guarded doors: every policy, release and campaign a request touches comes through one of these."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from core.accounts.selectors import (
    Actor,
    Capability,
    capabilities_in,
    project_get,
    projects_visible_to,
)
from policies.errors import PolicyNotFoundError, ReleaseNotFoundError
from policies.models import Policy, Release
from policies.models.release import PUBLISHED, ReleaseState

WRITERS = (Capability.POLICY_EDIT, Capability.POLICY_APPROVE)


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

    Published releases are for every member; drafts exist only for those who write or approve policy, and
    discarded ones for nobody.
    """
    rows = Release.objects.filter(policy__project__in=projects_visible_to(actor)).exclude(
        state=ReleaseState.DISCARDED
    )
    release = (
        rows.select_related("policy", "policy__project", "based_on", "based_on__policy")
        .filter(pk=release_id)
        .first()
    )
    if release is None:
        raise ReleaseNotFoundError()
    project_get(actor, release.policy.project_id, needs=needs)
    if release.state not in PUBLISHED and not drafts_are_visible(actor, release.policy.project_id):
        raise ReleaseNotFoundError()
    return release


def drafts_are_visible(actor: Actor, project_id: UUID) -> bool:
    """Tell whether the actor may see what is not released yet."""
    return not capabilities_in(actor, project_id).isdisjoint(WRITERS)
