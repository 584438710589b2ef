"""Choosing 1,000 of 100,000 × 512: each strategy beside its plain loop, modAL and scikit-activeml.

On one BLAS thread, in processor seconds, all in one run: exact k-center beside the loop in torch that measures every
row against every pick, its approximate form with the radius it leaves, BADGE beside its plain loop, ranked batch and
typical clusters; scikit-activeml and modAL on the first ``PEER_N`` rows, where they end, and ours on the same. Vectors
are of passages people wrote where shared data is at hand, otherwise drawn (the line says which). Run it by
``make bench NAME=selection``; ``N``, ``PICKS``, ``DIM``, ``PEER_N`` and ``SEED`` change its size, ``N=1000000`` shows
the most memory it takes (``PEER_N=0`` and ``LOOPS=0`` leave out what would not end). Where there is a card, k-center
runs on it, and is held against the time to read the vectors there once a pick.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from active_learning.learners.strategies.badge import BadgeStrategy
from active_learning.learners.strategies.coverage import KCenterStrategy, RankedBatchStrategy
from active_learning.learners.strategies.protocol import Pool, Strategy, seeded_order
from active_learning.learners.strategies.typical import TypicalStrategy
from benchmarks.selecting.loops import badge_loop, k_center_loop, radius, ranked_loop
from benchmarks.selecting.vectors import vectors_drawn, vectors_real

N = int(os.environ.get("N", "100000"))
PICKS = int(os.environ.get("PICKS", "1000"))
DIM = int(os.environ.get("DIM", "512"))
PEER_N = int(os.environ.get("PEER_N", "10000"))
SEED = int(os.environ.get("SEED", "7"))
CLASSES = int(os.environ.get("CLASSES", "10"))
SLACK = 0.03
HAS_LOOPS = os.environ.get("LOOPS", "1") == "1"


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    torch.set_num_threads(1)
    real = vectors_real(N, DIM) if N <= 200_000 else None
    vectors = vectors_drawn(N, DIM, seed=SEED) if real is None else real
    pool = pool_made(vectors)
    figures: dict[str, Any] = {
        "name": "selection",
        "items": N,
        "picks": PICKS,
        "dim": DIM,
        "seed": SEED,
        "threads": 1,
        "vectors": "drawn" if real is None else "real",
    }
    with threadpool_limits(1):
        figures |= coverage_figures(pool)
        if torch.cuda.is_available():
            figures |= card_figures(pool)
        figures |= other_figures(pool)
        if PEER_N:
            figures |= peer_figures(pool)
    figures["most_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(figures))


def pool_made(vectors: np.ndarray) -> Pool:
    """A pool with the predictions of two members: softmax of drawn directions."""
    random = np.random.default_rng(SEED)
    turn = random.normal(size=(DIM, CLASSES)).astype(np.float32) * 4
    members = np.empty((2, len(vectors), CLASSES))
    for member in members:
        logits = vectors @ (turn + random.normal(size=turn.shape).astype(np.float32))
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        member[:] = raised / raised.sum(axis=1, keepdims=True)
    return Pool([str(n) for n in range(len(vectors))], vectors, vectors[:0], members)


def measured(run: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of one run, and what it returned."""
    start = time.process_time()
    found = run()
    return round(time.process_time() - start, 3), found


def chosen(strategy: Strategy, pool: Pool) -> tuple[float, list[int]]:
    """Processor seconds, and the picks."""
    seconds, found = measured(lambda: strategy.choose(pool, budget=PICKS, seed=SEED))
    return seconds, [choice.index for choice in found]


