"""Shares, κ and second looks with their intervals, and what a decision holds given who said what."""

from __future__ import annotations

import pytest

from preferences.domain.judging import kappa_of, pulled_to_a, said_again, share_of
from preferences.domain.posterior import Voice, preferred_probability


def test_with_everybody_reliable_the_posterior_is_the_plain_one() -> None:
    assert preferred_probability([]) == 0.5
    assert preferred_probability([Voice(1)]) == pytest.approx(0.75)
    assert preferred_probability([Voice(1)] * 3) == pytest.approx(0.9375)
    nearly = [Voice(1, reliability=1 - 1e-9), Voice(-1, reliability=1 - 1e-9), Voice(0), Voice(1)]
    plain = [Voice(1), Voice(-1), Voice(0), Voice(1)]
    assert preferred_probability(nearly) == pytest.approx(preferred_probability(plain), abs=1e-5)


def test_a_voice_tells_as_much_as_the_person_can_be_trusted() -> None:
    chances = [preferred_probability([Voice(1, reliability=trust)]) for trust in (0.95, 0.7, 0.5, 0.1)]
    assert chances == sorted(chances, reverse=True)
    assert chances[2] == pytest.approx(0.5)
    assert chances[3] < 0.5
    # Whoever always says the opposite tells as much as whoever never does.
    assert preferred_probability([Voice(1, reliability=0.2)]) == pytest.approx(
        1 - preferred_probability([Voice(1, reliability=0.8)])
    )


def test_what_was_said_along_with_the_pull_tells_less_than_what_was_said_against_it() -> None:
    along, against = (preferred_probability([Voice(1, pull=pull)]) for pull in (1.5, -1.5))
    assert 0.5 < along < 0.75 < against
    assert pulled_to_a(side=1.0, length=0.25, a_first=False, doublings=2) == pytest.approx(-0.5)


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe (1998), 81 of 263.
    share = share_of(81, 263)
    assert (share.low, share.high) == (pytest.approx(0.2553, abs=1e-4), pytest.approx(0.3662, abs=1e-4))
    assert share_of(0, 0).share is None


def test_kappa_is_the_textbook_one_with_an_interval_around_it() -> None:
    # Cohen's own way of putting it: 20 and 15 together of 50, 10 and 5 apart.
    kappa = kappa_of({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert kappa.kappa == pytest.approx(0.4)
    assert kappa.low is not None
    assert kappa.high is not None
    assert kappa.low < 0.4 < kappa.high
    assert kappa_of({("yes", "yes"): 9}).kappa is None
    assert kappa_of({}).items == 0


def test_only_a_preference_can_be_turned_round() -> None:
    same, turned = said_again([("a", "a", 6), ("a", "b", 2), ("b", "tie", 1), ("tie", "tie", 1)])
    assert (same.counted, same.of) == (7, 10)
    assert (turned.counted, turned.of) == (2, 8)
