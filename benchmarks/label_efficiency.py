"""Labels that each strategy needs to learn as much as all labels teach, beside random; and rare positives it finds.

Posts whose answers are known are labelled again in the order of each strategy: the product's cold start, heads,
strategies and random share, round after round, each round a quarter as large as all before it. A strategy is done when
its macro-F1 on the held-out set is within ``WITHIN`` of that of all labels, two rounds in a row. Of the rare positives
it counts the share found among the first 1,000 labels. Pools: Fashion-MNIST (ten classes), the same with 5 % shirts to
be found, and a drawn one with 5 % harmful posts; the first two are left out where shared data is not at hand. Each
figure is the mean of ``SEEDS`` seeds. Run it by ``make bench NAME=label_efficiency``; ``POOLS``, ``STRATEGIES``,
``SEEDS``, ``DIM``, ``ITEMS`` (of the drawn pool), ``SEED`` and ``RANDOM_SHARES`` change it. The last are the shares of
every round that are drawn by lot, each measured on its own: a round is given one from a hundredth on, a fifth unless
somebody says otherwise. The more by lot, the narrower the figures of the whole pool, and the less the strategy saves.
"""

from __future__ import annotations

import json
import os
import time
from typing import Any

import numpy as np
import torch
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from active_learning.domain.strategy_names import COLD_START, STRATEGIES, StrategyName
from active_learning.learners.heads.evaluation import macro_f1
from active_learning.learners.heads.head import Head
from active_learning.learners.heads.training import Labelled, head_trained, labels_suffice
from active_learning.learners.strategies.catalogue import strategy_named
from active_learning.learners.strategies.mix import mixed_chosen
from active_learning.learners.strategies.protocol import Pool
from benchmarks.learning.pools import KnownPool, fashion_pools, simulated_pool

SEEDS = int(os.environ.get("SEEDS", "5"))
SEED = int(os.environ.get("SEED", "7"))
DIM = int(os.environ.get("DIM", "128"))
ITEMS = int(os.environ.get("ITEMS", "10000"))
WITHIN = 0.02
POOLS = os.environ.get("POOLS", "fashion,fashion_rare,drawn_rare").split(",")
RANDOM_SHARES = [float(share) for share in os.environ.get("RANDOM_SHARES", "0.1,0.01").split(",")]
FIRST = 40
GROWTH = 1.25
STEADY = 2
"""So many rounds in a row must reach the target: one alone may be luck."""

COUNTED_AT = 1000
WITHOUT_REFERENCE = [name.value for name in StrategyName if not STRATEGIES[name].needs_reference]
NAMES = os.environ.get("STRATEGIES", ",".join(WITHOUT_REFERENCE)).split(",")


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    torch.set_num_threads(1)
    figures: dict[str, Any] = {
        "name": "label_efficiency",
        "seeds": SEEDS,
        "seed": SEED,
        "dim": DIM,
        "random_shares": RANDOM_SHARES,
    }
    pools = {"drawn_rare": simulated_pool(DIM, items=ITEMS, seed=SEED)} if "drawn_rare" in POOLS else {}
    if {"fashion", "fashion_rare"} & set(POOLS):
        real = fashion_pools(DIM, seed=SEED)
        if real is None:
            figures["fashion"] = "The images of Fashion-MNIST are not at hand: see DATA."
        pools |= real or {}
    with threadpool_limits(1):
        for name in POOLS:
            if name in pools:
                figures[name] = pool_figures(name, pools[name])
    print(json.dumps(figures))


def pool_figures(name: str, pool: KnownPool) -> dict[str, Any]:
    """All strategies on one pool, with random first."""
    full = head_of(pool, np.arange(len(pool.labels)), seed=SEED)
    target = quality(full, pool) - WITHIN
    found: dict[str, Any] = {
        "posts": len(pool.labels),
        "held_out": len(pool.test_labels),
        "macro_f1_of_all": round(target + WITHIN, 4),
    }
    if pool.is_rare:
        found["positives"] = int(pool.labels.sum())
    random: dict[str, Any] = {}
    for strategy in dict.fromkeys([StrategyName.RANDOM.value, *NAMES]):
        if strategy == StrategyName.EXPECTED_HARM and not pool.is_rare:
            continue  # Where every answer is worth the same, all posts are.
        # All of what random takes is drawn by lot, whatever the share.
        for share in RANDOM_SHARES if random else RANDOM_SHARES[:1]:
            start = time.process_time()
            row = strategy_figures(pool, StrategyName(strategy), share, target)
            random = random or row
            row["labels_to_random_ratio"] = round(row["labels_needed"] / random["labels_needed"], 3)
            if pool.is_rare:
                row["found_to_random_ratio"] = round(row["found_in_1000"] / random["found_in_1000"], 2)
            title = strategy if strategy == StrategyName.RANDOM else f"{strategy}, {share:g} by lot"
            found[title] = row
            shown = {key: value for key, value in row.items() if key != "curve"}
            print(name, title, shown, round(time.process_time() - start, 1), "s", flush=True)
    return found


