from __future__ import annotations

import random
import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policies.domain.word_difference import changed_share, word_segments, words, words_changed

_TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ["weapon", "sale", " ", ", ", "\n", "não", "武器", "הנשק", "e\u0301", "👩‍👩‍👧", "3", "."]
    ),
    max_size=60,
).map("".join)


@given(_TEXTS)
def test_the_words_of_a_text_joined_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@given(_TEXTS, _TEXTS)
def test_both_texts_can_be_read_back_from_their_difference(before: str, after: str) -> None:
    segments = word_segments(before, after)
    assert "".join(s.text for s in segments if s.operation != "insert") == before
    assert "".join(s.text for s in segments if s.operation != "delete") == after
    assert all(s.text for s in segments)
    assert all(a.operation != b.operation for a, b in pairwise(segments))


@given(_TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(s.operation == "equal" for s in word_segments(text, text))
    assert changed_share(text, text) == 0.0
    assert words_changed(text, text) == ([], [])


@given(_TEXTS, _TEXTS)
def test_the_changed_share_is_a_share_and_looks_the_same_from_both_sides(before: str, after: str) -> None:
    share = changed_share(before, after)
    assert 0.0 <= share <= 1.0
    assert share == changed_share(after, before)


def test_one_changed_word_marks_that_word_alone() -> None:
    segments = word_segments("Offers to sell a weapon.", "Offers to rent a weapon.")
    assert [(s.operation, s.text) for s in segments] == [
        ("equal", "Offers to "),
        ("delete", "sell"),
        ("insert", "rent"),
        ("equal", " a weapon."),
    ]


def test_a_script_without_blanks_is_compared_by_character() -> None:
    segments = word_segments("禁止出售武器", "禁止出租武器")
    assert [(s.operation, s.text) for s in segments] == [
        ("equal", "禁止出"),
        ("delete", "售"),
        ("insert", "租"),
        ("equal", "武器"),
    ]


def test_a_combining_mark_stays_with_its_letter() -> None:
    assert words("cafe\u0301 हिन्दी") == ["cafe\u0301", " ", "हिन्दी"]


def test_a_blank_between_two_changed_words_does_not_break_the_change() -> None:
    segments = word_segments("one alpha beta two", "one gamma delta two")
    assert [s.operation for s in segments] == ["equal", "delete", "insert", "equal"]


def test_case_and_punctuation_alone_change_no_word() -> None:
    assert changed_share("Selling weapons, online.", "selling weapons online") == 0.0


def test_two_long_texts_with_nothing_in_common_are_compared_in_bounded_time() -> None:
    source = random.Random(7)
    before, after = (" ".join(str(source.random()) for _ in range(20_000)) for _ in range(2))
    started = time.process_time()
    word_segments(before, after)
    assert time.process_time() - started < 5
