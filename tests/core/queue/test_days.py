from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.queue.domain.days import Day, Worked, day_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def worked(minute: float, seconds: float) -> Worked:
    """Work that ended so many minutes past noon."""
    return Worked(NOON + timedelta(minutes=minute), round(seconds * 1000))


def test_no_work_is_a_day_of_zeros() -> None:
    assert day_of([], now=NOON) == Day(0, 0, 0, 0, 0)


def test_a_pause_of_five_minutes_is_a_break_and_a_shorter_one_is_not() -> None:
    answers = [worked(20, 60), worked(1, 60), worked(5.5, 30)]
    day = day_of(answers, now=NOON + timedelta(minutes=21))
    assert (day.answers, day.active_ms) == (3, 150_000)
    assert (day.breaks, day.break_ms) == (1, round(13.5 * 60_000))
    assert day.stretch_ms == 2 * 60_000


def test_who_sent_nothing_for_five_minutes_is_on_a_break() -> None:
    assert day_of([worked(1, 60)], now=NOON + timedelta(minutes=6)).stretch_ms == 0
    assert day_of([worked(1, 60)], now=NOON + timedelta(minutes=5)).stretch_ms == 5 * 60_000


def test_work_on_two_tasks_at_once_is_no_break() -> None:
    day = day_of([worked(10, 600), worked(11, 30)], now=NOON + timedelta(minutes=11))
    assert (day.breaks, day.stretch_ms) == (0, 11 * 60_000)
