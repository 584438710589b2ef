from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.domain.counts import Figure
from annotation.domain.dawid_skene import Judgements, dawid_skene, others_posterior
from annotation.domain.graded import answer_chances, graded
from annotation.domain.people import (
    Reliability,
    careless_because,
    compared,
    drift_of,
    grade_confusion,
    reliability_among,
)
from core.figures.intervals import wilson
from tests.annotation.domain import anaesthetists


def graders(seed: int = 0, items: int = 400) -> tuple[np.ndarray, ...]:
    """Six people on a scale of four: leaning mild, leaning grave, blurred, and three good ones."""
    random = np.random.default_rng(seed)
    truth = random.choice(4, items, p=[0.55, 0.2, 0.15, 0.1])
    leaning = np.array([-0.8, 0.8, 0.0, 0.0, 0.0, 0.0])
    blur = np.array([0.4, 0.4, 1.6, 0.4, 0.4, 0.4])
    item, person = np.repeat(np.arange(items), 6), np.tile(np.arange(6), items)
    seen = truth[item] + leaning[person] + random.normal(0, 1, item.size) * blur[person]
    return item, person, np.clip(np.rint(seen), 0, 3).astype(int), truth


def test_dawid_and_skenes_own_figures_come_out() -> None:
    estimate = dawid_skene(
        *anaesthetists.judgements(), categories=4, smoothing=0, tolerance=1e-10, iterations=500
    )
    assert estimate.prior.round(2).tolist() == [0.40, 0.42, 0.11, 0.07]
    assert estimate.confusion[0].round(2).tolist() == [
        [0.89, 0.11, 0, 0],
        [0.07, 0.88, 0.05, 0],
        [0, 0.34, 0.66, 0],
        [0, 0, 0.56, 0.44],
    ]


def test_the_graded_model_names_the_anaesthetist_who_grades_graver() -> None:
    found = graded(*anaesthetists.judgements(), categories=4)
    assert found.leaning.argmax() == 1
    classes = dawid_skene(*anaesthetists.judgements(), categories=4).posterior.argmax(axis=1)
    assert (found.estimate.posterior.argmax(axis=1) == classes).mean() > 0.9


def test_the_graded_model_finds_leanings_and_blurs() -> None:
    item, person, grade, truth = graders()
    found = graded(item, person, grade, categories=4)
    assert np.abs(found.leaning - [-0.8, 0.8, 0, 0, 0, 0]).max() < 0.2
    assert found.blur.argmax() == 2 and found.blur[2] > 1.2
    assert (found.estimate.posterior.argmax(axis=1) == truth).mean() > 0.93
    assert np.abs(found.expected - truth).mean() < 0.15


def test_the_graded_model_needs_fewer_answers_than_dawid_skene() -> None:
    right = []
    for seed in range(8):
        item, person, grade, truth = graders(seed, items=40)
        ours = graded(item, person, grade, categories=4).estimate.posterior.argmax(axis=1)
        theirs = dawid_skene(item, person, grade, categories=4).posterior.argmax(axis=1)
        right.append(((ours == truth).mean(), (theirs == truth).mean()))
    assert np.mean(right, axis=0)[0] > np.mean(right, axis=0)[1]


def test_the_graded_likelihood_never_falls() -> None:
    item, person, grade, _ = graders(items=60)
    scores = [
        graded(item, person, grade, categories=4, iterations=steps, tolerance=0).estimate.log_likelihood
        for steps in range(1, 12)
    ]
    assert all(later >= earlier - 1.0 for earlier, later in pairwise(scores))


@given(st.floats(-3, 3), st.floats(0.2, 6), st.integers(2, 7))
@settings(max_examples=50, deadline=None)
def test_answer_chances_are_chances(leaning: float, blur: float, categories: int) -> None:
    chances = answer_chances(np.array([leaning]), np.array([blur]), categories)[0]
    assert np.allclose(chances.sum(axis=1), 1) and (chances > 0).all()


