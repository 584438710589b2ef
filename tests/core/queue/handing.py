"""Handing a given post to a given person, as the queue does."""

from __future__ import annotations

import uuid

from core.content.models import Post
from core.queue.models import Lease
from core.queue.services import TaskSpec, lease_next, tasks_create
from tests.world import World


def post_hand(world: World, post: Post, who: str = "annotator") -> Lease:
    """Make a task of one slot about the post and lease it to the person."""
    spec = TaskSpec(release_id=uuid.uuid4(), clause_keys=["spam"], slots=1, post_id=post.pk, priority=1e9)
    (task,) = tasks_create(world.project, kind="label", specs=[spec], actor=world.actor("manager"))
    lease = lease_next(world.actor(who), project=world.project, kind="label")
    assert lease is not None
    assert lease.task_id == task.pk
    return lease
