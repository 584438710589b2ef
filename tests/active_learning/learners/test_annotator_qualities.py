from __future__ import annotations

import numpy as np
import pytest

from active_learning.learners.noise import annotators
from active_learning.learners.noise.annotators import annotator_qualities


def test_qualities_follow_how_often_people_are_right() -> None:
    random = np.random.default_rng(3)
    right_of = np.array([0.55, 0.7, 0.85, 0.95, 0.99])
    truth = random.integers(0, 2, 600)
    posts, people = np.repeat(np.arange(600), 5), np.tile(np.arange(5), 600)
    is_right = random.random(posts.size) < right_of[people]
    answers = np.where(is_right, truth[posts], 1 - truth[posts])
    belief = np.where(truth == 1, 0.8, 0.2)
    probabilities = np.stack([1 - belief, belief], axis=1)
    found = annotator_qualities(posts, people, answers, probabilities, people_count=5)
    assert found.argsort().tolist() == [0, 1, 2, 3, 4]
    assert np.all((found > 0) & (found <= 1))


def test_who_did_not_answer_has_none_and_people_keep_their_places() -> None:
    posts, people = np.array([0, 0, 2, 2]), np.array([1, 3, 1, 3])
    probabilities = np.array([[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]])
    found = annotator_qualities(posts, people, np.array([0, 0, 1, 0]), probabilities, people_count=5)
    assert np.isnan(found).tolist() == [True, False, True, False, True]
    assert found[1] > found[3]


@pytest.mark.parametrize("answers", [[], [0, 1, 0]])
def test_posts_answered_once_or_not_at_all_tell_nothing(answers: list[int]) -> None:
    posts = np.arange(len(answers))
    probabilities = np.full((3, 2), 0.5)
    said = np.array(answers, dtype=np.int64)
    assert np.isnan(annotator_qualities(posts, posts, said, probabilities, people_count=3)).all()


def test_tables_too_large_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotators, "MOST_CELLS", 3)
    posts, people = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    found = annotator_qualities(posts, people, np.zeros(4, np.int64), np.full((2, 2), 0.5), people_count=2)
    assert np.isnan(found).all()
