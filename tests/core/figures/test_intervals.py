from __future__ import annotations

import numpy as np
import pytest

from core.figures.intervals import Floats, Measured, resampled, wilson


def test_a_share_has_the_published_interval_and_none_of_nothing() -> None:
    # Newcombe (1998), table I, method 3: 81 of 263.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    for hits, total in ((0, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="0 ≤ hits"):
            wilson(hits, total)


def test_what_no_draw_defines_has_a_value_without_an_interval() -> None:
    def only_once(drawn: Floats) -> Floats:
        return np.full(len(drawn), 0.5 if len(drawn) == 1 else np.nan)

    assert resampled(np.array([2, 3]), only_once, seed=0) == Measured(0.5, None, None)
    assert resampled(np.array([], dtype=np.int64), only_once, seed=0) == Measured(None, None, None)
