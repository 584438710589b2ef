"""Posts of stated harm, and people with settings, for tests of protection."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F

from core.accounts.models import User
from core.accounts.selectors import Actor
from core.content.models import Post
from core.queue.domain.harm import Harm
from core.queue.models import Reveal, Task
from core.queue.services import TaskSpec, harms_state, lease_next, tasks_create
from core.queue.services.protection import person_protection_set
from tests.core.queue.queue_rows import posts_make
from tests.world import World


def harmful_tasks(
    world: World,
    severities: Sequence[int],
    *,
    category: str = "violence",
    priority: float = 0.0,
    slots: int = 1,
) -> list[Task]:
    """Make a label task a severity, in this order; the import stated how grave each post is."""
    posts = posts_make(world, len(severities))
    harms_state(
        {post.pk: Harm(severity, (category,)) for post, severity in zip(posts, severities, strict=True)}
    )
    return tasks_make(world, posts, priority=priority, slots=slots)


def tasks_make(world: World, posts: Sequence[Post], *, priority: float = 0.0, slots: int = 1) -> list[Task]:
    """Make a label task a post."""
    release_id = uuid.uuid4()
    specs = [
        TaskSpec(release_id=release_id, clause_keys=["spam"], slots=slots, post_id=post.pk, priority=priority)
        for post in posts
    ]
    return tasks_create(world.project, kind="label", specs=specs, actor=None)


def agree_to_all(person: User, **more: Any) -> None:
    """Have a person take everything of every category."""
    categories = [
        "violence",
        "sexual",
        "hate",
        "harassment",
        "self_harm",
        "child_safety",
        "extremism",
        "other",
    ]
    consents = [{"category": one, "up_to": 4} for one in categories]
    person_protection_set(Actor(person), {"consents": consents, **more})


def severity_handed(world: World, name: str = "annotator") -> int | None:
    """Hand the person their next task and put it aside; return what its post was stated to be."""
    from core.queue.models import Harm as HarmRow
    from core.queue.models import Lease, Slot

    lease = lease_next(world.actor(name), project=world.project, kind="label")
    if lease is None:
        return None
    Lease.objects.filter(pk=lease.pk).update(state="submitted")
    Slot.objects.filter(pk=lease.slot_id).update(state="filled")
    assert lease.task.post_id is not None
    found = HarmRow.objects.filter(post_id=lease.task.post_id).first()
    return -1 if found is None else found.severity


def reveals_age(**ago: float) -> None:
    """Let what was looked at lie further back than the database would let anybody say."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    Reveal.objects.update(
        created_at=F("created_at") - timedelta(**ago), beat_at=F("beat_at") - timedelta(**ago)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
