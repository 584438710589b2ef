"""How many comparisons the order of models takes, chosen by what they tell and drawn by chance.

Simulated: models with normal scores of each spread, ties, comparisons drawn before anything is asked. Replayed:
the pairs of ``pandalm-testset`` with what most of their three annotators said (left out, and said so, where the
shared data are not there); the order sought is the one all of them give. Both curves are Kendall's τ with the
order sought, the mean over ``REPEATS`` seeds, after every batch of ``BATCH``; a curve has arrived where it
stays at 0.95 or above for three batches. Run it by ``make bench NAME=pair_sampling``; ``MODELS``, ``SPREADS``,
``COMPARISONS``, ``REPEATS`` and ``SEED`` change it.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import kendalltau

from preferences.domain.davidson import davidson_fit
from preferences.domain.pair_sampling import Candidates, pairs_choose
from preferences.domain.paircounts import PairCounts

MODELS = int(os.environ.get("MODELS", "20"))
SPREADS = [float(spread) for spread in os.environ.get("SPREADS", "2,4").split(",")]
COMPARISONS = int(os.environ.get("COMPARISONS", "20000"))
MOST_ASKED = int(os.environ.get("MOST_ASKED", "6000"))
BATCH = int(os.environ.get("BATCH", "50"))
REPEATS = int(os.environ.get("REPEATS", "20"))
SEED = int(os.environ.get("SEED", "7"))
RANDOM_SHARE = 0.1
TIE = 0.5
GOAL = 0.95
_SHARED = Path(__file__).parents[2] / "shared/data/pandalm-testset/raw/testset-v1.json"
# Their answers as results of the first: a tie, the first, the second.
_RESULTS = {0: 1, 1: 0, 2: 2}


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    figures: dict[str, Any] = {"name": "pair_sampling", "seed": SEED, "random_share": RANDOM_SHARE}
    figures["simulated"] = [simulated(spread) for spread in SPREADS]
    figures["pandalm"] = replayed() if _SHARED.is_file() else "the shared data are not here"
    print(json.dumps(figures))


def simulated(spread: float) -> dict[str, Any]:
    """Curves on models whose scores are known."""
    curves: dict[bool, list[list[float]]] = {True: [], False: []}
    seconds = 0.0
    for repeat in range(REPEATS):
        random = np.random.default_rng(SEED + repeat)
        truth = random.normal(0, spread, MODELS)
        first = random.integers(0, MODELS, COMPARISONS)
        second = (first + random.integers(1, MODELS, COMPARISONS)) % MODELS
        half = np.exp((truth[first] - truth[second]) / 2)
        chances = np.stack([half, np.full(COMPARISONS, TIE), 1 / half])
        result = (random.random(COMPARISONS) * chances.sum(axis=0) > np.cumsum(chances, axis=0)).sum(axis=0)
        for is_chosen in (True, False):
            start = time.process_time()
            curves[is_chosen].append(curve(first, second, result, truth, is_chosen, BATCH, SEED + repeat))
            seconds += time.process_time() - start if is_chosen else 0
    told = _told(curves, BATCH)
    return {
        "models": MODELS,
        "spread": spread,
        "batch": BATCH,
        "repeats": REPEATS,
        "choosing_cpu_s_per_batch": round(seconds / REPEATS / len(curves[True][0]), 4),
        **told,
    }


def replayed() -> dict[str, Any]:
    """Curves on real comparisons; the order sought is that of all of them."""
    rows = json.loads(_SHARED.read_text(encoding="utf-8"))
    names = sorted({name for row in rows for name in row["cmp_key"].split("_")})
    pairs = [[names.index(name) for name in row["cmp_key"].split("_")] for row in rows]
    first, second = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
    result = np.array([_RESULTS[_most(row)] for row in rows])
    whole = davidson_fit(counted(first, second, result, len(names)), estimate_side=False).scores
    curves = {
        is_chosen: [
            curve(first, second, result, whole, is_chosen, 10, SEED + repeat) for repeat in range(REPEATS)
        ]
        for is_chosen in (True, False)
    }
    return {
        "models": len(names),
        "comparisons": len(rows),
        "batch": 10,
        "repeats": REPEATS,
        **_told(curves, 10),
    }


def _most(row: dict[str, Any]) -> int:
    answer, votes = Counter(row[f"annotator{number}"] for number in (1, 2, 3)).most_common(1)[0]
    return int(answer) if votes > 1 else 0


def curve(
    first: np.ndarray,
    second: np.ndarray,
    result: np.ndarray,
    truth: np.ndarray,
    is_chosen: bool,
    batch: int,
    seed: int,
) -> list[float]:
    """Kendall's τ after every batch, asked as chosen or as drawn by chance."""
    random = np.random.default_rng(seed)
    left = random.permutation(first.size)
    asked = np.zeros(0, dtype=np.int64)
    reached: list[float] = []
    while left.size and asked.size < min(MOST_ASKED, first.size):
        if is_chosen:
            known = counted(first[asked], second[asked], result[asked], truth.size)
            chosen = pairs_choose(
                known,
                Candidates(first[left], second[left]),
                batch=batch,
                random=random,
                random_share=RANDOM_SHARE,
            ).places
        else:
            chosen = np.arange(min(batch, left.size))
        asked = np.concatenate([asked, left[chosen]])
        left = np.delete(left, chosen)
        fit = davidson_fit(
            counted(first[asked], second[asked], result[asked], truth.size),
            estimate_side=False,
            with_covariance=False,
        )
        tau = kendalltau(fit.scores, truth).statistic
        reached.append(0.0 if np.isnan(tau) else float(tau))
    return reached


def counted(first: np.ndarray, second: np.ndarray, result: np.ndarray, items: int) -> PairCounts:
    """The comparisons as counts; every other one is taken as shown the other way round."""
    turned = np.arange(first.size) % 2 == 1
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    result = np.where(turned, 2 - result, result)
    pair, of = np.unique(first * items + second, return_inverse=True)
    won, tied, lost = (
        np.bincount(of[result == each], minlength=pair.size).astype(float) for each in range(3)
    )
    return PairCounts(items, pair // items, pair % items, won, lost, tied)


def _told(curves: dict[bool, list[list[float]]], batch: int) -> dict[str, Any]:
    chosen, drawn = (np.mean(curves[is_chosen], axis=0) for is_chosen in (True, False))
    at = [_arrived(each, batch) for each in (chosen, drawn)]
    step = max(1, len(chosen) // 20)
    return {
        "chosen_to_reach_0.95": at[0],
        "random_to_reach_0.95": at[1],
        "chosen_to_random_share": None if at[0] is None or at[1] is None else round(at[0] / at[1], 3),
        "asked": [(place + 1) * batch for place in range(0, len(chosen), step)],
        "chosen_tau": [round(float(tau), 3) for tau in chosen[::step]],
        "random_tau": [round(float(tau), 3) for tau in drawn[::step]],
    }


def _arrived(reached: np.ndarray, batch: int) -> int | None:
    """Return after how many comparisons τ first holds the goal for three batches; null where it never does."""
    holds = reached >= GOAL
    for place in range(len(holds) - 2):
        if holds[place : place + 3].all():
            return (place + 1) * batch
    return None


if __name__ == "__main__":
    main()
