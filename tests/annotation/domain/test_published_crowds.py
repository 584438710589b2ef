"""Figures others published on crowds of their own; skipped where the shared data is not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annotation.domain.dawid_skene import Judgements, dawid_skene
from annotation.domain.people import careless_because, compared, reliability_among

pytestmark = pytest.mark.shared_data

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
ANSWERS = ["Yes", "No", "Unsure"]


def dices(name: str) -> dict[int, dict[str, Any]]:
    path = SHARED / "dices-350" / f"dices_350_{name}.json"
    if not path.exists():
        pytest.skip("the shared data folder is not here (dices-350)")
    instances = json.loads(path.read_text())["instances"]
    return {entry["id"]: entry["annotations"]["safety"] for entry in instances}


def test_the_majority_of_dices_350_equals_the_gold_as_published() -> None:
    crowd, experts = dices("crowdsourced"), dices("expert")
    right = 0.0
    for key, answers in crowd.items():
        scores = answers["individual_human_scores"]
        counts = [scores.count(value) for value in ANSWERS]
        leaders = [value for value, count in zip(ANSWERS, counts, strict=True) if count == max(counts)]
        # Where two answers lead, either may be called the majority: each is right half the time.
        right += (experts[key]["majority_human"] in leaders) / len(leaders)
    assert round(100 * right / len(crowd), 2) == 65.43


def test_the_careless_raters_of_dices_350_are_found() -> None:
    said = np.array(
        [
            [ANSWERS.index(score) for score in entry["individual_human_scores"]]
            for entry in dices("crowdsourced").values()
        ]
    )
    items, raters = said.shape
    item, person = np.repeat(np.arange(items), raters), np.tile(np.arange(raters), items)
    judged = Judgements.of(item, person, said.ravel(), categories=3)
    comparison = compared(judged, dawid_skene(item, person, said.ravel(), categories=3))
    shares = np.bincount(said.ravel(), minlength=3) / said.size
    found = {}
    for rater in range(raters):
        mine = person == rater
        why = careless_because(
            said[:, rater],
            pool_shares=shares,
            reliability=reliability_among(
                comparison.support[mine], comparison.chance[mine], comparison.best[mine]
            ),
            labels=ANSWERS,
        )
        if why is not None:
            found[rater] = why
    unsafe_always = int((said == 1).all(axis=0).argmax())
    assert found[unsafe_always] == "Answered “No” 350 of 350 times, where others do so 61 % of the time."
    safe_always = int((said == 0).sum(axis=0).argmax())
    assert found[safe_always].startswith("Answered “Yes” 349 of 350 times")
    assert 5 <= len(found) <= 19
