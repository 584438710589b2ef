"""Scoring the pairs that nobody judged yet by a reward model, so that people are asked where it is worth most."""

from __future__ import annotations

import json
import shutil
from math import exp
from pathlib import Path
from typing import Any
from uuid import UUID

from core.storage.selection import blob_store
from preferences.selectors.pair_texts import pairs_unjudged
from training.models import PairScore, TrainingRun
from training.runs.program import Event, program_run
from training.runs.training import Progress, run_folder, spec_write

_AT_ONCE = 1_000
_STEEPEST = 700.0


def pairs_scored(run_id: UUID, progress: Progress) -> dict[str, Any]:
    """Score the project's comparisons that have no judgment and no score of this model; safe to run twice.

    Raises
    ------
    TrainingRefusedError, EncoderNameError, JobCancelled
    """
    run = TrainingRun.objects.get(pk=run_id)
    folder = run_folder(run_id).with_name(f"{run_id}-pairs")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "out").mkdir(parents=True)
    try:
        count = _pairs_write(run, folder / "pairs.jsonl")
        if not count:
            return {"scored": 0}
        for file in run.files.exclude(path__startswith="scores/"):
            with blob_store().local_copy(file.sha256) as local:
                shutil.copyfile(local, folder / "out" / file.path)
        done = {"step": 0}

        def hear(event: Event) -> None:
            done["step"] = event.get("step", done["step"])

        program_run(
            "score",
            spec_write(run, folder),
            hear=hear,
            beat=lambda: progress(done["step"], count, "Scoring pairs"),
        )
        _scores_store(run, folder / "scored.jsonl")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"scored": count}


def _pairs_write(run: TrainingRun, path: Path) -> int:
    count = 0
    scored = set(PairScore.objects.filter(run=run).values_list("comparison_id", flat=True))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for pair in pairs_unjudged(run.project_id):
            if pair.comparison_id in scored:
                continue
            line = {"id": str(pair.comparison_id), "prompt": pair.messages, "a": pair.a, "b": pair.b}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


def _scores_store(run: TrainingRun, path: Path) -> None:
    """Keep the chance that A is better, by the temperature that the held-out pairs gave."""
    temperature = (run.metrics.get("calibration") or {}).get("temperature") or 1.0
    rows = []
    with path.open(encoding="utf-8") as lines:
        for scored in map(json.loads, lines):
            margin = max(-_STEEPEST, min(_STEEPEST, (scored["a"] - scored["b"]) / temperature))
            rows.append(PairScore(run=run, comparison_id=UUID(scored["id"]), p_a=1 / (1 + exp(-margin))))
    PairScore.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)
