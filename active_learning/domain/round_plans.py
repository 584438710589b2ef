"""When the next round of a plan starts; free of Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan is; the last is final."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Since:
    """What came of the plan's last round.

    Attributes
    ----------
    started_at
        When it was started.
    picked, answered
        Posts it asked people about; those that nobody is asked about any more.
    answers
        Posts decided on the clause since it was started, whoever asked about them.
    """

    started_at: datetime
    picked: int
    answered: int
    answers: int


@dataclass(frozen=True, slots=True)
class When:
    """The condition of the next round: after so many newly decided posts, or every so many hours; one of them.

    ``answered_share`` (0 … 1): of the last round's posts, so many must be answered first.
    """

    after_answers: int | None
    every_hours: int | None
    answered_share: float


@dataclass(frozen=True, slots=True)
class Next:
    """Whether the next round starts now, and what it waits for."""

    is_due: bool
    sentence: str


def next_round(when: When, since: Since | None, now: datetime) -> Next:
    """Return whether the next round is due; without a round so far it is."""
    if since is None:
        return Next(True, "The next round starts within a minute.")
    if since.answered < when.answered_share * since.picked - 1e-9:
        share = f"{when.answered_share:.0%}".replace("%", " %")
        return Next(
            False,
            f"{since.answered:,} of the last round’s {since.picked:,} posts are answered; the next round waits for "
            f"{share} of them.",
        )
    if when.after_answers is not None and since.answers < when.after_answers:
        return Next(
            False,
            f"{since.answers:,} of {when.after_answers:,} posts are decided since the last round started.",
        )
    if when.every_hours is not None and now < since.started_at + timedelta(hours=when.every_hours):
        due = since.started_at + timedelta(hours=when.every_hours)
        return Next(False, f"The next round starts at {due:%Y-%m-%d %H:%M} UTC.")
    return Next(True, "The next round starts within a minute.")
