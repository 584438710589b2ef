"""Where the arithmetic runs: device and threads, settled once a job."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import torch
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

MOST_THREADS = 4


def compute_prepare(threads: int | None = None) -> torch.device:
    """Fix the number of threads and return the device to use.

    A worker on queue ``gpu`` sees the one card its ``CUDA_VISIBLE_DEVICES`` names; anywhere else this is the CPU.

    Parameters
    ----------
    threads
        CPU threads for torch; by default the cores at hand, at most four, so that two workers can share a machine.
    """
    torch.set_num_threads(threads or min(MOST_THREADS, os.cpu_count() or 1))
    return device_at_hand()


def device_at_hand() -> torch.device:
    """Return the card this worker sees, or the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@contextmanager
def one_thread() -> Iterator[None]:
    """Do the arithmetic inside on one CPU thread: sums come out the same on every machine, whatever its cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with _libraries().limit(limits=1, user_api="blas"):
            yield
    finally:
        torch.set_num_threads(before)


@cache
def _libraries() -> Any:
    """Return the control of the loaded libraries' threads; finding them takes milliseconds, so it is done once."""
    return ThreadpoolController()
