"""Rulings and precedents as experts make them, for tests of every area that needs one."""

from __future__ import annotations

from typing import Any

from active_learning.domain.held_out import is_held_out
from annotation.services import ClauseRuling, Ruling, ruling_record
from core.content.models import Post
from core.db.identifiers import uuid7
from policies.models import Precedent
from policies.selectors import ReleaseView
from policies.services import precedent_approve
from tests.annotation import material
from tests.world import World


def post_measured(world: World, *, held_out: bool, **fields: Any) -> Post:
    """A post that the evaluation set of the project's heads holds, or does not hold."""
    while is_held_out(identifier := uuid7()) is not held_out:
        pass
    return material.post_make(world, id=identifier, **fields)


def open_post(world: World, **fields: Any) -> Post:
    """A post that measures nobody."""
    return post_measured(world, held_out=False, **fields)


def rule(
    world: World,
    release: ReleaseView,
    post: Post,
    *,
    by: str = "policy_editor",
    clause_key: str = "hate",
    answer: str = "yes",
    severity: int | None = 2,
    reason: str = "It names a group and demeans it.",
    **options: Any,
) -> Ruling:
    """An expert rules on one clause of the post."""
    return ruling_record(
        world.actor(by),
        post.pk,
        ruling_id=options.pop("ruling_id", None) or uuid7(),
        release_id=release.id,
        rulings=[ClauseRuling(clause_key, answer, severity if answer == "yes" else None, reason)],
        **options,
    )


def precedent_made(world: World, release: ReleaseView, post: Post, **ruled: Any) -> Precedent:
    """A ruling, and a second expert who approves it as a precedent."""
    ruling = rule(world, release, post, **ruled)
    precedent_approve(world.actor("policy_editor2"), ruling.precedents[0].id)
    return Precedent.objects.get(pk=ruling.precedents[0].id)
