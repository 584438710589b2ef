"""Policies and releases as their pages list them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from core.accounts.selectors import Actor, Capability, project_get
from policies.models import Policy, Release
from policies.models.release import PUBLISHED, ReleaseState
from policies.selectors.access import drafts_are_visible, policy_visible_get

RELEASE_JOINS = ("policy", "based_on", "based_on__policy", "created_by", "submitted_by")


def policies_in(actor: Actor, project_id: UUID) -> QuerySet[Policy]:
    """Return the project's policies with the releases the actor may see, in three queries a page."""
    project = project_get(actor, project_id, needs=Capability.PROJECT_VIEW)
    visible = _releases_visible(actor, project_id)
    return Policy.objects.filter(project=project).prefetch_related(
        Prefetch("releases", queryset=visible, to_attr="visible_releases")
    )


def policy_with_releases(actor: Actor, policy_id: UUID) -> tuple[Policy, list[Release]]:
    """Return a policy and the releases of it that the actor may see, newest first, drafts on top."""
    policy = policy_visible_get(actor, policy_id)
    return policy, list(_releases_visible(actor, policy.project_id).filter(policy=policy))


def release_in_effect(releases: list[Release]) -> Release | None:
    """Return which of one policy's releases is in effect now."""
    now = timezone.now()
    rows = [
        row
        for row in releases
        if row.state == ReleaseState.RELEASED and row.effective_at is not None and row.effective_at <= now
    ]
    return max(rows, key=lambda row: (row.effective_at, row.number), default=None)


def _releases_visible(actor: Actor, project_id: UUID) -> QuerySet[Release]:
    rows = Release.objects.filter(policy__project_id=project_id).select_related(*RELEASE_JOINS)
    rows = rows.exclude(state=ReleaseState.DISCARDED)
    if not drafts_are_visible(actor, project_id):
        rows = rows.filter(state__in=PUBLISHED)
    return rows.order_by("-id")
