"""Choosing 1,000 of a million posts whose vectors lie in shards on disk: the memory it takes, and the time.

What a round does with a pool once its posts are encoded, without the database: vectors are written to memory-mapped
16-bit shards, opened again, seen by a head, and chosen from within a random share. Each figure of time is processor
seconds on one BLAS thread; the memory is the most this process held, mapped pages of the shards among it, and what of
it at the end was its own. Run it by ``make bench NAME=pool_shards``; ``N``, ``DIM``, ``PICKS``, ``STRATEGIES`` and
``SEED`` change it, ``FOLDER`` says where the shards go (they are deleted at the end).
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.heads.head import Head
from active_learning.learners.rows import ShardedRows
from active_learning.learners.strategies.catalogue import strategy_named
from active_learning.learners.strategies.mix import mixed_chosen
from active_learning.learners.strategies.protocol import Pool
from active_learning.learners.vector_files import VectorFolder, names_of, places_of
from benchmarks.selecting.vectors import blocks_drawn

N = int(os.environ.get("N", "1000000"))
DIM = int(os.environ.get("DIM", "512"))
PICKS = int(os.environ.get("PICKS", "1000"))
SEED = int(os.environ.get("SEED", "7"))
NAMES = os.environ.get("STRATEGIES", "k_center,margin,density,badge,ranked_batch,typical").split(",")
FOLDER = os.environ.get("FOLDER")
MEMBERS, CLASSES = 5, 2
ANSWERED = 500
MIB = 1024


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    torch.set_num_threads(1)
    figures: dict[str, Any] = {"name": "pool_shards", "posts": N, "dim": DIM, "picks": PICKS, "seed": SEED}
    with threadpool_limits(1), tempfile.TemporaryDirectory(prefix="concord-bench-", dir=FOLDER) as root:
        ids = [uuid.UUID(int=(SEED << 64) + number) for number in range(N)]
        figures["write_cpu_s"], _ = measured(lambda: shards_written(Path(root), ids))
        figures["disk_mb"] = sum(path.stat().st_size for path in Path(root).rglob("*")) >> 20
        figures["memory_before_choosing_mb"] = most_memory_mb()
        figures["open_cpu_s"], vectors = measured(lambda: opened(Path(root), ids))
        head = head_drawn()
        figures["predict_cpu_s"], members = measured(lambda: head.members_probabilities(vectors))
        answered = vectors[np.random.default_rng(SEED).choice(N, min(ANSWERED, N), replace=False)]
        pool = Pool([str(one) for one in ids], vectors, answered, members, head.members_probabilities)
        for name in NAMES:
            seconds, picks = measured(partial(chosen, pool, name))
            figures[f"{name}_cpu_s"], figures[f"{name}_memory_mb"] = seconds, most_memory_mb()
            print(name, len(picks), seconds, "s", most_memory_mb(), "MB", flush=True)
        figures["most_memory_mb"] = most_memory_mb()
        figures["own_memory_mb"] = own_memory_mb()
    print(json.dumps(figures))


def shards_written(root: Path, ids: list[uuid.UUID]) -> None:
    """Store drawn vectors as a round does that meets these posts for the first time."""
    folder, start = folder_of(root), 0
    for block in blocks_drawn(N, DIM, seed=SEED):
        folder.add(names_of(ids[start : start + len(block)]), block.astype(np.float16))
        start += len(block)


def opened(root: Path, ids: list[uuid.UUID]) -> ShardedRows:
    """Map the shards as a round does that has met all posts before."""
    shards = folder_of(root).read(names_of([]))
    return ShardedRows([one.shard for one in shards], DIM, places_of(shards, names_of(ids)))


def folder_of(root: Path) -> VectorFolder:
    """The pool's folder."""
    return VectorFolder(root, "project/encoder", [DIM], most_bytes=1 << 40)


def head_drawn() -> Head:
    """An ensemble of two answers that no data taught."""
    random = np.random.default_rng(SEED)
    return Head(
        classes=("no", "yes"),
        center=np.zeros(DIM, dtype=np.float32),
        scale=1.0,
        weight=random.normal(size=(MEMBERS, DIM, CLASSES)).astype(np.float32) * 4,
        bias=np.zeros((MEMBERS, CLASSES), dtype=np.float32),
        log_prior=np.log(np.array([0.9, 0.1], dtype=np.float32)),
        temperature=1.0,
        about={},
    )


def chosen(pool: Pool, name: str) -> list[Any]:
    """One round's choice."""
    return mixed_chosen(strategy_named(StrategyName(name)), pool, budget=PICKS, seed=SEED, random_share=0.1)


def measured(run: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of one run, and what it returned."""
    start = time.process_time()
    found = run()
    return round(time.process_time() - start, 2), found


def most_memory_mb() -> int:
    """The most memory this process ever held, pages of mapped files among it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB


def own_memory_mb() -> int:
    """What this process holds now that is not a file's, as Linux tells it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // MIB for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    main()
