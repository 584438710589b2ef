from __future__ import annotations

from dataclasses import replace

import numpy as np
from cleanlab.filter import find_label_issues

from active_learning.learners.heads.training import out_of_sample
from active_learning.learners.neighbours import nearest_answered
from active_learning.learners.noise.suspects import suspects_found
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
    assert all(finding.likely == labelled.labels[finding.index] for finding in found if finding.index in hits)


def test_suspects_are_cleanlabs_the_worst_first() -> None:
    random = np.random.default_rng(3)
    probabilities = random.dirichlet([1.0, 1.0, 1.0], size=200)
    labels = np.array([random.choice(3, p=row) for row in probabilities])
    found = suspects_found(labels, probabilities)
    expected = np.flatnonzero(find_label_issues(labels, probabilities, n_jobs=1))
    assert {finding.index for finding in found} <= set(expected.tolist())
    assert len(found) >= len(expected) * 0.9
    assert [finding.suspicion for finding in found] == sorted((f.suspicion for f in found), reverse=True)


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
