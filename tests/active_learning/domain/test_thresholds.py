from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from active_learning.domain.harm_scores import (
    HALF,
    Scores,
    f1_at,
    precision_at,
    recall_at,
    scores_of,
    scores_read,
    thousandths,
)
from active_learning.domain.promotions import Promoted, PromotionKind, promoted_before
from active_learning.domain.thresholds import ThresholdUnreachedError, Wanted, threshold_chosen
from core.db.identifiers import uuid7
from tests.active_learning.material import evaluation_made

KNOWN = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=120)


def held_out() -> Scores:
    return scores_read(evaluation_made()["slices"][0]["scores"])


@given(KNOWN, st.integers(0, 1000))
def test_figures_at_a_threshold_are_those_of_counting(known: list[tuple[float, bool]], step: int) -> None:
    scores = scores_of((chance for chance, _ in known), (harmful for _, harmful in known))
    said = [harmful for chance, harmful in known if thousandths(chance) >= step]
    precision, recall = precision_at(scores, step), recall_at(scores, step)
    assert precision.of == len(said)
    assert precision.value == (pytest.approx(sum(said) / len(said)) if said else None)
    harmful = sum(is_harmful for _, is_harmful in known)
    assert recall.value == (pytest.approx(sum(said) / harmful) if harmful else None)
    for figure in (precision, recall, f1_at(scores, step)):
        if figure.value is None:
            assert figure.why
        else:
            assert figure.low is not None and figure.high is not None
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9


def test_a_figure_that_cannot_be_told_says_why() -> None:
    assert precision_at(Scores(()), HALF).why == "no_posts"
    harmless = Scores(((100, 4, 0),))
    assert (precision_at(harmless, HALF).why, recall_at(harmless, HALF).why) == ("nothing_said", "no_harmful")
    assert f1_at(harmless, HALF).why == "no_harmful"


@pytest.mark.parametrize("wanted", list(Wanted))
@pytest.mark.parametrize("at_least", [0.3, 0.6, 0.8, 0.9])
def test_a_threshold_reaches_what_was_asked_and_no_other_gives_up_less(
    wanted: Wanted, at_least: float
) -> None:
    scores = held_out()
    found = threshold_chosen(scores, wanted, at_least)
    own, other = (precision_at, recall_at) if wanted is Wanted.PRECISION else (recall_at, precision_at)
    step = round(found.threshold * 1000)
    assert (own(scores, step).value or 0) >= at_least
    for better in range(1001):
        if (own(scores, better).value or 0) >= at_least and precision_at(scores, better).of >= 5:
            assert (other(scores, better).value or 0) <= (other(scores, step).value or 0)


def test_asking_for_more_precision_never_gives_more_recall() -> None:
    recalls = [threshold_chosen(held_out(), Wanted.PRECISION, at / 10).recall.value for at in range(3, 10)]
    assert all((earlier or 0) >= (later or 0) for earlier, later in pairwise(recalls))


def test_what_cannot_be_reached_is_refused_in_a_sentence() -> None:
    mistaken = Scores(((100, 20, 0), (900, 10, 20)))
    with pytest.raises(ThresholdUnreachedError, match=r"precision of 90 % .* is 66\.7 %"):
        threshold_chosen(mistaken, Wanted.PRECISION, 0.9)
    with pytest.raises(ThresholdUnreachedError, match="9 harmful and 40 harmless"):
        threshold_chosen(Scores(((100, 40, 0), (900, 0, 9))), Wanted.RECALL, 0.5)
    # Four right ones at the top are no precision to rely on.
    few = Scores(((100, 20, 4), (800, 10, 2), (950, 0, 4)))
    with pytest.raises(ThresholdUnreachedError, match="at least 5 posts"):
        threshold_chosen(few, Wanted.PRECISION, 0.9)


def test_going_back_twice_goes_back_two_models() -> None:
    one, two, three = (uuid7() for _ in range(3))
    kinds = PromotionKind

    def before(*decisions: tuple[PromotionKind, object]) -> int | None:
        found = promoted_before(
            Promoted(ordinal, kind, model)  # type: ignore[arg-type]
            for ordinal, (kind, model) in enumerate(decisions, 1)
        )
        return None if found is None else found.ordinal

    ways = [(kinds.BY_ROUND, one), (kinds.PROMOTED, two), (kinds.PROMOTED, three)]
    assert before() is None
    assert before(ways[0]) is None
    assert before(*ways) == 2
    assert before(*ways, (kinds.ROLLED_BACK, two)) == 1
    assert before(*ways, (kinds.ROLLED_BACK, two), (kinds.ROLLED_BACK, one)) is None
    # A threshold belongs to its model; what was taken away leads nowhere until somebody promotes.
    assert before(ways[0], (kinds.THRESHOLD, one), ways[1]) == 2
    assert before(*ways[:2], (kinds.WITHDRAWN, None)) is None
    assert before(*ways[:2], (kinds.WITHDRAWN, None), ways[2]) == 2
