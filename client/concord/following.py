"""Waiting for what the server works on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from concord.errors import ConcordError
from concord.records import Worked

State = TypeVar("State")
AnyWorked = TypeVar("AnyWorked", bound=Worked)
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 2.0


def moves(look: Callable[[], State], *, timeout_s: float) -> Iterator[State]:
    """Yield what ``look`` returns, at first and whenever it is another than before; end in time.

    It is looked at ever more seldom.
    """
    pause = threading.Event()
    waited_s, step_s = 0.0, _FIRST_PAUSE_S
    seen: State | None = None
    while True:
        now = look()
        if now != seen:
            yield now
        seen = now
        if waited_s >= timeout_s:
            return
        pause.wait(step_s)
        waited_s += step_s
        step_s = min(step_s * 1.5, _LONGEST_PAUSE_S)


def over_wait(
    look: Callable[[], AnyWorked],
    noun: str,
    *,
    timeout_s: float,
    on_change: Callable[[AnyWorked], None] | None = None,
) -> AnyWorked:
    """Follow what ``look`` returns until it is over, calling ``on_change`` whenever it moved; return it.

    Raises
    ------
    ConcordError
        Its own code when it failed, or else ``<noun>_failed``; ``<noun>_cancelled``, or ``<noun>_still_going`` after
        ``timeout_s``.
    """
    seen: AnyWorked | None = None
    for item in moves(look, timeout_s=timeout_s):
        seen = item
        if on_change:
            on_change(item)
        if item.is_over:
            return _succeeded(item, noun)
    told = f"{noun.capitalize()} {seen.id} is still {seen.state}" if seen else f"No {noun} was seen"
    raise ConcordError(f"{noun}_still_going", f"{told} after {timeout_s:.0f} s.")


def _succeeded(item: AnyWorked, noun: str) -> AnyWorked:
    if item.state == "failed":
        error = (item.job.error if item.job else None) or {}
        raise ConcordError(
            error.get("code", f"{noun}_failed"),
            error.get("detail", f"The {noun} failed."),
            fields={noun: item.id},
        )
    if item.state == "cancelled":
        raise ConcordError(f"{noun}_cancelled", f"Somebody cancelled the {noun}.", fields={noun: item.id})
    return item
