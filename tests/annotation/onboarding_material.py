"""A project with an onboarding set, and people who go through it."""

from __future__ import annotations

import uuid
from typing import Any

from annotation.models import GoldItem
from annotation.services import Answer, annotation_submit, onboarding_set
from core.queue.models import Lease, Submission
from core.queue.services import lease_next
from tests.annotation import material
from tests.annotation.gold_material import gold_item
from tests.world import World


def onboarding_make(
    world: World,
    count: int = 2,
    *,
    tries: int | None = 1,
    pass_share: float = 0.8,
    asks_everyone: bool = True,
) -> list[GoldItem]:
    """Gold with “yes” and “no” known in turns as the set, and ordinary work behind it."""
    release = material.release_once(world)
    items = [
        gold_item(
            world,
            release,
            post=material.post_make(world, external_id=f"learn-{number}-{uuid.uuid4().hex[:6]}"),
            document=material.document("no" if number % 2 else "yes"),
            explanation=f"Because of the rule, number {number}.",
        )
        for number in range(count)
    ]
    material.tasks_make(world, release, [material.post_make(world) for _ in range(3)], overlap=8)
    onboarding_set(
        world.actor("reviewer"),
        world.project.pk,
        item_ids=[item.pk for item in items],
        pass_share=pass_share,
        tries=tries,
        asks_everyone=asks_everyone,
    )
    return items


def held(world: World, name: str = "annotator") -> Lease:
    """Take the next post as the person does."""
    lease = lease_next(world.actor(name), project=world.project, kind="label")
    assert lease is not None
    return lease


def give(world: World, lease: Lease, document: dict[str, Any], name: str = "annotator") -> Submission:
    """Answer a lease."""
    receipt = annotation_submit(world.actor(name), Answer(lease.pk, uuid.uuid4(), document, 900))
    return Submission.objects.get(pk=receipt.id)
