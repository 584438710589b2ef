"""What people and a head come to: cleanlab's CROWDLAB figures, without its tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from cleanlab.multiannotator import get_label_quality_multiannotator

from active_learning.learners.arrays import Indices, Labels, Probabilities
from active_learning.learners.noise.crowd import Crowd, answers_weak, crowd_measured


@dataclass(frozen=True)
class Drawn:
    """A drawn crowd: one entry an answer, and what a head says of every post."""

    posts: Indices
    people: Indices
    answers: Labels
    probabilities: Probabilities
    truth: Labels

    def crowd(self, people_count: int) -> Crowd | None:
        return crowd_measured(
            self.posts, self.people, self.answers, self.probabilities, people_count=people_count
        )


def drawn(
    posts: int, right_of: list[float], *, classes: int = 2, answered: float = 0.5, head: float = 2.0
) -> Drawn:
    """Posts that each person answers with probability ``answered``, rightly with their own of ``right_of``."""
    random = np.random.default_rng([posts, classes, len(right_of)])
    truth = random.choice(classes, size=posts, p=np.arange(1, classes + 1) / (classes * (classes + 1) / 2))
    asked = random.random((posts, len(right_of))) < answered
    row, person = np.nonzero(asked)
    is_right = random.random(len(row)) < np.array(right_of)[person]
    wrong = (truth[row] + random.integers(1, classes, len(row))) % classes
    logits = random.normal(size=(posts, classes))
    logits[np.arange(posts), truth] += head
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return Drawn(row, person, np.where(is_right, truth[row], wrong), chances, truth)


@pytest.mark.parametrize(
    ("posts", "right_of", "classes", "answered", "head"),
    [
        (400, [0.6, 0.8, 0.95, 0.99], 2, 0.8, 2.0),
        (700, [0.5, 0.7, 0.75, 0.8, 0.9, 0.95], 3, 0.4, 1.0),
        (300, [0.9, 0.9], 5, 0.7, 3.0),
        (120, [0.3, 0.4, 0.9, 0.95, 0.6, 0.7, 0.8], 2, 0.3, 0.0),
    ],
)
def test_figures_are_cleanlabs(
    posts: int, right_of: list[float], classes: int, answered: float, head: float
) -> None:
    made = drawn(posts, right_of, classes=classes, answered=answered, head=head)
    crowd = made.crowd(len(right_of))
    assert crowd is not None
    table = np.full((len(crowd.rows), len(right_of)), np.nan)
    places = np.searchsorted(crowd.rows, made.posts)
    table[places, made.people] = made.answers
    told = get_label_quality_multiannotator(table, made.probabilities[crowd.rows], verbose=False)
    assert crowd.consensus.tolist() == told["label_quality"]["consensus_label"].tolist()
    consensus = crowd.beliefs[np.arange(len(crowd.rows)), crowd.consensus]
    assert consensus == pytest.approx(told["label_quality"]["consensus_quality_score"].to_numpy())
    assert crowd.answered.tolist() == told["label_quality"]["num_annotations"].tolist()
    detailed = told["detailed_label_quality"].to_numpy()[places, made.people]
    assert crowd.answer_qualities == pytest.approx(detailed)
    stats = told["annotator_stats"]["annotator_quality"].sort_index()
    assert crowd.people_qualities == pytest.approx(stats.to_numpy())
    assert crowd.beliefs.sum(axis=1) == pytest.approx(1.0)


def test_the_weakest_answers_are_wrong_far_more_often_than_the_rest() -> None:
    made = drawn(1000, [0.7, 0.7, 0.75, 0.8], answered=0.7, head=1.5)
    crowd = made.crowd(4)
    assert crowd is not None
    places = np.arange(len(crowd.rows))
    is_wrong = crowd.consensus != made.truth[crowd.rows]
    doubts = 1.0 - crowd.beliefs[places, crowd.consensus]
    weak = answers_weak(doubts)
    assert len(weak) == int(doubts.sum())
    rest = np.setdiff1d(places, weak)
    assert is_wrong[weak].mean() > 3 * is_wrong[rest].mean()


def test_people_qualities_follow_how_often_people_are_right() -> None:
    crowd = drawn(600, [0.55, 0.7, 0.85, 0.95, 0.99], answered=1.0).crowd(5)
    assert crowd is not None
    assert crowd.people_qualities.argsort().tolist() == [0, 1, 2, 3, 4]
    assert np.all((crowd.people_qualities > 0) & (crowd.people_qualities <= 1))


def test_who_did_not_answer_has_none_and_people_keep_their_places() -> None:
    posts, people = np.array([0, 0, 2, 2]), np.array([1, 3, 1, 3])
    probabilities = np.array([[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]])
    crowd = crowd_measured(posts, people, np.array([0, 0, 1, 0]), probabilities, people_count=5)
    assert crowd is not None
    assert np.isnan(crowd.people_qualities).tolist() == [True, False, True, False, True]
    assert crowd.people_qualities[1] > crowd.people_qualities[3]
    assert crowd.rows.tolist() == [0, 2]


def test_a_tie_goes_to_what_the_head_finds_likelier() -> None:
    posts, people = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    probabilities = np.array([[0.3, 0.7], [0.9, 0.1]])
    crowd = crowd_measured(posts, people, np.array([0, 1, 0, 1]), probabilities, people_count=2)
    assert crowd is not None
    assert crowd.consensus.tolist() == [1, 0]


@pytest.mark.parametrize("answers", [[], [0, 1, 0]])
def test_posts_answered_once_or_not_at_all_tell_nothing(answers: list[int]) -> None:
    posts = np.arange(len(answers))
    said = np.array(answers, dtype=np.int64)
    assert crowd_measured(posts, posts, said, np.full((3, 2), 0.5), people_count=3) is None
