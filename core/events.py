"""How a lower app tells an upper one that something happened, without importing it.

Events are frozen dataclasses in an app's ``events`` module. Handlers run at once, in the publisher's
transaction, in the order in which they subscribed; an error in one fails the whole write.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

_Event = TypeVar("_Event")

_handlers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event_type: type[_Event], handler: Callable[[_Event], None]) -> None:
    """Call ``handler`` for every later event of exactly ``event_type``; twice is the same as once."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def publish(event: object) -> None:
    """Hand ``event`` to its handlers."""
    for handler in _handlers[type(event)]:
        handler(event)
