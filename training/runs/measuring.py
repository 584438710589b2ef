"""What the scores of held-out rows mean, read beside the rows themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from core.storage.selection import blob_store
from training.domain.answers import answers_measured, texts_measured
from training.domain.evaluation import pairs_measured, replies_measured
from training.domain.recipes import RECIPES, SUPERVISED, Recipe
from training.domain.slices import answer_scored, pair_scored, reply_scored, text_scored, verdict_scored
from training.models import TrainingRun

HELD_OUT = ("validation", "test")
_TOLD = ("example_id", "meta_json", "simulated", "source")
"""What is read of rows that hold pictures, which lie in Parquet alone."""

Scored = tuple[Mapping[str, Any], Mapping[str, Any]]


def run_measured(run: TrainingRun, folder: Path) -> dict[str, Any]:
    """Return what the scores of the held-out rows mean."""
    recipe = Recipe(run.recipe)
    found = {split: list(_scored(run, folder, split)) for split in HELD_OUT}
    measured = found["test"] or found["validation"]
    if recipe is Recipe.GRPO:
        return replies_measured(
            [reply_scored(row, score["before"], score["after"]) for row, score in measured]
        )
    if recipe is Recipe.ENCODER:
        return answers_measured([answer_scored(row, score) for row, score in measured])
    if recipe in SUPERVISED:
        return texts_measured(
            [text_scored(row, score["before"], score["after"]) for row, score in measured],
            [
                verdict_scored(row, score["violating_before"], score["violating_after"])
                for row, score in measured
                if recipe is Recipe.GUARD
            ],
        )
    pairs = {
        split: [pair_scored(row, score["chosen"], score["rejected"]) for row, score in rows]
        for split, rows in found.items()
    }
    return pairs_measured(pairs["test"], pairs["validation"])


def _scored(run: TrainingRun, folder: Path, split: str) -> Iterator[Scored]:
    """Yield the rows of a split with their scores."""
    path = folder / "scores" / f"{split}.jsonl"
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        scores = {score["example_id"]: score for score in map(json.loads, lines)}
    for row in _rows(run, split):
        if row["example_id"] in scores:
            yield row, scores[row["example_id"]]


def _rows(run: TrainingRun, split: str) -> Iterator[Mapping[str, Any]]:
    recipe = Recipe(run.recipe)
    kind = RECIPES[recipe].kind
    if recipe is Recipe.SFT_VLM:
        for file in run.version.files.filter(kind=kind, split=split, path__endswith=".parquet").order_by(
            "path"
        ):
            with blob_store().local_copy(file.sha256) as local:
                yield from pq.read_table(local, columns=list(_TOLD)).to_pylist()
        return
    for file in run.version.files.filter(path=f"jsonl/{kind}/{split}.jsonl"):
        with blob_store().local_copy(file.sha256) as local, local.open(encoding="utf-8") as rows:
            yield from map(json.loads, rows)
