"""How well judgments of pairs that are wrong are found, where an adversary and careless people are planted.

Draws models, people and judgments from a seed: most people see what is better, one says the opposite nine times
of ten, two answer by chance, and a share is asked again with the sides swapped. Then lists suspects by what the
platform measures (`preferences.domain.suspicion`), and beside it by what a page without a model could show: how
many others said the opposite of the same pair. Prints, for each, the share of wrong judgments among the first
``LISTED``, and of all wrong ones those within as many as there are; and what a second look adds. Times are
processor seconds on one thread. Run it by ``make bench NAME=pair_suspects``; ``COMPARISONS``, ``PEOPLE``,
``ROUNDS``, ``LISTED`` and ``SEED`` change its size.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from preferences.domain.crowd import crowd_fit
from preferences.domain.paircounts import Flags, Floats
from preferences.domain.suspicion import Judged, _counts, suspects_of, suspicion_measured

COMPARISONS = int(os.environ.get("COMPARISONS", "5000"))
PEOPLE = int(os.environ.get("PEOPLE", "20"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
LISTED = int(os.environ.get("LISTED", "100"))
SEED = int(os.environ.get("SEED", "7"))
MODELS, EACH, AGAIN = 12, 3, 0.1
ADVERSARY, CARELESS = 0, (1, 2)
RIGHT, RIGHT_ADVERSARY, RIGHT_CARELESS = 0.93, 0.1, 0.5


@dataclass(frozen=True)
class World:
    """Judgments, which of them are wrong, and which their own person turned when asked again."""

    judged: Judged
    wrong: Flags
    turned: Flags


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    figures: dict[str, Any] = {
        "name": "pair_suspects",
        "comparisons": COMPARISONS,
        "judgments": COMPARISONS * EACH,
        "people": PEOPLE,
        "rounds": ROUNDS,
        "listed": LISTED,
        "seed": SEED,
        "threads": 1,
    }
    with threadpool_limits(1):
        rounds = [measured(draw(SEED + number), SEED + number) for number in range(ROUNDS)]
    for key in rounds[0]:
        told = [each[key] for each in rounds]
        figures[key] = round(float(np.mean(told)), 4)
        figures[f"{key}_worst"] = round(float(max(told) if key.endswith("_cpu_s") else min(told)), 4)
    print(json.dumps(figures))


def draw(seed: int) -> World:
    """Draw judgments: ``EACH`` people of ``PEOPLE`` for each of ``COMPARISONS`` pairs."""
    random = np.random.default_rng(seed)
    worth = np.linspace(-1.5, 1.5, MODELS)
    first = random.integers(0, MODELS, COMPARISONS)
    second = (first + random.integers(1, MODELS, COMPARISONS)) % MODELS
    better = np.where(random.random(COMPARISONS) < expit(worth[first] - worth[second]), 1, -1)
    comparison = np.repeat(np.arange(COMPARISONS), EACH)
    person = np.concatenate([random.permutation(PEOPLE)[:EACH] for _ in range(COMPARISONS)])
    sees = np.full(PEOPLE, RIGHT)
    sees[ADVERSARY], sees[list(CARELESS)] = RIGHT_ADVERSARY, RIGHT_CARELESS
    right = random.random(person.size) < sees[person]
    again = random.random(person.size) < AGAIN
    right_again = random.random(person.size) < sees[person]
    judged = Judged(
        items=MODELS,
        people=PEOPLE,
        answer=np.arange(person.size),
        comparison=comparison,
        person=person,
        one=first[comparison],
        other=second[comparison],
        lean=np.where(right, better[comparison], -better[comparison]),
        a_first=random.random(person.size) < 0.5,
        doublings=np.zeros(person.size),
        weight=np.ones(person.size),
    )
    return World(judged, ~right, again & (right_again != right))


def measured(world: World, seed: int) -> dict[str, float]:
    """Return shares, between 0 and 1, and processor seconds."""
    begun = time.process_time()
    found = suspicion_measured(world.judged, seed=seed)
    took = time.process_time() - begun
    fit = crowd_fit(_counts(world.judged, np.ones(world.judged.person.size, dtype=bool)))
    against = [place for place, each in enumerate(fit.reliabilities) if each.against]
    without = suspects_of(found, np.zeros_like(world.turned))
    added = sorted(set(suspects_of(found, world.turned)) - set(without))
    opposed = -_share_against(world.judged)
    return {
        "ours_right_in_list": _share(world.wrong, found.probability, LISTED),
        "others_right_in_list": _share(world.wrong, opposed, LISTED),
        "ours_found": _share(world.wrong, found.probability, int(world.wrong.sum())),
        "others_found": _share(world.wrong, opposed, int(world.wrong.sum())),
        "by_chance": float(world.wrong.mean()),
        "suspects_wrong": float(world.wrong[without].mean()) if without else 1.0,
        "suspects_share_of_wrong": float(world.wrong[without].sum() / world.wrong.sum()),
        "second_look_adds": float(len(added)),
        "second_look_wrong": float(world.wrong[added].mean()) if added else 1.0,
        "adversary_alone_is_found": float(against == [ADVERSARY]),
        "adversary_reliability": float(fit.reliabilities[ADVERSARY].share),
        "measuring_cpu_s": took,
    }


def _share_against(judged: Judged) -> Floats:
    """Return which share of the others on the same comparison preferred the other side, shape (judgments,)."""
    here = np.bincount(judged.comparison)[judged.comparison]
    leaning = np.bincount(judged.comparison, judged.lean)[judged.comparison]
    against = (here - judged.lean * leaning) / 2
    return np.asarray(against / np.maximum(here - 1, 1))


def _share(wrong: Flags, suspicious: Floats, first: int) -> float:
    """Return how many of the first so many are wrong, the lowest figure first."""
    return float(wrong[np.argsort(suspicious, kind="stable")[:first]].mean())


if __name__ == "__main__":
    main()
