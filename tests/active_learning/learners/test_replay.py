from __future__ import annotations

import numpy as np

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.replay import HeldOut, curve_replayed
from tests.active_learning.learners.clouds import cloud, labelled_cloud


def test_a_replayed_curve_rises_with_answers_and_ends_where_random_ends() -> None:
    labelled = labelled_cloud(120, seed=1, spread=0.5)
    vectors, labels = cloud(120, seed=1, spread=0.5)
    held_out = HeldOut(vectors=vectors[::3], labels=labels[::3], harmful=np.array([False, True]))
    curves = {
        name: curve_replayed(labelled, held_out, strategy=name, seed=4)
        for name in (StrategyName.RANDOM, StrategyName.ENTROPY)
    }
    for curve in curves.values():
        assert [point.answers for point in curve] == [24, 48, 72, 96, 120]
    assert curves[StrategyName.RANDOM][0] == curves[StrategyName.ENTROPY][0]
    last = [curve[-1].macro_f1 for curve in curves.values()]
    assert abs((last[0] or 0) - (last[1] or 0)) < 0.03


def test_a_replay_without_held_out_posts_claims_nothing() -> None:
    labelled = labelled_cloud(40, seed=1)
    empty = HeldOut(labelled.vectors[:0], labelled.labels[:0], np.array([False, True]))
    assert {
        point.macro_f1 for point in curve_replayed(labelled, empty, strategy=StrategyName.MARGIN, seed=1)
    } == {None}
