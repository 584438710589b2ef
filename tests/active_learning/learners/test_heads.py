from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from active_learning.learners.heads.evaluation import (
    average_precision,
    calibration_error,
    histogram,
    macro_f1,
    metrics_measured,
)
from active_learning.learners.heads.folds import folds_assigned
from active_learning.learners.heads.head import Head, HeadUnreadableError
from active_learning.learners.heads.training import TooFewLabelsError, head_trained, out_of_sample
from tests.active_learning.learners.clouds import cloud, labelled_cloud


@pytest.mark.parametrize("classes", [2, 4])
def test_a_head_learns_a_planted_rule(classes: int) -> None:
    labelled = labelled_cloud(240, seed=1, classes=classes, spread=0.2)
    head = head_trained(replace(labelled, **_rows(labelled, slice(0, 160))), seed=5).head
    predicted = head.probabilities(labelled.vectors[160:]).argmax(axis=1)
    assert (predicted == labelled.labels[160:]).mean() > 0.9


def test_a_head_is_no_worse_than_scikit_learns_logistic_regression() -> None:
    labelled = labelled_cloud(400, seed=2, spread=0.6)
    train, test = slice(0, 200), slice(200, 400)
    head = head_trained(replace(labelled, **_rows(labelled, train)), seed=3).head
    ours = _log_loss(head.probabilities(labelled.vectors[test]), labelled.labels[test])
    theirs = LogisticRegression(C=10.0, max_iter=1000).fit(labelled.vectors[train], labelled.labels[train])
    assert ours < _log_loss(theirs.predict_proba(labelled.vectors[test]), labelled.labels[test]) * 1.1


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    labelled = labelled_cloud(80, seed=4)
    first, again, other = (head_trained(labelled, seed=seed).head.to_bytes() for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_a_stored_head_predicts_what_it_predicted_before() -> None:
    labelled = labelled_cloud(60, seed=4)
    head = head_trained(labelled, seed=1, about={"encoder": "bundled"}).head
    back = Head.from_bytes(head.to_bytes())
    assert np.array_equal(back.probabilities(labelled.vectors), head.probabilities(labelled.vectors))
    assert (back.classes, back.about) == (("a", "b"), {"encoder": "bundled"})


@pytest.mark.parametrize("stored", [b"", b"\x80\x04K\x01.", b"\xff" * 64], ids=["empty", "pickle", "noise"])
def test_bytes_that_are_no_head_are_refused(stored: bytes) -> None:
    with pytest.raises(HeadUnreadableError):
        Head.from_bytes(stored)


def test_rare_answers_are_found_and_their_probability_is_not_blown_up() -> None:
    vectors, kinds = cloud(1200, seed=6, classes=2, spread=0.5)
    kept = np.flatnonzero((kinds == 0) | (np.arange(1200) % 20 == 1))
    labelled = labelled_cloud(len(kept), seed=6)
    labelled = replace(labelled, vectors=vectors[kept], labels=kinds[kept])
    found = out_of_sample(labelled, seed=1).probabilities[:, 1]
    positives = labelled.labels == 1
    assert (average_precision(found, positives) or 0.0) > 0.5
    assert abs(found.mean() - positives.mean()) < 0.03


def test_out_of_sample_probabilities_do_not_see_their_own_answer() -> None:
    labelled = labelled_cloud(200, seed=9)
    random_answers = replace(labelled, labels=np.random.default_rng(0).integers(0, 2, 200))
    found = out_of_sample(random_answers, seed=2)
    assert (found.probabilities.argmax(axis=1) == random_answers.labels).mean() < 0.62
    seen = head_trained(random_answers, seed=2).head.probabilities(labelled.vectors)
    assert (seen.argmax(axis=1) == random_answers.labels).mean() > 0.5


def test_out_of_sample_probabilities_do_not_depend_on_the_order_of_the_items() -> None:
    labelled = labelled_cloud(90, seed=9)
    order = np.random.default_rng(1).permutation(90)
    turned = replace(labelled, **_rows(labelled, order))
    straight = out_of_sample(labelled, seed=2).probabilities
    assert np.allclose(out_of_sample(turned, seed=2).probabilities, straight[order], atol=1e-5)


def test_one_class_alone_or_single_items_are_too_few() -> None:
    labelled = labelled_cloud(10, seed=1)
    for labels in (np.zeros(10, dtype=np.int64), np.array([1] + [0] * 9)):
        with pytest.raises(TooFewLabelsError):
            head_trained(replace(labelled, labels=labels), seed=1)


def test_members_disagree_more_where_no_answers_lie() -> None:
    labelled = labelled_cloud(60, seed=3, spread=0.15)
    head = head_trained(labelled, seed=1).head
    middle = (
        labelled.vectors[labelled.labels == 0].mean(axis=0)
        + labelled.vectors[labelled.labels == 1].mean(axis=0)
    ) / 2
    between = head.members_probabilities(middle[None])[:, 0, 1].std()
    inside = head.members_probabilities(labelled.vectors)[:, :, 1].std(axis=0).mean()
    assert between > inside


def test_folds_spread_each_class_evenly_and_keep_groups_whole() -> None:
    names = [f"n{number}" for number in range(100)]
    labels = np.array([number % 4 == 0 for number in range(100)], dtype=np.int64)
    folds = folds_assigned(names, labels, folds=5, seed=1)
    assert {int(((folds == fold) & (labels == 1)).sum()) for fold in range(5)} == {5}
    groups = [f"g{number // 4}" for number in range(100)]
    grouped = folds_assigned(names, labels, folds=5, seed=1, groups=groups)
    assert all(len({int(grouped[i]) for i in range(100) if groups[i] == g}) == 1 for g in set(groups))


def test_figures_agree_with_scikit_learn() -> None:
    random = np.random.default_rng(5)
    scores, positive = random.integers(0, 20, 300) / 20, random.random(300) < 0.3
    assert average_precision(scores, positive) == pytest.approx(average_precision_score(positive, scores))
    predicted, labels = random.integers(0, 3, 300), random.integers(0, 3, 300)
    assert macro_f1(predicted, labels) == pytest.approx(f1_score(labels, predicted, average="macro"))


def test_figures_of_an_empty_held_out_set_say_nothing() -> None:
    found = metrics_measured(np.zeros((0, 2)), np.zeros(0, dtype=np.int64), harmful=np.array([False, True]))
    assert set(found.values()) == {None}


def test_confidence_that_is_always_right_has_no_calibration_error() -> None:
    assert calibration_error(np.full(10, 1.0), np.ones(10, dtype=np.bool_)) == 0.0
    assert histogram(np.array([0.0, 0.5, 1.0]), bins=2) == [1, 2]


def _rows(labelled: Any, kept: Any) -> dict[str, Any]:
    names = np.array(labelled.names)[kept].tolist()
    return {"names": names, "vectors": labelled.vectors[kept], "labels": labelled.labels[kept]}


def _log_loss(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(-np.log(probabilities[np.arange(len(labels)), labels]).mean())