def test_a_persons_own_answer_is_no_witness_for_it() -> None:
    judged = Judgements.of([0, 0, 0, 1], [0, 1, 2, 0], [0, 0, 1, 1], categories=2)
    estimate = dawid_skene(judged.item, judged.person, judged.answer, categories=2, smoothing=0.5)
    others = others_posterior(estimate, judged)
    # Worked out by hand: the prior times what the two others said.
    weight = estimate.prior * estimate.confusion[1, :, 0] * estimate.confusion[2, :, 1]
    assert others[0] == pytest.approx(weight / weight.sum())
    assert others[3] == pytest.approx(estimate.prior)
    comparison = compared(judged, estimate)
    assert comparison.is_known.tolist() == [True, True, True, False]


def test_reliability_orders_people_by_how_good_they_are() -> None:
    random = np.random.default_rng(1)
    truth = random.integers(0, 3, 300)
    item, person = np.repeat(np.arange(300), 4), np.tile(np.arange(4), 300)
    right = random.random(item.size) < np.array([0.95, 0.8, 0.65, 1 / 3])[person]
    answer = np.where(right, truth[item], (truth[item] + random.integers(1, 3, item.size)) % 3)
    judged = Judgements.of(item, person, answer, categories=3)
    comparison = compared(judged, dawid_skene(item, person, answer, categories=3))
    found = [
        reliability_among(
            comparison.support[person == who],
            comparison.chance[person == who],
            comparison.best[person == who],
        )
        for who in range(4)
    ]
    kappas = [entry.kappa.value or 0 for entry in found]
    assert kappas == sorted(kappas, reverse=True)
    shares_right = [entry.share.value for entry in found]
    assert shares_right == pytest.approx([0.95, 0.8, 0.65, 1 / 3], abs=0.08)
    last = found[3].kappa
    assert last.low is not None and last.high is not None and last.low < 0 < last.high
    shares = np.bincount(answer, minlength=3) / answer.size
    why = [
        careless_because(answer[person == who], pool_shares=shares, reliability=found[who], labels="abc")
        for who in range(4)
    ]
    assert why[:3] == [None, None, None]
    assert why[3] == "Agrees with others no more often than answers given at random would."


def test_few_answers_say_nothing_about_a_person() -> None:
    found = reliability_among([1.0] * 19 + [float("nan")], [0.5] * 20, [1.0] * 20)
    assert found.share.value is None and found.answers == 19
    assert found.share.undefined_because is not None and "19 so far" in found.share.undefined_because
    assert (
        careless_because([1] * 19, pool_shares=np.array([0.9, 0.1]), reliability=found, labels="ab") is None
    )


def test_the_same_answer_every_time_is_careless_only_where_others_answer_otherwise() -> None:
    good = Reliability(Figure(0.9, 0.8, 1.0), Figure(0.5, 0.4, 0.6), 100)
    rare, usual = np.array([0.5, 0.5]), np.array([0.97, 0.03])
    why = careless_because([0] * 100, pool_shares=rare, reliability=good, labels=["no", "yes"])
    assert why == "Answered “no” 100 of 100 times, where others do so 50 % of the time."
    assert careless_because([0] * 100, pool_shares=usual, reliability=good, labels=["no", "yes"]) is None


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_wilsons_interval_holds_the_share(share: float, trials: int) -> None:
    low, high = wilson(share * trials, trials)
    assert 0 <= low <= share + 1e-9 and share - 1e-9 <= high <= 1


def test_drift_is_seen_and_noise_is_not() -> None:
    random = np.random.default_rng(2)
    steady = (random.random(300) < 0.9).astype(float)
    assert not drift_of(steady).is_drifting
    tired = np.concatenate([steady[:150], (random.random(150) < 0.6).astype(float)])
    found = drift_of(tired)
    assert found.is_drifting and found.change.value is not None and found.change.value < -0.15
    assert [stretch.end for stretch in found.stretches][-1] == 300
    assert drift_of([1.0] * 59).change.undefined_because == "Shown from 60 answers on; 59 so far."


def test_grades_are_confused_where_a_person_leans() -> None:
    item, person, grade, _ = graders()
    judged = Judgements.of(item, person, grade, categories=4)
    found = graded(item, person, grade, categories=4)
    by_person = grade_confusion(
        judged, compared(judged, found.estimate), leaning=found.leaning, blur=found.blur
    )
    graver = by_person[1].table
    assert graver.sum() == pytest.approx(400)
    assert graver[0, 1] > graver[0, 0] * 0.5
    assert np.tril(graver, -1).sum() < np.triu(graver, 1).sum() / 5
