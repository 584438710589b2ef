"""Vectors of a project's posts in shards: rounds choose as without them, and what is hidden leaves them."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytest_django import Settings

from active_learning.domain.strategy_names import STRATEGIES, StrategyName
from active_learning.learners.strategies.catalogue import strategy_named
from active_learning.learners.strategies.mix import mixed_chosen
from active_learning.learners.strategies.protocol import Pool
from active_learning.runs import embedding
from active_learning.runs.embedding import posts_embedded
from active_learning.runs.project_vectors import project_embedded
from core.content.models import Post
from core.content.selectors import posts_with_parts
from core.jobs.models import Job
from tests.active_learning import material
from tests.active_learning.material import spam_posts, words_encoder
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]


def silent(done: int, total: int | None, message: str) -> None:
    """Tell nobody."""


def embedded(world: World, posts: list[Post], *, run: str | None = "round:1") -> embedding.Embedded:
    ids = sorted(post.pk for post in posts)
    return project_embedded(world.project.pk, ids, words_encoder(), silent, run=run)


def posts_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many posts are read from the database at a time."""
    read: list[int] = []

    def noted(post_ids: list[uuid.UUID]) -> list[Post]:
        read.append(len(post_ids))
        return posts_with_parts(post_ids)

    monkeypatch.setattr(embedding, "posts_with_parts", noted)
    return read


def test_shards_hold_the_very_vectors_that_posts_have(world: World) -> None:
    posts = spam_posts(world, 12)
    plain = posts_embedded(sorted(post.pk for post in posts), words_encoder(), silent, run="round:1")
    for _ in range(2):
        found = embedded(world, posts)
        assert found.post_ids == plain.post_ids
        assert np.array_equal(found.vectors[:], plain.vectors[:])


def test_every_strategy_picks_from_shards_what_it_picks_from_memory(world: World) -> None:
    ids = embedded(world, spam_posts(world, 40)).post_ids
    from_shards = embedded(world, list(Post.objects.filter(pk__in=ids))).vectors
    in_memory = np.array(from_shards[:])
    random = np.random.default_rng(3)
    members = random.dirichlet(np.ones(2), size=(3, len(ids)))
    for name in StrategyName:
        chosen = [
            mixed_chosen(
                strategy_named(name),
                Pool(
                    [str(post_id) for post_id in ids],
                    vectors,
                    in_memory[:5],
                    members,
                    harm=np.array([0.0, 1.0]),
                    references=in_memory[:1] if STRATEGIES[name].needs_reference else None,
                ),
                budget=10,
                seed=5,
                random_share=0.1,
            )
            for vectors in (from_shards, in_memory)
        ]
        assert chosen[0] == chosen[1], name


def test_only_new_posts_are_read_from_the_database(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    posts = spam_posts(world, 10)
    embedded(world, posts)
    read = posts_read(monkeypatch)
    embedded(world, posts)
    assert read == []
    more = embedded(world, [*posts, *spam_posts(world, 3, start=10)])
    assert (set(read), len(more.post_ids), more.encoded) == ({3}, 13, 3)


def test_deleted_shards_are_made_again(world: World, vectors_folder: Path) -> None:
    posts = spam_posts(world, 10)
    before = embedded(world, posts).vectors[:]
    shutil.rmtree(vectors_folder)
    assert np.array_equal(embedded(world, posts).vectors[:], before)
    assert list(vectors_folder.glob("*/*/index.json"))


def test_without_room_nothing_is_written_and_the_vectors_are_the_same(
    world: World, settings: Settings, vectors_folder: Path
) -> None:
    posts = spam_posts(world, 10)
    before = embedded(world, posts).vectors[:]
    shutil.rmtree(vectors_folder)
    settings.VECTORS_MOST_BYTES = 0
    assert np.array_equal(embedded(world, posts).vectors[:], before)
    assert not vectors_folder.exists()


@pytest.mark.usefixtures("words")
def test_the_vectors_of_a_hidden_post_leave_the_shards(
    world: World, call_as: Call, run_jobs: RunJobs, vectors_folder: Path
) -> None:
    release, posts = material.decided_world(world, decided=12, open_posts=6)
    call_as("engineer").post(
        f"/api/projects/{world.project.pk}/rounds/", material.round_body(release, budget=2)
    )
    run_jobs()
    known = sorted(posts, key=lambda post: post.pk)[3]
    vector = posts_embedded([known.pk], words_encoder(), silent, run=None).vectors[:][0, : material.DIM]
    wanted = (known.pk.bytes, vector.astype(np.float16).tobytes())

    def held() -> list[bool]:
        stored = [path.read_bytes() for path in vectors_folder.glob("*/*/*.npy")]
        return [any(part in content for content in stored) for part in wanted]

    assert held() == [True, True]
    call_as("reviewer").post(f"/api/posts/{known.pk}/hide/", {"reason": "It must go."})
    assert {job.state for job in run_jobs()} == {"succeeded"}
    assert held() == [False, False]


def test_a_post_hidden_while_no_worker_heard_of_it_is_not_read(world: World) -> None:
    posts = spam_posts(world, 6)
    embedded(world, posts)
    Post.objects.filter(pk=posts[0].pk).update(is_hidden=True)
    assert posts[0].pk not in embedded(world, posts).post_ids
