from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.domain.change_rule import Change
from policies.domain.meaning import ClauseDecision, holds_under, meanings_published


def _publish(changes: dict[str, Change], base: dict[str, int], latest: dict[str, int]) -> dict[str, int]:
    return meanings_published([ClauseDecision(k, c) for k, c in changes.items()], base=base, latest=latest)


def test_a_new_clause_starts_at_1() -> None:
    assert _publish({"spam": Change.NEW}, {}, {}) == {"spam": 1}


def test_an_editorial_change_keeps_the_meaning_and_a_semantic_one_raises_it() -> None:
    base = {"spam": 3, "scam": 3, "other": 1}
    changes = {"spam": Change.EDITORIAL, "scam": Change.SEMANTIC, "other": Change.NONE}
    assert _publish(changes, base, base) == {"spam": 3, "scam": 4, "other": 1}


def test_a_draft_from_an_older_release_takes_a_number_nobody_had() -> None:
    assert _publish({"scam": Change.SEMANTIC}, {"scam": 1}, {"scam": 2}) == {"scam": 3}


def test_going_back_to_an_older_release_brings_its_meaning_back() -> None:
    assert _publish({"scam": Change.NONE}, {"scam": 1}, {"scam": 2}) == {"scam": 1}


def test_a_clause_that_was_dropped_and_comes_back_as_new_does_not_get_its_old_number() -> None:
    assert _publish({"scam": Change.NEW}, {}, {"scam": 2}) == {"scam": 3}


def test_a_clause_cannot_keep_a_meaning_its_base_does_not_have() -> None:
    with pytest.raises(ValueError, match="not in the release"):
        _publish({"scam": Change.EDITORIAL}, {}, {})


_KEYS = ["a", "b", "c"]


@given(st.lists(st.tuples(st.integers(0, 20), st.dictionaries(st.sampled_from(_KEYS), st.integers(0, 3)))))
def test_one_number_always_stands_for_one_meaning_whatever_the_drafts_start_from(
    history: list[tuple[int, dict[str, int]]],
) -> None:
    """Publish a random history and follow each meaning by hand: equal numbers exactly where nothing was raised."""
    releases: list[tuple[dict[str, int], dict[str, object]]] = [({}, {})]
    latest: dict[str, int] = {}
    for base_index, choices in history:
        base, base_meanings = releases[base_index % len(releases)]
        changes = {
            key: (Change.NONE, Change.EDITORIAL, Change.SEMANTIC, Change.SEMANTIC)[choice]
            if key in base
            else Change.NEW
            for key, choice in choices.items()
        }
        given_now = _publish(changes, base, latest)
        meanings = {
            key: base_meanings[key] if change in (Change.NONE, Change.EDITORIAL) else object()
            for key, change in changes.items()
        }
        releases.append((given_now, meanings))
        latest = {key: max(latest.get(key, 0), given_now.get(key, 0)) for key in _KEYS}
    for numbers_a, meanings_a in releases:
        for numbers_b, meanings_b in releases:
            for key in numbers_a:
                held = holds_under(numbers_a[key], key, numbers_b)
                assert held == (key in meanings_b and meanings_a[key] is meanings_b[key])
