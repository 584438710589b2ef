"""Rows that the pages of policies show."""

from __future__ import annotations

from typing import Any

from config.demo.policy import CLAUSES, REVISION
from policies import services
from policies.models import Release
from tests.policies.releases import draft_made, edited, fresh, published, release_made
from tests.world import World


def demo_clauses() -> dict[str, Any]:
    """Return the demo's clauses, key → document."""
    return {clause["key"]: clause["document"] for clause in CLAUSES}


def demo_revision(world: World, first: Release) -> Release:
    """Draft the demo's second release on top of ``first``, every change decided."""
    draft = draft_made(world, first.policy, based_on=first)
    for edit in REVISION:
        edited(world, draft, edit["key"], edit["document"], edit["change"], edit["change_reason"])
    return fresh(draft)


def release_bring_in(world: World) -> dict[str, str]:
    """Release the demo's policy."""
    release = release_made(world, clauses=demo_clauses())
    return {"release": str(release.pk), "policy": str(release.policy_id)}


def draft_bring_in(world: World) -> dict[str, str]:
    """Release the demo's policy and draft its second release."""
    draft = demo_revision(world, release_made(world, clauses=demo_clauses()))
    return {"release": str(draft.pk), "policy": str(draft.policy_id)}


def campaign_bring_in(world: World) -> dict[str, str]:
    """Publish the demo's second release and order its campaign."""
    first = release_made(world, clauses=demo_clauses())
    second = published(world, demo_revision(world, first))
    campaign = services.campaign_start(
        world.actor("policy_editor"), project_id=world.project.pk, release_id=second.pk, against_id=first.pk
    )
    return {"campaign": str(campaign.pk)}
