"""A scan of a million answers × 20 classes for likely errors, beside cleanlab; and verified errors found.

The scan goes from out-of-sample probabilities to the ranked list of suspects; the filter alone is held against
cleanlab's on the same answers, with one BLAS thread, in processor seconds, the best of ``ROUNDS``. On the sets of
label-errors-small it counts verified errors among as many suspects as the published list has. Run it by
``make bench NAME=noise_scan``; ``ITEMS``, ``CLASSES``, ``ROUNDS`` and ``SEED`` change its size.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from cleanlab.filter import find_label_issues
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from active_learning.learners.noise.confident import suspects_flagged
from active_learning.learners.noise.suspects import suspects_found
from benchmarks.scanning.answers import answers_drawn, label_errors

ITEMS = int(os.environ.get("ITEMS", "1000000"))
CLASSES = int(os.environ.get("CLASSES", "20"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SEED = int(os.environ.get("SEED", "7"))
DATA = Path(os.environ.get("DATA", "../shared/data")) / "label-errors-small"
PUBLISHED = {"cifar10": (275, 54), "mnist": (100, 15), "20news": (93, 82)}


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    labels, probabilities = answers_drawn(ITEMS, CLASSES, noise=0.1, strength=3.0, seed=SEED)
    figures: dict[str, Any] = {"name": "noise_scan", "items": ITEMS, "classes": CLASSES, "seed": SEED}
    with threadpool_limits(1):
        start = time.perf_counter()
        scan_s, found = best_of(lambda: suspects_found(labels, probabilities), 1)
        figures |= {"scan_wall_s": round(time.perf_counter() - start, 2), "scan_cpu_s": scan_s}
        figures |= {
            "suspects": len(found),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        ours_s, ours = best_of(lambda: suspects_flagged(labels, probabilities), ROUNDS)
        theirs_s, theirs = best_of(
            lambda: find_label_issues(labels, probabilities, filter_by="prune_by_noise_rate", n_jobs=1),
            ROUNDS,
        )
    figures |= {
        "cleanlab": version("cleanlab"),
        "filter_cpu_s": ours_s,
        "cleanlab_filter_cpu_s": theirs_s,
        "cleanlab_to_ours_ratio": round(theirs_s / ours_s, 2),
        "flagged": int(ours.sum()),
        "flagged_differently": int((ours != theirs).sum()),
    }
    print(json.dumps(figures | verified_figures()))


def verified_figures() -> dict[str, Any]:
    """Verified errors among the first suspects, beside the published list's."""
    if not DATA.is_dir():
        return {"label_errors_small": "is not at hand"}
    figures: dict[str, Any] = {}
    for name, (suspects, published) in PUBLISHED.items():
        labels, probabilities, verified = label_errors(DATA, name)
        first = {finding.index for finding in suspects_found(labels, probabilities)[:suspects]}
        figures[f"{name}_verified_found_published_suspects"] = [len(first & verified), published, suspects]
    return figures


def best_of(run: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Processor seconds of the quickest round, and what it returned."""
    quickest, result = np.inf, None
    for _ in range(rounds):
        start = time.process_time()
        result = run()
        quickest = min(quickest, time.process_time() - start)
    return round(float(quickest), 3), result


if __name__ == "__main__":
    main()
