from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from active_learning.models import Embedding
from active_learning.selectors.likeness import EncodersLikeness
from core.content.models import Post
from policies.domain.likeness import LikeBy
from policies.selectors import precedents_found
from tests.annotation import material
from tests.annotation.ruling_material import open_post, precedent_made
from tests.world import World


def _text_read(text: str, vector: Sequence[float], *, revision: str = "1") -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()
    Embedding.objects.create(subject_sha256=digest, encoder="words", revision=revision, vector=list(vector))


def _picture_read(post: Post, vector: Sequence[float]) -> None:
    asset = post.parts.get(kind="image").asset
    assert asset is not None
    Embedding.objects.create(
        subject_sha256=asset.sha256, encoder="pictures", revision="1", vector=list(vector)
    )


def test_what_an_encoder_sees_goes_before_words(world: World) -> None:
    release = material.release_make(world)
    same_words = open_post(world, text="throw them out")
    same_sense = open_post(world, text="kick this lot over the border")
    for post in (same_words, same_sense):
        precedent_made(world, release, post)
    _text_read("throw them out", [0.0, 1.0, 0.0])
    _text_read("kick this lot over the border", [0.9, 0.1, 0.0])
    _text_read("they must go", [1.0, 0.0, 0.0])
    found = precedents_found(world.actor("reviewer"), world.project.pk, text="they must go")
    assert [row.post_id for row in found] == [same_sense.pk, same_words.pk]
    assert found[0].likeness is not None
    assert (found[0].likeness.by, round(found[0].likeness.score, 2)) == (LikeBy.TEXT, 0.99)


def test_pictures_are_held_against_pictures(world: World) -> None:
    release = material.release_make(world)
    near, far, own = (open_post(world, text=text) for text in ("a", "b", "c"))
    for post, vector in ((near, [1.0, 0.1]), (far, [-1.0, 0.2]), (own, [1.0, 0.0])):
        _picture_read(post, vector)
    for post in (near, far):
        precedent_made(world, release, post)
    found = precedents_found(world.actor("reviewer"), world.project.pk, post_id=own.pk)
    assert [row.post_id for row in found] == [near.pk, far.pk]
    assert found[0].likeness is not None
    assert found[0].likeness.by == LikeBy.PICTURE


def test_the_same_file_is_the_same_picture_without_any_encoder(world: World) -> None:
    release = material.release_make(world)
    held = open_post(world, text="a")
    precedent_made(world, release, held)
    asset = held.parts.get(kind="image").asset
    assert asset is not None
    (found,) = precedents_found(world.actor("reviewer"), world.project.pk, media_sha256=asset.sha256)
    assert found.likeness is not None
    assert (found.likeness.score, found.likeness.by) == (1.0, LikeBy.PICTURE)


def test_vectors_of_another_revision_are_not_compared(world: World) -> None:
    post = open_post(world, text="one", with_image=False)
    _text_read("one", [1.0, 0.0])
    _text_read("two", [1.0, 0.0], revision="2")
    assert EncodersLikeness().to_posts(texts=["two"], assets=[], post_ids=[post.pk]) == {}


@pytest.mark.parametrize("dimensions", [2, 5])
def test_each_two_posts_are_compared_once(world: World, dimensions: int) -> None:
    posts = [open_post(world, text=str(number), with_image=False) for number in range(3)]
    for number in range(3):
        _text_read(str(number), [1.0, float(number)] + [0.0] * (dimensions - 2))
    found = EncodersLikeness().among([post.pk for post in posts])
    assert len(found) == 3
    assert all(one < other for one, other in found)
    assert max(found.values(), key=lambda likeness: likeness.score).score < 1
