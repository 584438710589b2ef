"""Several clauses at once: the suspects of cleanlab's multi-label filter, in its order."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from cleanlab.multilabel_classification.filter import find_label_issues, find_multilabel_issues_per_class
from cleanlab.multilabel_classification.rank import get_label_quality_scores

from active_learning.learners.noise.label_sets import ClauseLabels, set_qualities, sets_suspected


def drawn(posts: int, shares: list[float], *, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Sets in which each rule is broken by its share, some answers turned round; (posts, clauses) twice."""
    random = np.random.default_rng(seed)
    truth = random.random((posts, len(shares))) < np.array(shares)
    turned = random.random(truth.shape) < noise
    logits = np.where(truth, 2.0, -2.0) + random.normal(size=truth.shape)
    return (truth ^ turned).astype(np.int64), 1.0 / (1.0 + np.exp(-logits))


def clauses(breaks: np.ndarray, chances: np.ndarray) -> list[ClauseLabels]:
    everybody = np.arange(len(breaks))
    return [ClauseLabels(everybody, said, chance) for said, chance in zip(breaks.T, chances.T, strict=True)]


@pytest.mark.parametrize(
    ("posts", "shares", "noise"),
    [(800, [0.3, 0.1, 0.5], 0.08), (2000, [0.05, 0.2, 0.4, 0.6, 0.9], 0.15), (150, [0.5, 0.5], 0.3)],
)
def test_suspects_and_their_order_are_cleanlabs(posts: int, shares: list[float], noise: float) -> None:
    breaks, chances = drawn(posts, shares, noise=noise, seed=posts)
    found = sets_suspected(clauses(breaks, chances), posts=posts)
    sets = [np.flatnonzero(row).tolist() for row in breaks]
    flags = find_multilabel_issues_per_class(sets, chances, n_jobs=1)
    assert {(one.index, one.clause) for one in found} == set(zip(*np.nonzero(flags), strict=True))
    ranked = find_label_issues(sets, chances, return_indices_ranked_by="self_confidence", n_jobs=1)
    quality = get_label_quality_scores(sets, chances)
    own = list(dict.fromkeys(one.index for one in found))
    assert set(own) == set(ranked.tolist())
    assert quality[own].round(9).tolist() == sorted(quality[own].round(9))
    assert [one.quality for one in found] == pytest.approx([quality[one.index] for one in found])


def test_the_clauses_of_a_post_stand_together_its_worst_first() -> None:
    breaks, chances = drawn(600, [0.4, 0.4, 0.4], noise=0.25, seed=5)
    found = sets_suspected(clauses(breaks, chances), posts=600)
    order = [one.index for one in found]
    assert len({one.index for one in found}) < len(found)
    assert [index for at, index in enumerate(order) if at == 0 or order[at - 1] != index] == list(
        dict.fromkeys(order)
    )
    parts = clauses(breaks, chances)
    for one, following in itertools.pairwise(found):
        if one.index == following.index:
            assert parts[one.clause].own[one.index] <= parts[following.clause].own[following.index]


def test_what_is_not_decided_is_no_part_of_a_set() -> None:
    first = ClauseLabels(np.array([0, 1, 2]), np.array([1, 0, 1]), np.array([0.9, 0.2, 0.6]))
    second = ClauseLabels(np.array([1]), np.array([1]), np.array([0.1]))
    found = set_qualities([first, second], posts=4)
    assert found == pytest.approx([0.9, 0.8 * 0.1 + 0.2 * 0.8, 0.6, 1.0])


def test_a_clause_that_every_post_keeps_has_no_suspects() -> None:
    kept = ClauseLabels(np.arange(5), np.zeros(5, dtype=np.int64), np.full(5, 0.9))
    assert sets_suspected([kept], posts=5) == []
