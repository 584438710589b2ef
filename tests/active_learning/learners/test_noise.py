from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cleanlab.filter import find_label_issues

from active_learning.learners.heads.training import out_of_sample
from active_learning.learners.neighbours import nearest_answered
from active_learning.learners.noise.confident import suspects_flagged
from active_learning.learners.noise.suspects import suspects_found
from benchmarks.scanning.answers import answers_drawn, label_errors
from tests.active_learning.learners.clouds import labelled_cloud


def test_planted_errors_are_found() -> None:
    labelled = labelled_cloud(400, seed=1, classes=3, spread=0.25)
    planted = np.random.default_rng(2).choice(400, size=32, replace=False)
    labels = labelled.labels.copy()
    labels[planted] = (labels[planted] + 1) % 3
    found = suspects_found(labels, out_of_sample(replace(labelled, labels=labels), seed=1).probabilities)
    hits = {finding.index for finding in found} & set(planted.tolist())
    assert len(hits) / len(planted) > 0.7
    assert len(hits) / len(found) > 0.8
    right = [finding.likely == labelled.labels[finding.index] for finding in found if finding.index in hits]
    assert np.mean(right) > 0.9


@pytest.mark.parametrize(
    ("items", "classes", "noise", "strength"),
    [(2000, 3, 0.1, 3.0), (5000, 10, 0.3, 1.0), (300, 20, 0.05, 4.0), (1000, 2, 0.2, 0.5), (40, 5, 0.4, 2.0)],
)
def test_flags_are_cleanlabs(items: int, classes: int, noise: float, strength: float) -> None:
    labels, probabilities = answers_drawn(items, classes, noise=noise, strength=strength)
    expected = find_label_issues(labels, probabilities, filter_by="prune_by_noise_rate", n_jobs=1)
    assert np.array_equal(suspects_flagged(labels, probabilities), expected)


def test_suspects_are_as_many_as_flags_and_those_furthest_behind() -> None:
    labels, probabilities = answers_drawn(2000, 4, noise=0.1, strength=3.0)
    found = suspects_found(labels, probabilities)
    assert len(found) == suspects_flagged(labels, probabilities).sum()
    ahead = probabilities.max(axis=1) - probabilities[np.arange(2000), labels]
    assert [finding.index for finding in found] == np.argsort(-ahead.round(9), kind="stable")[
        : len(found)
    ].tolist()
    assert all(0.5 < finding.suspicion <= 1.0 and finding.given != finding.likely for finding in found)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "suspects", "errors"), [("cifar10", 275, 54), ("mnist", 100, 15), ("20news", 93, 82)]
)
def test_the_ranking_finds_every_verified_error_of_the_published_lists(
    name: str, suspects: int, errors: int
) -> None:
    folder = Path("../shared/data/label-errors-small")
    if not folder.is_dir():
        pytest.skip("label-errors-small is not beside the checkout")
    labels, probabilities, verified = label_errors(folder, name)
    first = {finding.index for finding in suspects_found(labels, probabilities)[:suspects]}
    assert len(verified) == errors
    assert len(first & verified) >= errors


def test_answers_nobody_gave_do_not_stop_a_scan() -> None:
    labelled = labelled_cloud(60, seed=4, classes=2, spread=0.1)
    widened = np.pad(out_of_sample(labelled, seed=1).probabilities, ((0, 0), (1, 1)))
    assert suspects_found(labelled.labels + 1, widened) == []


def test_nothing_and_one_answer_alone_give_no_suspects() -> None:
    assert suspects_found(np.zeros(0, dtype=np.int64), np.zeros((0, 2))) == []
    assert suspects_found(np.zeros(5, dtype=np.int64), np.full((5, 2), 0.5)) == []


def test_neighbours_are_the_nearest_and_never_the_post_itself() -> None:
    vectors = labelled_cloud(50, seed=5).vectors
    found = nearest_answered(vectors, vectors, count=3, own=list(range(50)))
    for row, neighbours in enumerate(found):
        similar = vectors @ vectors[row]
        similar[row] = -2
        assert {n.index for n in neighbours} == set(np.argsort(-similar)[:3].tolist())


def test_without_answered_posts_there_are_no_neighbours() -> None:
    vectors = labelled_cloud(4, seed=5).vectors
    assert nearest_answered(vectors, vectors[:0], count=3) == [[], [], [], []]
