"""Rows of the queue for tests."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Actor
from core.content.models import Part, Post
from core.queue.models import Lease, Note, Task
from core.queue.services import TaskSpec, lease_next, note_write, tasks_create
from tests.world import World


def posts_make(world: World, count: int) -> list[Post]:
    """Make posts with a caption each."""
    posts = [
        Post.objects.create(project=world.project, external_id=f"post-{uuid.uuid4().hex[:8]}", language="en")
        for _ in range(count)
    ]
    for post in posts:
        Part.objects.create(post=post, position=0, kind="caption", text="A lamp, barely used.", language="en")
    return posts


def label_tasks_make(
    world: World, count: int, *, slots: int = 1, priorities: Sequence[float] = ()
) -> list[Task]:
    """Make label tasks on new posts, asking two clauses of a release that only these tests know."""
    release_id = uuid.uuid4()
    specs = [
        TaskSpec(
            release_id=release_id,
            clause_keys=["spam", "scam"],
            slots=slots,
            post_id=post.pk,
            priority=priorities[index] if priorities else 0.0,
        )
        for index, post in enumerate(posts_make(world, count))
    ]
    return tasks_create(world.project, kind="label", specs=specs, actor=world.actor("manager"))


def lease_make(world: World, person: User) -> Lease:
    """Make a task and hand it to ``person``, who is made able to work if they are not."""
    label_tasks_make(world, 1, slots=1, priorities=[1e9])
    lease = lease_next(Actor(person), project=world.project, kind="label")
    assert lease is not None
    return lease


def question_make(world: World, *, name: str = "annotator2", text: str = "Is a toy a weapon?") -> Note:
    """Have somebody ask about a task they were handed."""
    return note_write(
        world.actor(name),
        lease_make(world, world.person(name)).pk,
        kind="question",
        text=text,
        clause_key="spam",
    )


def lease_kwargs(world: World, person: User) -> dict[str, Any]:
    """URL arguments of an endpoint of the person's own lease."""
    return {"lease_id": lease_make(world, person).pk}
