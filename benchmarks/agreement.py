"""Agreement and Dawid–Skene over a million judgements, beside the `krippendorff` and `crowd-kit` packages.

Draws a crowd from a seed (posts, people of differing reliability, three answers), measures everything on it, and
holds our figures against the peers' from the same run: the same α to twelve digits, the same truths found. Times are
processor seconds, the best of ``ROUNDS``; both sides start from what they take: counts, judgement lists, or (for
crowd-kit) a data frame made beforehand. Run it by ``make bench NAME=agreement``; ``POSTS``, ``OVERLAP``, ``PEOPLE``,
``ROUNDS`` and ``SEED`` change its size. A peer that is not installed is left out, and the line says so. Then the same
judgements are verdicts in a database of its own, and what the quality pages ask of it is timed, ``DATABASE_ROUNDS``
times (once); ``DATABASE=0`` leaves that out.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import numpy as np

from annotation.domain.agreement import agreement_of
from annotation.domain.counts import counts_of
from annotation.domain.dawid_skene import dawid_skene
from annotation.domain.disagreement_cost import cost_of, severity_costs
from annotation.domain.graded import graded
from benchmarks.agreeing.database import database_figures

POSTS = int(os.environ.get("POSTS", "200000"))
OVERLAP = int(os.environ.get("OVERLAP", "5"))
PEOPLE = int(os.environ.get("PEOPLE", "500"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SEED = int(os.environ.get("SEED", "7"))
DATABASE_ROUNDS = int(os.environ.get("DATABASE_ROUNDS", "1"))
ANSWERS = 3
MEASURES: tuple[Literal["nominal", "ordinal", "interval"], ...] = ("nominal", "ordinal", "interval")


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    item, person, answer, truth = crowd()
    figures: dict[str, Any] = {
        "name": "agreement",
        "judgements": int(item.size),
        "posts": POSTS,
        "people": PEOPLE,
        "answers": ANSWERS,
        "seed": SEED,
        "rounds": ROUNDS,
        "processors": os.cpu_count(),
    }
    figures |= alpha_figures(item, answer)
    figures |= crowd_figures(item, person, answer, truth)
    if os.environ.get("DATABASE", "1") != "0":
        with tempfile.TemporaryDirectory(prefix="concord-bench-", ignore_cleanup_errors=True) as folder:
            home = Path(folder) / "home"
            figures |= database_figures(home, item, person, answer, overlap=OVERLAP, rounds=DATABASE_ROUNDS)
    print(json.dumps(figures))


def crowd() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """People right between half the time and nearly always, on posts with one of three answers."""
    random = np.random.default_rng(SEED)
    truth = random.choice(ANSWERS, POSTS, p=[0.6, 0.25, 0.15])
    skill = random.uniform(0.5, 0.97, PEOPLE)
    item = np.repeat(np.arange(POSTS), OVERLAP)
    person = (
        np.repeat(random.integers(0, PEOPLE, POSTS), OVERLAP) + np.tile(np.arange(OVERLAP) * 7, POSTS)
    ) % PEOPLE
    right = random.random(item.size) < skill[person]
    wrong = (truth[item] + random.integers(1, ANSWERS, item.size)) % ANSWERS
    return item, person, np.where(right, truth[item], wrong), truth


def alpha_figures(item: np.ndarray, answer: np.ndarray) -> dict[str, Any]:
    """α on each measure, from counts and from judgements, with and without its interval."""
    counts = counts_of(item, answer, categories=ANSWERS)
    found: dict[str, Any] = {}
    for measure in MEASURES:
        seconds, result = best_of(partial(agreement_of, counts, measure=measure, resamples=0))
        found[f"alpha_{measure}_from_counts_cpu_s"] = seconds
        found[f"alpha_{measure}"] = result.alpha
    found["all_coefficients_with_1000_resamples_cpu_s"], whole = best_of(
        lambda: agreement_of(counts, measure="ordinal", seed=SEED)
    )
    found["gwet_ac2_ordinal"] = whole.gwet.value
    found["alpha_from_judgements_cpu_s"], _ = best_of(
        lambda: agreement_of(counts_of(item, answer, categories=ANSWERS), measure="nominal", resamples=0)
    )
    found["severity_cost_with_1000_resamples_cpu_s"], _ = best_of(
        lambda: cost_of(counts, severity_costs(ANSWERS - 1), seed=SEED)
    )
    return found | alpha_peer(counts, found)


def alpha_peer(counts: np.ndarray, ours: dict[str, Any]) -> dict[str, Any]:
    """The same from the `krippendorff` package, which takes counts."""
    if find_spec("krippendorff") is None:
        return {"alpha_peer": "krippendorff is not installed"}
    import krippendorff

    found: dict[str, Any] = {"alpha_peer": f"krippendorff {version('krippendorff')}, from counts"}
    for measure in MEASURES:
        seconds, value = best_of(
            partial(
                krippendorff.alpha,
                value_counts=counts,
                value_domain=list(range(ANSWERS)),
                level_of_measurement=measure,
            )
        )
        found[f"krippendorff_{measure}_cpu_s"] = seconds
        found[f"krippendorff_to_ours_{measure}_ratio"] = round(
            seconds / ours[f"alpha_{measure}_from_counts_cpu_s"], 1
        )
        if abs(value - ours[f"alpha_{measure}"]) > 1e-12:
            raise SystemExit(f"α differs from the peer's: {ours[f'alpha_{measure}']} and {value} ({measure})")
    return found


def crowd_figures(
    item: np.ndarray, person: np.ndarray, answer: np.ndarray, truth: np.ndarray
) -> dict[str, Any]:
    """Dawid–Skene and the graded model, and the truths they find."""
    seconds, estimate = best_of(lambda: dawid_skene(item, person, answer, categories=ANSWERS))
    graded_s, grades = best_of(lambda: graded(item, person, answer, categories=ANSWERS))
    posterior = estimate.posterior.argmax(axis=1)
    found: dict[str, Any] = {
        "dawid_skene_cpu_s": seconds,
        "dawid_skene_iterations": estimate.iterations,
        "dawid_skene_right_share": round(float((posterior == truth).mean()), 6),
        "graded_cpu_s": graded_s,
        "graded_iterations": grades.estimate.iterations,
    }
    if find_spec("crowdkit") is None:
        return found | {"dawid_skene_peer": "crowd-kit is not installed"}
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from crowdkit.aggregation import DawidSkene

        table = pd.DataFrame({"task": item, "worker": person, "label": answer})
        peer_s, model = best_of(lambda: DawidSkene(n_iter=100, tol=1e-5).fit(table))
    theirs = model.labels_.sort_index().to_numpy()
    steps = len(model.loss_history_)
    as_long_s, as_long = best_of(
        lambda: dawid_skene(
            item, person, answer, categories=ANSWERS, smoothing=0, iterations=steps, tolerance=0
        )
    )
    same = float((theirs == as_long.posterior.argmax(axis=1)).mean())
    return found | {
        "dawid_skene_peer": f"crowd-kit {version('crowd-kit')}, n_iter=100, tol=1e-5 (ours: the same)",
        "crowd_kit_cpu_s": peer_s,
        "crowd_kit_iterations": steps,
        "dawid_skene_as_many_iterations_cpu_s": as_long_s,
        "crowd_kit_right_share": round(float((theirs == truth).mean()), 6),
        "crowd_kit_same_truth_share": round(same, 6),
        "crowd_kit_to_ours_ratio": round(peer_s / seconds, 1),
    }


def best_of(run: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of the quickest round, and what it returned."""
    quickest, result = float("inf"), None
    for _ in range(ROUNDS):
        start = time.process_time()
        result = run()
        quickest = min(quickest, time.process_time() - start)
    return round(quickest, 5), result


if __name__ == "__main__":
    main()
