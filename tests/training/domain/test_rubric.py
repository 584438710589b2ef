from __future__ import annotations

from training.domain.rubric import weights_problems, weights_usual


def test_a_clause_counts_as_far_as_its_scale_goes() -> None:
    assert weights_usual({"hate": 3, "spam": 1, "scam": None}) == {"hate": 1.0, "spam": 0.5, "scam": 1.0}


def test_without_any_scale_all_count_the_same() -> None:
    assert weights_usual({"hate": None, "spam": None}) == {"hate": 1.0, "spam": 1.0}
    assert weights_usual({}) == {}


def test_what_cannot_be_weighed_is_named() -> None:
    found = weights_problems({"hate": 2, "gone": 1, "spam": -1}, {"hate": 1.0, "spam": 1.0})
    assert [row["path"] for row in found] == ["settings.clause_weights.gone", "settings.clause_weights.spam"]
    assert "there are: hate, spam" in found[0]["message"]
