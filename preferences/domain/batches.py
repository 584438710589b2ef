"""Long sequences in pieces of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def in_batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Yield lists of ``size`` items, the last one shorter; nothing for no items."""
    running = iter(items)
    while batch := list(islice(running, size)):
        yield batch
