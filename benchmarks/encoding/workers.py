"""Workers in processes of their own that take shards of one list."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

SHARDS = {"text": 128, "image": 32}


def seconds_of_workers(kind: str, items: Sequence[Any], workers: int) -> float:
    """Return how long so many workers take for all items, from when each has its encoder."""
    context = multiprocessing.get_context("spawn")
    taken = context.Value("i", 0)
    begin, end = context.Barrier(workers + 1), context.Barrier(workers + 1)
    started = [
        context.Process(target=_work, args=(kind, list(items), taken, begin, end)) for _ in range(workers)
    ]
    for process in started:
        process.start()
    begin.wait()
    since = time.perf_counter()
    end.wait()
    seconds = time.perf_counter() - since
    for process in started:
        process.join()
    return seconds


def _work(kind: str, items: Sequence[Any], taken: Any, begin: Barrier, end: Barrier) -> None:
    import torch

    from active_learning.learners.encoders.bundled import BundledImageEncoder, bundled_text_encoder

    torch.set_num_threads(1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    encoder: Any = bundled_text_encoder(device) if kind == "text" else BundledImageEncoder(device)
    begin.wait()
    while (start := _next(taken, SHARDS[kind])) < len(items):
        encoder.encode(items[start : start + SHARDS[kind]])
    end.wait()


def _next(taken: Any, size: int) -> int:
    """Take a shard: return where it starts."""
    with taken.get_lock():
        start = int(taken.value)
        taken.value = start + size
    return start
