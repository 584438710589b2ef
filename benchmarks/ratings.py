"""Ratings of a million comparisons among 200 models, beside choix, scikit-learn, evalica and arena-rank.

Draws comparisons from a seed (worth, ties, a pull of the first place and of length) and fits them, on one
thread: ours bare and whole (ties, side, length, intervals), and each peer's bare fit of the same results
(arena-rank's with intervals). Both sides start from what they take: counts of pairs, a matrix of wins, or lists
of names. Then 20,000 items with 100,000 comparisons, where hardly two items met twice. Times are processor
seconds, the best of ``ROUNDS``. Run it by ``make bench NAME=ratings``; ``COMPARISONS``, ``MODELS``, ``ROUNDS``
and ``SEED`` change its size. A peer that is not installed is left out, and the line says so: evalica and arena-
rank are no part of any requirements, and ``PEERS`` names the Python of an environment that has them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from preferences.domain.davidson import DavidsonFit, davidson_fit
from preferences.domain.paircounts import PairCounts, comparable_groups, rests_on_prior

COMPARISONS = int(os.environ.get("COMPARISONS", "1000000"))
MODELS = int(os.environ.get("MODELS", "200"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SEED = int(os.environ.get("SEED", "7"))
PEERS = os.environ.get("PEERS", sys.executable)
SPARSE_ITEMS, SPARSE_COMPARISONS = 20_000, 100_000
RIDGE = 0.1
SIDE, LENGTH, TIE = 0.2, 0.15, 0.5
BINS = 5
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    drawn, truth = draw(MODELS, COMPARISONS)
    figures: dict[str, Any] = {
        "name": "ratings",
        "comparisons": COMPARISONS,
        "models": MODELS,
        "seed": SEED,
        "rounds": ROUNDS,
        "threads": 1,
        "processors": os.cpu_count(),
    }
    with threadpool_limits(1):
        figures |= our_figures(drawn, truth)
        figures |= bare_peers(drawn)
        figures |= outside_peers(drawn)
        figures |= sparse_figures()
    for peer in ("choix_ilsr_dense", "scikit_learn", "evalica", "arena_rank_with_intervals"):
        if f"{peer}_cpu_s" in figures:
            figures[f"{peer}_to_ours_whole_ratio"] = round(
                figures[f"{peer}_cpu_s"] / figures["ours_whole_cpu_s"], 2
            )
    print(json.dumps(figures))


def draw(items: int, comparisons: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw comparisons, shape (comparisons, 4): first, second, doublings the first is longer by, result (0, 1, 2)."""
    random = np.random.default_rng(SEED)
    truth = random.normal(0, 1, items)
    first = random.integers(0, items, comparisons)
    second = (first + random.integers(1, items, comparisons)) % items
    longer = np.clip(np.round(random.normal(0, 1, comparisons)), -(BINS // 2), BINS // 2)
    eta = truth[first] - truth[second] + SIDE + LENGTH * longer
    chances = np.stack([np.exp(eta / 2), np.full(comparisons, TIE), np.exp(-eta / 2)])
    result = (random.random(comparisons) * chances.sum(axis=0) > np.cumsum(chances, axis=0)).sum(axis=0)
    return np.stack([first, second, longer, result], axis=1).astype(np.int64), truth - truth.mean()


def aggregated(drawn: np.ndarray, items: int, *, with_length: bool) -> PairCounts:
    """The comparisons as counts, one row per ordered pair and length."""
    longer = drawn[:, 2] + BINS // 2 if with_length else np.zeros(len(drawn), dtype=np.int64)
    cell = (drawn[:, 0] * items + drawn[:, 1]) * BINS + longer
    if items * items * BINS > 10 * len(drawn) * BINS:
        used, of = np.unique(cell, return_inverse=True)
    else:
        used, of = np.arange(items * items * BINS), cell
    tables = [np.bincount(of[drawn[:, 3] == result], minlength=used.size) for result in range(3)]
    met = np.flatnonzero(sum(tables))
    won, tied, lost = (table[met].astype(np.float64) for table in tables)
    pair = used[met] // BINS
    lead = (used[met] % BINS - BINS // 2).astype(np.float64)[:, None]
    return PairCounts(items, pair // items, pair % items, won, lost, tied, lead if with_length else None)


def our_figures(drawn: np.ndarray, truth: np.ndarray) -> dict[str, Any]:
    """Ours: counting, the bare fit, and the whole one with how near it came."""
    counting_s, counts = best_of(lambda: aggregated(drawn, MODELS, with_length=True))
    plain = aggregated(drawn, MODELS, with_length=False)
    decided = replace(plain, ties=np.zeros_like(plain.ties))
    bare_s, _ = best_of(
        lambda: davidson_fit(decided, ridge=RIDGE, estimate_side=False, with_covariance=False)
    )
    whole_s, fit = best_of(lambda: davidson_fit(counts, ridge=RIDGE))
    covariance = fit.covariance
    if covariance is None or fit.side.error is None:
        raise SystemExit("The whole fit came without its intervals.")
    reach = 1.959964 * np.sqrt(np.diag(covariance))
    return {
        "rows": int(counts.first.size),
        "counting_cpu_s": counting_s,
        "ours_bare_cpu_s": bare_s,
        "ours_whole_cpu_s": whole_s,
        "side": [round(fit.side.size, 4), round(1.959964 * fit.side.error, 4), SIDE],
        "length": [
            round(fit.covariates[0].size, 4),
            round(1.959964 * (fit.covariates[0].error or 0), 4),
            LENGTH,
        ],
        "intervals_that_hold_the_truth_share": round(float((np.abs(fit.scores - truth) <= reach).mean()), 3),
    }


def bare_peers(drawn: np.ndarray) -> dict[str, Any]:
    """choix and scikit-learn on the decided results: scores alone, without ties, side, length or intervals."""
    counts = aggregated(drawn[drawn[:, 3] != 1], MODELS, with_length=False)
    wins = np.zeros((MODELS, MODELS))
    np.add.at(wins, (counts.first, counts.second), counts.wins_first)
    np.add.at(wins, (counts.second, counts.first), counts.wins_second)
    ours = davidson_fit(counts, ridge=RIDGE, estimate_side=False).scores
    return _choix(wins, ours) | _scikit_learn(wins, ours)


def _choix(wins: np.ndarray, ours: np.ndarray) -> dict[str, Any]:
    if find_spec("choix") is None:
        return {"choix": "is not installed"}
    import choix

    # Their alpha is a ridge in another form; so small it only keeps the chain whole.
    seconds, scores = best_of(lambda: choix.ilsr_pairwise_dense(wins, alpha=1e-6))
    return {
        "choix": version("choix"),
        "choix_ilsr_dense_cpu_s": seconds,
        "choix_to_ours_greatest_difference": _difference(scores, ours),
    }


def _scikit_learn(wins: np.ndarray, ours: np.ndarray) -> dict[str, Any]:
    if find_spec("sklearn") is None:
        return {"scikit_learn": "is not installed"}
    from scipy.sparse import csr_array
    from sklearn.linear_model import LogisticRegression

    one, other = np.triu_indices(MODELS, 1)
    rows, ones = np.arange(one.size), np.ones(one.size)
    design = csr_array(
        (np.concatenate([ones, -ones]), (np.tile(rows, 2), np.concatenate([one, other]))),
        shape=(one.size, MODELS),
    )

    def fit() -> np.ndarray:
        model = LogisticRegression(C=1 / RIDGE, fit_intercept=False, tol=1e-6, max_iter=1_000)
        both = csr_array(_stacked(design))
        model.fit(both, np.repeat([1, 0], one.size), np.concatenate([wins[one, other], wins[other, one]]))
        return np.asarray(model.coef_[0])

    seconds, scores = best_of(fit)
    return {
        "scikit_learn": version("scikit-learn"),
        "scikit_learn_cpu_s": seconds,
        "scikit_learn_to_ours_greatest_difference": _difference(scores, ours),
    }


def _stacked(design: Any) -> Any:
    from scipy.sparse import vstack

    return vstack([design, design])


def _difference(scores: np.ndarray, ours: np.ndarray) -> float:
    return round(float(np.abs(scores - scores.mean() - ours).max()), 5)


def outside_peers(drawn: np.ndarray) -> dict[str, Any]:
    """evalica and arena-rank, in the environment that has them, on the same results."""
    with tempfile.TemporaryDirectory(prefix="concord-bench-") as folder:
        path = Path(folder) / "drawn.npy"
        np.save(path, drawn)
        script = Path(__file__).parent / "rating" / "outside.py"
        done = subprocess.run(
            [PEERS, str(script), str(path), str(ROUNDS)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | _ONE_THREAD,
        )
    if done.returncode:
        return {"outside_peers": f"could not be measured: {done.stderr.strip().splitlines()[-1:]}"}
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def sparse_figures() -> dict[str, Any]:
    """Many items that hardly met: how long, and what is said of it."""
    drawn, truth = draw(SPARSE_ITEMS, SPARSE_COMPARISONS)
    counts = aggregated(drawn, SPARSE_ITEMS, with_length=True)
    seconds, fit = best_of(lambda: davidson_fit(counts, ridge=RIDGE))
    wall = _wall(lambda: davidson_fit(counts, ridge=RIDGE))
    return {
        "sparse_items": SPARSE_ITEMS,
        "sparse_comparisons": SPARSE_COMPARISONS,
        "sparse_cpu_s": seconds,
        "sparse_wall_s": wall,
        "sparse_rests_on_prior": rests_on_prior(counts),
        "sparse_groups": int(np.unique(comparable_groups(counts)).size),
        "sparse_distinct_scores": int(np.unique(np.round(fit.scores, 9)).size),
        "sparse_correlation_with_truth": round(float(np.corrcoef(fit.scores, truth)[0, 1]), 3),
    }


def _wall(run: Callable[[], DavidsonFit]) -> float:
    start = time.perf_counter()
    run()
    return round(time.perf_counter() - start, 4)


def best_of(run: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of the quickest round, and what it returned."""
    quickest, result = float("inf"), None
    for _ in range(ROUNDS):
        start = time.process_time()
        result = run()
        quickest = min(quickest, time.process_time() - start)
    return round(quickest, 4), result


if __name__ == "__main__":
    main()
