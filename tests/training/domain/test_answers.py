from __future__ import annotations

import pytest

from training.domain.answers import ScoredAnswer, ScoredText, answers_measured, macro_f1, texts_measured


def answered(truth: str, after: str, *, before: str = "no", question: str = "hate") -> ScoredAnswer:
    chances = (0.9 if before == truth else 0.1, 0.9 if after == truth else 0.1)
    return ScoredAnswer(question, truth, before, after, *chances, {"clause": question})


def test_accuracy_before_and_after_is_that_of_the_same_rows() -> None:
    rows = [answered("yes", "yes") for _ in range(6)] + [answered("no", "no") for _ in range(14)]
    found = answers_measured(rows)
    assert found["accuracy"]["before"] == pytest.approx(0.7)
    assert found["accuracy"]["after"] == 1.0
    assert found["accuracy"]["low"] < 0.3 < found["accuracy"]["high"]
    assert found["log_loss"]["after"] < found["log_loss"]["before"]
    assert found["slices"][0]["value"] == "hate"


def test_macro_f1_weighs_every_answer_alike() -> None:
    rows = [answered("yes", "no") for _ in range(10)] + [answered("no", "no") for _ in range(90)]
    found = macro_f1(rows, lambda row: row.after)
    assert found["value"] == pytest.approx((0 + 2 * 90 / (2 * 90 + 10)) / 2)
    assert found["low"] < found["value"] < found["high"]


def test_the_same_answer_to_another_question_is_another_class() -> None:
    rows = [answered("yes", "yes"), answered("yes", "no", question="spam")]
    assert macro_f1(rows, lambda row: row.after)["value"] == pytest.approx(0.5)


def test_nothing_measured_is_no_figure() -> None:
    found = answers_measured([])
    assert found["macro_f1"]["after"]["value"] is None
    assert found["accuracy"]["after"] is None
    assert texts_measured([], [])["verdicts"] is None


def test_what_replies_cost_stands_before_and_after_over_all_and_by_slice() -> None:
    rows = [ScoredText(2.0, 1.5, {"language": "en" if number < 6 else "de"}) for number in range(8)]
    found = texts_measured(rows, [])
    assert found["cost"]["gain"] == pytest.approx(-0.5)
    assert [row["value"] for row in found["slices"]] == ["en"]
