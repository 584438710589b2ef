from __future__ import annotations

import time

import pytest

from core.db.keeping import Kept


def test_an_answer_is_kept_for_its_seconds_forgotten_on_demand_and_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, asked = [100.0], list[str]()
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def read(key: str) -> int:
        asked.append(key)
        return len(asked)

    kept = Kept(read, seconds=5.0, most=2)
    assert [kept("a"), kept("a")] == [1, 1]
    now[0] = 105.0
    assert kept("a") == 1
    now[0] = 105.1
    assert kept("a") == 2
    kept.forget("a")
    kept.forget("never asked")
    assert [kept("a"), kept("b"), kept("a")] == [3, 4, 3]
    assert kept("c") == 5
    assert kept("a") == 6, "a third was one too many: those before were dropped"
    assert asked == ["a", "a", "a", "b", "c", "a"]
