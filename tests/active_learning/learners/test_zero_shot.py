"""A head made of words alone: it ranks by likeness, and a typical post is as likely harmful as is assumed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from active_learning.learners.heads.head import Head
from active_learning.learners.heads.zero_shot import ASSUMED_HARMFUL, zero_shot_head

COVERED, OTHERS = (np.eye(6, dtype=np.float32)[[place]] for place in (0, 1))


def posts_of(count: int = 200, *, sides: int = 1) -> Any:
    found = np.random.default_rng(3).normal(size=(count, 6 * sides)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def made(posts: Any, *, places: tuple[int, ...] = (0,), **changes: Any) -> Head | None:
    asked: dict[str, Any] = {"classes": ("no", "yes"), "harmful": np.array([False, True]), "about": {}}
    return zero_shot_head(COVERED, OTHERS, posts, places=list(places), **asked | changes)


def test_posts_like_what_is_covered_come_before_posts_like_what_is_not() -> None:
    head = made(posts_of())
    assert head is not None
    chances = head.probabilities(np.eye(6, dtype=np.float32))[:, 1]
    assert chances.argmax() == 0
    assert chances.argmin() == 1


def test_a_typical_post_is_as_likely_harmful_as_is_assumed() -> None:
    posts = posts_of(2000)
    head = made(posts)
    assert head is not None
    typical = head.probabilities(posts.mean(axis=0, keepdims=True))[0, 1]
    assert typical == pytest.approx(ASSUMED_HARMFUL)
    assert 0.05 < (head.probabilities(posts)[:, 1] > 0.3).mean() < 0.3


def test_pictures_count_where_one_model_reads_both() -> None:
    posts = posts_of(sides=2)
    shown = np.zeros((2, 12), dtype=np.float32)
    shown[0, 6] = shown[1, 7] = 1.0
    apart, joint = made(posts), made(posts, places=(0, 6))
    assert apart is not None and joint is not None
    assert np.ptp(apart.probabilities(shown)[:, 1]) == pytest.approx(0)
    assert joint.probabilities(shown)[0, 1] > joint.probabilities(shown)[1, 1]


def test_harm_is_shared_among_the_answers_that_say_it() -> None:
    harmful = np.array([False, True, True])
    head = made(posts_of(), classes=("none", "mild", "grave"), harmful=harmful)
    assert head is not None
    found = head.probabilities(posts_of(5))
    assert found.sum(axis=1) == pytest.approx(np.ones(5))
    assert found[:, 1] == pytest.approx(found[:, 2])


def test_it_is_stored_and_read_like_any_head() -> None:
    head = made(posts_of())
    assert head is not None
    again = Head.from_bytes(head.to_bytes())
    assert np.array_equal(again.probabilities(posts_of(9)), head.probabilities(posts_of(9)))


@pytest.mark.parametrize("harmful", [[False, False], [True, True]])
def test_without_both_sorts_of_answers_there_is_no_head(harmful: list[bool]) -> None:
    assert made(posts_of(), harmful=np.array(harmful)) is None


def test_where_all_posts_are_alike_words_tell_nothing() -> None:
    assert made(posts_of(1)) is None
    assert made(np.repeat(posts_of(1), 5, axis=0)) is None
