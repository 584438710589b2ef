from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.domain.word_likeness import joined_trigrams, likeness_of, trigrams

TEXTS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Throw them OUT!", "throw them out"),
        ("Café déjà", "Cafe\u0301 de\u0301ja\u0300"),
        ("ﬁre", "fire"),
        ("مرحبا، بالعالم", "مرحبا بالعالم"),
    ],
)
def test_case_marks_forms_and_punctuation_do_not_count(one: str, other: str) -> None:
    assert likeness_of(trigrams(one), trigrams(other)) == 1


def test_texts_with_nothing_in_common_are_not_alike() -> None:
    assert likeness_of(trigrams("cheap watches"), trigrams("bomb")) == 0
    assert likeness_of(trigrams(""), trigrams("bomb")) == 0
    assert trigrams("🤡 … !!") == frozenset()


def test_scripts_without_blanks_are_compared_too() -> None:
    near = likeness_of(trigrams("今天天气很好"), trigrams("今天天气不好"))
    assert 0.3 < near < 1


def test_a_word_more_is_nearer_than_another_sentence() -> None:
    own = trigrams("people from the harbour are vermin")
    assert likeness_of(own, trigrams("people from the harbour are all vermin")) > likeness_of(
        own, trigrams("ships in the harbour")
    )


def test_several_texts_are_as_one() -> None:
    assert joined_trigrams(["buy", "now"]) == trigrams("now buy")


@given(TEXTS, TEXTS)
def test_likeness_lies_between_0_and_1_and_is_the_same_both_ways(one: str, other: str) -> None:
    score = likeness_of(trigrams(one), trigrams(other))
    assert 0 <= score <= 1
    assert score == likeness_of(trigrams(other), trigrams(one))
