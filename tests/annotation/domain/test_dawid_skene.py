from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from crowdkit.aggregation import DawidSkene

from annotation.domain.dawid_skene import UNKNOWN, dawid_skene, reliability_of
from annotation.domain.graded import graded


def crowd(seed: int = 0, items: int = 200) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Five people of known reliability on three classes; the last answers at random."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, items)
    skill = [0.95, 0.85, 0.8, 0.7, 1 / 3]
    item = np.repeat(np.arange(items), len(skill))
    person = np.tile(np.arange(len(skill)), items)
    right = random.random(item.size) < np.array(skill)[person]
    answer = np.where(right, truth[item], (truth[item] + random.integers(1, 3, item.size)) % 3)
    return item, person, answer, truth


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_it_agrees_with_crowd_kit() -> None:
    item, person, answer, _ = crowd()
    table = pd.DataFrame({"task": item, "worker": person, "label": answer})
    model = DawidSkene(n_iter=30, tol=-1)
    expected = model.fit_predict_proba(table)[[0, 1, 2]].sort_index().to_numpy()
    estimate = dawid_skene(item, person, answer, categories=3, smoothing=0.0, iterations=30, tolerance=0)
    assert np.abs(estimate.posterior - expected).max() < 1e-9


def test_it_finds_the_truth_and_who_is_careless() -> None:
    item, person, answer, truth = crowd()
    estimate = dawid_skene(item, person, answer, categories=3)
    assert (estimate.posterior.argmax(axis=1) == truth).mean() > 0.93
    reliability = reliability_of(estimate.confusion, estimate.prior)
    assert reliability.argmin() == 4
    assert reliability[4] < 0.45 < 0.9 < reliability[0]


def test_rows_of_a_confusion_matrix_sum_to_one() -> None:
    item, person, answer, _ = crowd(items=5)
    estimate = dawid_skene(item, person, answer, categories=4)
    assert np.allclose(estimate.confusion.sum(axis=2), 1)
    assert np.allclose(estimate.posterior.sum(axis=1), 1)


def test_nothing_to_estimate_from_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to estimate"):
        dawid_skene([], [], [], categories=2)
    with pytest.raises(ValueError, match="same length"):
        dawid_skene([0], [0, 1], [0], categories=2)
    with pytest.raises(ValueError, match="below the number"):
        dawid_skene([0], [0], [2], categories=2)


def by_hand(
    judgements: list[tuple[int, int, int]], known: dict[int, int], *, categories: int, steps: int
) -> tuple[list[list[float]], list[list[list[float]]], list[float]]:
    """The same model in plain loops over tables, as the paper writes it: truths, confusions, shares."""
    items, people = 1 + max(i for i, _, _ in judgements), 1 + max(p for _, p, _ in judgements)
    classes = range(categories)
    truth = [[0.0] * categories for _ in range(items)]
    for i, _, said in judgements:
        truth[i][said] += 1 / sum(1 for other, _, _ in judgements if other == i)

    def certain() -> None:
        for i, k in known.items():
            truth[i] = [float(k == other) for other in classes]

    certain()
    confusion: list[list[list[float]]] = []
    shares: list[float] = []
    for _ in range(steps):
        open_items = [i for i in range(items) if i not in known]
        shares = [sum(truth[i][k] for i in open_items) / len(open_items) for k in classes]
        confusion = []
        for person in range(people):
            counted = [[0.0] * categories for _ in classes]
            for i, who, said in judgements:
                if who == person:
                    for k in classes:
                        counted[k][said] += truth[i][k]
            confusion.append([[cell / (sum(row) or 1) for cell in row] for row in counted])
        for i in range(items):
            weights = list(shares)
            for other, who, said in judgements:
                if other == i:
                    weights = [weights[k] * confusion[who][k][said] for k in classes]
            truth[i] = [weight / sum(weights) for weight in weights]
        certain()
    return truth, confusion, shares


def test_known_items_keep_their_truth_as_a_plain_table_by_table_count_has_it() -> None:
    item, person, answer, truth = crowd(seed=3, items=40)
    judgements = list(zip(item.tolist(), person.tolist(), answer.tolist(), strict=True))
    known = {i: int(truth[i]) for i in range(0, 40, 4)}
    expected, confusion, shares = by_hand(judgements, known, categories=3, steps=12)
    estimate = dawid_skene(
        item,
        person,
        answer,
        categories=3,
        known=[known.get(i, UNKNOWN) for i in range(40)],
        smoothing=0.0,
        iterations=12,
        tolerance=0,
    )
    assert np.abs(estimate.posterior - expected).max() < 1e-9
    assert np.abs(estimate.confusion - confusion).max() < 1e-9
    assert np.abs(estimate.prior - shares).max() < 1e-9


def test_where_every_truth_is_known_confusions_are_what_can_be_counted() -> None:
    """Two people, four items of which two are 0 and two are 1: the first always right, the second once each way."""
    estimate = dawid_skene(
        [0, 1, 2, 3, 0, 1, 2, 3],
        [0, 0, 0, 0, 1, 1, 1, 1],
        [0, 0, 1, 1, 0, 1, 1, 0],
        categories=2,
        known=[0, 0, 1, 1],
        smoothing=0.0,
    )
    assert estimate.confusion.tolist() == [[[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]]
    assert estimate.prior.tolist() == [0.5, 0.5]
    assert estimate.posterior.tolist() == [[1, 0], [1, 0], [0, 1], [0, 1]]
    assert estimate.log_likelihood == pytest.approx(4 * np.log(0.5))


def test_gold_tells_which_of_two_who_disagree_is_right() -> None:
    """Between two people who differ, answers alone weigh the same; twenty known items say whom to believe."""
    random = np.random.default_rng(5)
    truth = (random.random(120) < 0.4).astype(int)
    careless = np.where(random.random(120) < 0.4, 1 - truth, truth)
    item, person = np.tile(np.arange(120), 2), np.repeat(np.arange(2), 120)
    said = np.concatenate([truth, careless])
    known = np.where(np.arange(120) < 20, truth, UNKNOWN)
    alone = dawid_skene(item, person, said, categories=2)
    with_gold = dawid_skene(item, person, said, categories=2, known=known)
    differ = np.flatnonzero((truth != careless) & (known == UNKNOWN))
    right_alone = (alone.posterior[differ].argmax(axis=1) == truth[differ]).mean()
    right_with = (with_gold.posterior[differ].argmax(axis=1) == truth[differ]).mean()
    assert right_alone < 0.8
    assert right_with == 1


def test_what_is_known_has_to_be_an_answer_for_every_item() -> None:
    with pytest.raises(ValueError, match="one entry for each item"):
        dawid_skene([0, 1], [0, 0], [0, 1], categories=2, known=[0])
    with pytest.raises(ValueError, match="below the number of categories"):
        dawid_skene([0, 1], [0, 0], [0, 1], categories=2, known=[0, 2])


def test_the_graded_model_keeps_known_grades_too() -> None:
    item, person, answer, truth = crowd(seed=4, items=60)
    known = np.where(np.arange(60) < 20, truth, UNKNOWN)
    found = graded(item, person, answer, categories=3, known=known).estimate
    assert (found.posterior[:20].argmax(axis=1) == truth[:20]).all()
    assert found.posterior[:20].max(axis=1).tolist() == [1.0] * 20
    assert np.allclose(found.posterior.sum(axis=1), 1)
