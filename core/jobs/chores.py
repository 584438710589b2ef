"""Small work that transactions leave behind in tables of their own, many times a minute: too small for a job each.

The app that owns such a table registers how to see that something waits, and which task looks at it. The relay asks
about once a second and tells the worker for upkeep, or the queue that the chore is for. What waits stays in its table
until it was done, so a message that is lost is made up for by the next.
"""

from __future__ import annotations

from collections.abc import Callable

from celery import current_app

_EXPIRES_S = 30
_chores: dict[str, tuple[str, Callable[[], bool]]] = {}


def chore_register(task: str, *, waits: Callable[[], bool], queue: str = "upkeep") -> None:
    """Have the task of this name run soon whenever ``waits`` says so; it must be safe to run twice.

    Where workers of the queue may be busy for long, ``waits`` says so no more than now and then.
    """
    _chores[task] = (queue, waits)


def chores_tell() -> list[str]:
    """Send a message for every chore that has something to do; return their tasks' names."""
    due = [(task, queue) for task, (queue, waits) in _chores.items() if waits()]
    for task, queue in due:
        # Told again each second while it is not done: old messages fall away by themselves.
        current_app.send_task(task, queue=queue, expires=_EXPIRES_S, retry=False)
    return [task for task, _ in due]
