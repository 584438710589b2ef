from __future__ import annotations

import math

import numpy as np
import pytest

from training.domain.evaluation import (
    ScoredPair,
    ScoredReply,
    pairs_measured,
    replies_measured,
    temperature_fitted,
)


def pairs(count: int, *, steep: float, seed: int = 1, longer: int = 0) -> list[ScoredPair]:
    """Pairs whose better side is drawn as sigmoid(true margin) says, scored ``steep`` times too surely."""
    draw = np.random.default_rng(seed)
    true = draw.normal(0, 1.5, count)
    first_is_better = draw.random(count) < 1 / (1 + np.exp(-true))
    margins = np.where(first_is_better, true, -true) * steep
    return [ScoredPair(float(margin), longer) for margin in margins]


@pytest.mark.parametrize("steep", [0.25, 1.0, 4.0])
def test_the_temperature_finds_how_much_too_sure_scores_are(steep: float) -> None:
    margins = np.array([pair.margin for pair in pairs(6000, steep=steep)])
    assert temperature_fitted(margins) == pytest.approx(steep, rel=0.12)


def test_calibration_gets_better_by_the_temperature_of_other_pairs() -> None:
    found = pairs_measured(pairs(2000, steep=4, seed=2), pairs(2000, steep=4, seed=3))["calibration"]
    assert found["before"]["ece"] > 0.1
    assert found["after"]["ece"] < 0.04
    assert found["after"]["log_loss"] < found["before"]["log_loss"]
    assert sum(point["count"] for point in found["after"]["curve"]) == 2000


def test_accuracy_stands_with_its_interval_over_all_and_by_slice() -> None:
    rows = [ScoredPair(1.0 if number % 4 else -1.0, 3, {"language": "en"}) for number in range(40)]
    rows += [ScoredPair(1.0, 3, {"language": "de"}) for _ in range(4)]
    found = pairs_measured(rows, [])
    assert found["accuracy"]["hits"] == 34
    assert found["accuracy"]["low"] < 34 / 44 < found["accuracy"]["high"]
    assert [(row["value"], row["accuracy"]["value"]) for row in found["slices"]] == [("en", 0.75)]
    assert found["calibration"]["temperature"] is None


def test_a_model_that_only_likes_long_answers_is_seen() -> None:
    lengths = [5] * 60 + [-5] * 40
    liking = pairs_measured([ScoredPair(float(longer), longer) for longer in lengths], [])["length"]
    assert liking["only_length"]
    assert liking["baseline"]["value"] == liking["sides_with_longer"]["value"] * 0.6 == 0.6
    assert liking["where_shorter_is_better"]["value"] == 0
    rule = pairs_measured([ScoredPair(1.0, longer) for longer in lengths], [])["length"]
    assert not rule["only_length"]


def test_no_pairs_and_equal_scores_are_no_wins() -> None:
    assert pairs_measured([], [])["accuracy"]["value"] is None
    assert pairs_measured([ScoredPair(0.0, 1)] * 6, [])["accuracy"]["value"] == 0
    sure = temperature_fitted(np.full(50, 3.0))
    assert sure is not None and math.isfinite(sure)


def test_replies_are_measured_before_and_after() -> None:
    rows = [ScoredReply(0.2, 0.2 + 0.1 * (number % 3), {"verdict": "safe"}) for number in range(30)]
    found = replies_measured(rows)
    assert found["worth"]["gain"] == pytest.approx(0.1)
    assert found["worth"]["low"] < 0.1 < found["worth"]["high"]
    assert found["slices"][0]["by"] == "verdict"
