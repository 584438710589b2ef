"""evalica and arena-rank on drawn comparisons; run by `benchmarks.ratings` with the Python that has them.

Knows nothing of Concord: takes the file of the comparisons and the number of rounds, and prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np

SPARSE_ITEMS, SPARSE_COMPARISONS = 20_000, 100_000


def main() -> None:
    """Measure what is installed."""
    drawn, rounds = np.load(sys.argv[1]), int(sys.argv[2])
    print(json.dumps(evalica_figures(drawn, rounds) | arena_rank_figures(drawn)))


def evalica_figures(drawn: np.ndarray, rounds: int) -> dict[str, Any]:
    """Bare Bradley–Terry scores, ties as half a win; and what it says where hardly two items met."""
    if find_spec("evalica") is None:
        return {"evalica": "is not installed"}
    evalica = import_module("evalica")

    results = [evalica.Winner.X, evalica.Winner.Draw, evalica.Winner.Y]

    def fit(table: np.ndarray) -> Any:
        return evalica.bradley_terry(
            table[:, 0].tolist(), table[:, 1].tolist(), [results[each] for each in table[:, 3]]
        )

    seconds, _ = best_of(lambda: fit(drawn), rounds)
    random = np.random.default_rng(7)
    truth = random.normal(0, 1, SPARSE_ITEMS)
    first = random.integers(0, SPARSE_ITEMS, SPARSE_COMPARISONS)
    second = (first + random.integers(1, SPARSE_ITEMS, SPARSE_COMPARISONS)) % SPARSE_ITEMS
    won = random.random(SPARSE_COMPARISONS) < 1 / (1 + np.exp(truth[second] - truth[first]))
    sparse = np.stack([first, second, first * 0, np.where(won, 0, 2)], axis=1)
    sparse_s, found = best_of(lambda: fit(sparse), 1)
    return {
        "evalica": version("evalica"),
        "evalica_cpu_s": seconds,
        "evalica_sparse_cpu_s": sparse_s,
        "evalica_sparse_distinct_scores": int(np.unique(np.round(np.asarray(found.scores), 9)).size),
    }


def arena_rank_figures(drawn: np.ndarray) -> dict[str, Any]:
    """Scores with intervals, once: it takes long."""
    if find_spec("arena_rank") is None:
        return {"arena_rank": "is not installed"}
    import pandas as pd

    models = import_module("arena_rank.models.bradley_terry")
    data = import_module("arena_rank.utils.data_utils")

    names = np.array(["model_a", "tie", "model_b"])
    table = pd.DataFrame({"model_a": drawn[:, 0].astype(str), "model_b": drawn[:, 1].astype(str)})
    table["winner"] = names[drawn[:, 3]]

    def fit() -> Any:
        pairs = data.PairDataset.from_pandas(table)
        model = models.BradleyTerry(n_competitors=len(pairs.competitors))
        return model.compute_ratings_and_cis(pairs, significance_level=0.05)

    seconds, _ = best_of(fit, 1)
    return {"arena_rank": version("arena-rank"), "arena_rank_with_intervals_cpu_s": seconds}


def best_of(run: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Processor seconds of the quickest round, and what it returned."""
    quickest, result = float("inf"), None
    for _ in range(rounds):
        start = time.process_time()
        result = run()
        quickest = min(quickest, time.process_time() - start)
    return round(quickest, 4), result


if __name__ == "__main__":
    main()
