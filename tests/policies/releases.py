"""Policies as people make them, through the services, for tests of every area that needs a release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.accounts.selectors import Actor
from policies import services
from policies.models import Policy, Release
from tests.policies.clause_texts import axis_json, verdict_json
from tests.world import World

CLAUSES: Mapping[str, Mapping[str, Any]] = {
    "weapons": verdict_json(),
    "spam": verdict_json(title="Spam", question="Is it spam?", requires={}),
    "helpful": axis_json(),
}


def policy_made(world: World, *, key: str = "community") -> Policy:
    """Make a policy without releases, as the policy editor."""
    return services.policy_create(
        world.actor("policy_editor"), project_id=world.project.pk, key=key, title="Community safety"
    )


def draft_made(
    world: World,
    policy: Policy,
    *,
    clauses: Mapping[str, Mapping[str, Any]] = CLAUSES,
    based_on: Release | None = None,
) -> Release:
    """Start a draft; without a base it gets ``clauses``."""
    writer = world.actor("policy_editor")
    draft = services.release_draft(writer, policy_id=policy.pk, based_on_id=based_on.pk if based_on else None)
    if based_on is None:
        for clause_key, document in clauses.items():
            services.clause_add(writer, release_id=draft.pk, key=clause_key, document=dict(document))
    return fresh(draft)


def edited(
    world: World, draft: Release, key: str, document: Mapping[str, Any], change: str, reason: str = "Because."
) -> None:
    """Save a clause of a draft together with the author's decision about its meaning."""
    clause = draft.clauses.get(key=key)
    services.clause_edit(
        world.actor("policy_editor"),
        release_id=draft.pk,
        key=key,
        version=clause.version,
        document=dict(document),
        change=change,
        change_reason=reason,
    )


def approved(world: World, draft: Release) -> Release:
    """Hand a draft in and have a second policy editor approve it."""
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    services.release_approve(world.actor("policy_editor2"), release_id=draft.pk, verdict="approved")
    return fresh(draft)


def published(world: World, draft: Release) -> Release:
    """Take a draft through review and publish it."""
    approved(world, draft)
    services.release_publish(world.actor("policy_editor"), release_id=draft.pk)
    return fresh(draft)


def release_made(
    world: World, *, key: str = "community", clauses: Mapping[str, Mapping[str, Any]] = CLAUSES
) -> Release:
    """Make a policy and its first published release."""
    return published(world, draft_made(world, policy_made(world, key=key), clauses=clauses))


def fresh(release: Release) -> Release:
    """Return the release as the database has it now."""
    return Release.objects.select_related("policy", "based_on").get(pk=release.pk)


def writer(world: World) -> Actor:
    """Return who writes policies here."""
    return world.actor("policy_editor")
