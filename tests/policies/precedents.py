"""Precedents for tests that need no decision under them."""

from __future__ import annotations

import uuid

from active_learning.domain.held_out import is_held_out
from core.content.models import Part, Post
from policies.models import Precedent, Release
from policies.services import Ruled, precedents_propose
from tests.world import World


def post_made(world: World, text: str = "Rifle, 300, meet me") -> Post:
    """A post with one text, by which nobody and nothing is measured."""
    while is_held_out(identifier := uuid.uuid4()):
        pass
    post = Post.objects.create(
        id=identifier,
        project=world.project,
        external_id=uuid.uuid4().hex,
        content_sha256=uuid.uuid4().hex * 2,
        language="en",
    )
    Part.objects.create(post=post, position=0, kind="text", text=text)
    return post


def precedent_made(
    world: World, release: Release, *, text: str = "Rifle, 300, meet me", reason: str = "A price and a place."
) -> Precedent:
    """A proposed precedent on the release's first question, ruled by the second policy editor."""
    clause = release.clauses.filter(kind="verdict").order_by("position").first()
    assert clause is not None
    assert clause.meaning_revision is not None
    ruled = Ruled(clause.key, clause.meaning_revision, "yes", 1, reason, uuid.uuid4())
    (row,) = precedents_propose(
        world.actor("policy_editor2"),
        project=world.project,
        post_id=post_made(world, text).pk,
        release_id=release.pk,
        ruling_id=uuid.uuid4(),
        ruled=[ruled],
    )
    return row
