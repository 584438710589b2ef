"""Preparing the next batch while the last one is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import torch

Given = TypeVar("Given")
Made = TypeVar("Made")


def made_ahead(batches: Iterable[Given], make: Callable[[Given], Made]) -> Iterator[tuple[Given, Made]]:
    """Yield every batch with what ``make`` makes of it, in order; one more is being made meanwhile, by a thread.

    What ``make`` raises comes where its batch would have come.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        waiting: tuple[Given, Future[Made]] | None = None
        for batch in batches:
            coming = batch, thread.submit(make, batch)
            if waiting is not None:
                yield waiting[0], waiting[1].result()
            waiting = coming
        if waiting is not None:
            yield waiting[0], waiting[1].result()


def sent(tensor: torch.Tensor, device: torch.device) -> torch.Tensor:
    """Return the tensor on the device; to a card it goes from pinned memory, while others are still computed."""
    if device.type != "cuda":
        return tensor
    return tensor.pin_memory().to(device, non_blocking=True)