def strategy_figures(pool: KnownPool, name: StrategyName, share: float, target: float) -> dict[str, Any]:
    """One strategy with so large a share of each round drawn by lot, over all seeds."""
    return summed_up(
        [curve(pool, name, share=share, target=target, seed=SEED + run) for run in range(SEEDS)], target
    )


def summed_up(runs: list[dict[str, Any]], target: float) -> dict[str, Any]:
    """The means over the seeds; the curve as far as every seed has it."""
    row: dict[str, Any] = {
        "labels_needed": round(float(np.mean([run["needed"] for run in runs]))),
        "labels_needed_each": [run["needed"] for run in runs],
    }
    if "found" in runs[0]:
        row["found_in_1000"] = round(float(np.mean([run["found"] for run in runs])), 4)
    shared = set.intersection(*(set(run["points"]) for run in runs))
    row["curve"] = [
        [size, round(float(np.mean([run["points"][size] for run in runs])), 4)] for size in sorted(shared)
    ]
    return row


def curve(pool: KnownPool, name: StrategyName, *, share: float, target: float, seed: int) -> dict[str, Any]:
    """Label round after round until the target is reached, and of a rare pool at least ``COUNTED_AT``."""
    total = len(pool.labels)
    taken: list[int] = []
    points: dict[int, float] = {}
    reached: list[int] = []
    head: Head | None = None
    while len(taken) < total and not (
        len(reached) == STEADY and (not pool.is_rare or len(taken) >= COUNTED_AT)
    ):
        size = max(FIRST, round(len(taken) * (GROWTH - 1)))
        if len(taken) < COUNTED_AT:
            size = min(size, COUNTED_AT - len(taken))
        budget = min(size, total - len(taken))
        taken += chosen(pool, taken, head, name, share=share, budget=budget, seed=seed)
        head = head_of(pool, np.array(taken), seed=seed)
        points[len(taken)] = quality(head, pool)
        if len(reached) < STEADY:
            reached = [*reached, len(taken)] if points[len(taken)] >= target else []
    run = {"needed": reached[0] if reached else total, "points": points}
    if pool.is_rare:
        positives = float(pool.labels.sum())
        run["found"] = float(pool.labels[taken[:COUNTED_AT]].sum()) / positives
    return run


def chosen(
    pool: KnownPool,
    taken: list[int],
    head: Head | None,
    name: StrategyName,
    *,
    share: float,
    budget: int,
    seed: int,
) -> list[int]:
    """One round as the product makes it, without its tasks."""
    rest = np.setdiff1d(np.arange(len(pool.labels)), taken)
    vectors = pool.vectors[rest]
    used = COLD_START if STRATEGIES[name].needs_head and head is None else name
    made = Pool(
        names=[f"{index:06d}" for index in rest.tolist()],
        vectors=vectors,
        answered=pool.vectors[taken],
        members=None if head is None else head.members_probabilities(vectors),
        predict=None if head is None else head.members_probabilities,
        harm=pool.worth,
    )
    picks = mixed_chosen(
        strategy_named(used), made, budget=budget, seed=seed * 1000 + len(taken), random_share=share
    )
    return [int(rest[pick.index]) for pick in picks]


def head_of(pool: KnownPool, rows: np.ndarray, *, seed: int) -> Head | None:
    """The product's head of these rows; None while they hold too little."""
    labelled = Labelled(
        [f"{index:06d}" for index in rows.tolist()],
        pool.vectors[rows],
        pool.labels[rows],
        tuple(str(number) for number in range(len(pool.worth))),
    )
    return head_trained(labelled, seed=seed).head if labels_suffice(labelled) else None


def quality(head: Head | None, pool: KnownPool) -> float:
    """Macro-F1 on the held-out set; 0 without a head."""
    if head is None:
        return 0.0
    predicted = head.probabilities(pool.test_vectors).argmax(axis=1)
    return macro_f1(predicted, pool.test_labels)


if __name__ == "__main__":
    main()
