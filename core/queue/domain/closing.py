"""Why somebody gets no work for a while, in words that blame nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_SAYS = {
    "break": "It is time for a break. Work opens again by itself.",
    "stopped": "You stopped. Nothing waits on you; come back when you want to.",
    "budget": "You have seen as much of this as there should be for now. Work opens again by itself.",
    "cool_down": "What is left for you now is hard to look at. It opens again after a short rest.",
}


@dataclass(frozen=True, slots=True)
class Closed:
    """What is shut, until when, and the time it was asked, both by the database's clock."""

    why: str
    until: datetime
    may_end: bool
    now: datetime
    is_all: bool = True
    """Whether all work is shut, and not only what there is for them now."""

    @property
    def seconds_left(self) -> int:
        """Whole seconds until it opens, rounded up."""
        return max(0, -int(-(self.until - self.now).total_seconds() // 1))

    @property
    def says(self) -> str:
        """What the person reads."""
        if self.why == "break" and self.may_end:
            return "You are on a break. Work opens again by itself, or when you end it."
        return _SAYS[self.why]

    def document(self) -> dict[str, Any]:
        """Return it as it travels."""
        return {
            "why": self.why,
            "until": self.until,
            "seconds_left": self.seconds_left,
            "may_end": self.may_end,
            "says": self.says,
        }


def closed_of(found: Sequence[Any], *, is_all: bool = True) -> Closed | None:
    """Return what a row (why, until, may_end, now) says; nothing is shut where ``why`` is missing."""
    why, until, may_end, now = found[:4]
    return None if why is None else Closed(why, until, may_end, now, is_all)
