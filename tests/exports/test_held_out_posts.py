"""The database says which posts a dataset keeps out of training, and which measure heads, as the domain says it."""

from __future__ import annotations

import uuid

import pytest

from active_learning.domain.held_out import is_held_out
from active_learning.selectors.held_out import posts_of_evaluation
from core.content.models import Post
from core.db.identifiers import uuid7
from exports.domain.definition import Splits
from exports.domain.label_rows import group_of_post
from exports.domain.records import PostRecord
from exports.domain.splits import split_of
from exports.models import Dataset, Version
from exports.selectors.held_out import posts_of_test_splits
from tests.preferences import material
from tests.world import World

GROUPS = ("", "", "author-1", "größer 東京", "a|b")


@pytest.fixture
def posts(world: World) -> list[Post]:
    return Post.objects.bulk_create(
        Post(
            id=uuid7(),
            project=world.project,
            external_id=f"post-{number}",
            content_sha256=f"{number:064}",
            group_key=GROUPS[number % len(GROUPS)] and f"{GROUPS[number % len(GROUPS)]}-{number % 40}",
        )
        for number in range(300)
    )


def _version(world: World, number: int, seed: str, shares: Splits) -> None:
    release = material.release_once(world)
    dataset = Dataset.objects.create(
        project=world.project, name=f"kept-{number}", title="Kept", kinds=["labels"]
    )
    Version.objects.create(
        dataset=dataset,
        number=1,
        kinds=["labels"],
        definition={"split_seed": seed, "splits": shares.model_dump()},
        release_id=release.id,
        release_label=release.label,
    )


@pytest.mark.parametrize(
    "shares",
    [
        Splits(),
        Splits(train=0.3, validation=0.35, test=0.35),
        Splits(train=1, validation=0, test=0),
        Splits(train=0, validation=0, test=1),
        Splits(train=0.5, validation=0.5, test=0),
    ],
    ids=str,
)
def test_posts_outside_the_training_split_of_some_version_are_matched(
    world: World, posts: list[Post], shares: Splits
) -> None:
    seeds = ("", "zwölf")
    for number, seed in enumerate(seeds, start=1):
        _version(world, number, seed, shares)
    outside = {
        post.pk
        for post in posts
        for record in [PostRecord(id=str(post.pk), external_id="", group_key=post.group_key)]
        if any(split_of(group_of_post(record), seed=seed, shares=shares) != "train" for seed in seeds)
    }
    found = Post.objects.filter(posts_of_test_splits(world.project.pk, ""))
    assert {post.pk for post in found} == outside


def test_the_posts_that_measure_heads_are_matched(world: World, posts: list[Post]) -> None:
    found = Post.objects.filter(posts_of_evaluation(uuid.uuid4(), ""))
    assert {post.pk for post in found} == {post.pk for post in posts if is_held_out(post.pk)} != set()