def coverage_figures(pool: Pool) -> dict[str, Any]:
    """k-center exact and with slack, beside the loop."""
    exact_s, exact = chosen(KCenterStrategy(), pool)
    near_s, near = chosen(KCenterStrategy(SLACK), pool)
    figures: dict[str, Any] = {
        "k_center_cpu_s": exact_s,
        "k_center_approximate_cpu_s": near_s,
        "k_center_approximate_radius_ratio": round(
            radius(pool.vectors[:], near) / radius(pool.vectors[:], exact), 4
        ),
    }
    if HAS_LOOPS:
        order = seeded_order(pool.names, SEED)
        loop_s, loop = measured(lambda: k_center_loop(pool.vectors[order], PICKS))
        figures |= {
            "k_center_loop_cpu_s": loop_s,
            "k_center_same_picks": int((order[loop] == np.array(exact)).sum()),
            "k_center_same_set": len(set(order[loop].tolist()) & set(exact)),
            "k_center_loop_to_ours_ratio": round(loop_s / exact_s, 1),
            "k_center_loop_to_approximate_ratio": round(loop_s / near_s, 1),
        }
    return figures


def card_figures(pool: Pool) -> dict[str, Any]:
    """k-center on a card, on the clock with its transfer, beside reading all vectors there once a pick."""
    start = time.perf_counter()
    KCenterStrategy(device=torch.device("cuda")).choose(pool, budget=PICKS, seed=SEED)
    seconds = time.perf_counter() - start
    rows = torch.from_numpy(pool.vectors[:]).to("cuda")
    rows.sum().item()
    start = time.perf_counter()
    for _ in range(PICKS):
        rows.sum()
    torch.cuda.synchronize()
    read_s = time.perf_counter() - start
    return {
        "card": torch.cuda.get_device_name(),
        "k_center_card_s": round(seconds, 3),
        "card_reads_vectors_s": round(read_s, 3),
        "k_center_to_reading_ratio": round(seconds / read_s, 2),
    }


def other_figures(pool: Pool) -> dict[str, Any]:
    """BADGE and ranked batch beside their loops, and typical clusters."""
    figures: dict[str, Any] = {}
    for name, strategy in (
        ("badge", BadgeStrategy()),
        ("ranked_batch", RankedBatchStrategy()),
        ("typical", TypicalStrategy()),
    ):
        figures[f"{name}_cpu_s"], picks = chosen(strategy, pool)
        if name == "ranked_batch" and HAS_LOOPS:
            seconds, loop = measured(partial(ranked_loop, pool, PICKS, first=picks[0]))
            figures |= {
                "ranked_batch_loop_cpu_s": seconds,
                "ranked_batch_same_set": len(set(loop) & set(picks)),
            }
    if HAS_LOOPS:
        figures["badge_loop_cpu_s"], _ = measured(lambda: badge_loop(pool, PICKS, seed=SEED))
        figures["badge_loop_to_ours_ratio"] = round(figures["badge_loop_cpu_s"] / figures["badge_cpu_s"], 1)
    return figures


def peer_figures(pool: Pool) -> dict[str, Any]:
    """scikit-activeml in a process of its own, on the first rows; ours on the same."""
    part = pool.part(np.arange(min(PEER_N, N)))
    figures: dict[str, Any] = {"peer_items": len(part.names)}
    for name, strategy in (("k_center", KCenterStrategy()), ("typical", TypicalStrategy())):
        figures[f"ours_on_peer_items_{name}_cpu_s"], _ = chosen(strategy, part)
    with tempfile.TemporaryDirectory(prefix="concord-bench-") as folder:
        path = Path(folder) / "vectors.npy"
        np.save(path, part.vectors[:])
        script = Path(__file__).parent / "selecting" / "outside.py"
        done = subprocess.run(
            [sys.executable, str(script), str(path), str(PICKS)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
        )
    if done.returncode:
        return figures | {
            "scikit_activeml": f"could not be measured: {done.stderr.strip().splitlines()[-1:]}"
        }
    figures |= json.loads(done.stdout.strip().splitlines()[-1])
    for name, theirs in (("k_center", "core_set"),):
        figures[f"scikit_activeml_to_ours_{name}_ratio"] = round(
            figures[f"scikit_activeml_{theirs}_cpu_s"] / figures[f"ours_on_peer_items_{name}_cpu_s"], 1
        )
    return figures


if __name__ == "__main__":
    main()
