"""Scores of the rows that were not trained on, written beside the weights; what they mean is worked out elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from active_learning.learners.training.loading import model_loaded, tokenizer_of
from active_learning.learners.training.recipes import worth_of_replies
from active_learning.learners.training.scoring import likelihoods_of, replies_of, rewards_of
from active_learning.learners.training.spec import SUPERVISED, Spec
from active_learning.learners.training.supervised import replies_scored
from active_learning.learners.training.telling import tell

MOST_REPLIES = 200
"""So many prompts are answered to measure a policy before and after; each takes a reply of the model."""


def held_out_scored(spec: Spec, model: Any, tokenizer: Any, splits: dict[str, Any], *, bf16: bool) -> None:
    """Write ``scores/<split>.jsonl`` for each split but ``train``.

    One line a row: ``example_id`` and, for pairs, ``chosen`` and ``rejected`` (rewards; of a policy, by how much it
    finds the reply likelier than its base does, times beta); for replies, ``before`` and ``after`` (worth, 0 to 1;
    where replies are learned, nats a token).
    """
    spec.scores.mkdir(exist_ok=True)
    held = {split: rows for split, rows in splits.items() if split != "train" and len(rows)}
    base = None
    if spec.recipe != "reward" and held:
        base = model_loaded(spec, tokenizer_of(tokenizer), bf16=bf16).to(model.device).eval()
    for split, rows in held.items():
        tell("measuring", split=split, rows=len(rows))
        if spec.recipe == "grpo":
            lines = _replies(spec, base, model, tokenizer, rows)
        elif spec.recipe in SUPERVISED:
            lines = replies_scored(spec, base, model, tokenizer, rows)
        else:
            lines = _pairs(spec, base, model, tokenizer, rows)
        scores_write(spec.scores / f"{split}.jsonl", lines)


def _pairs(spec: Spec, base: Any, model: Any, tokenizer: Any, rows: Any) -> list[dict[str, Any]]:
    longest = spec.settings.max_length
    scores: dict[str, list[float]] = {}
    for side in ("chosen", "rejected"):
        if base is None:
            texts = [[*row["prompt"], *row[side]] for row in rows]
            scores[side] = rewards_of(model, tokenizer, texts, longest=longest)
            continue
        pairs = [(row["prompt"], row[side][-1]) for row in rows]
        ours = likelihoods_of(model, tokenizer, pairs, longest=longest)
        theirs = likelihoods_of(base, tokenizer, pairs, longest=longest)
        scores[side] = [spec.settings.beta * (one - other) for one, other in zip(ours, theirs, strict=True)]
    return [
        {"example_id": row["example_id"], "chosen": chosen, "rejected": rejected}
        for row, chosen, rejected in zip(rows, scores["chosen"], scores["rejected"], strict=True)
    ]


def _replies(spec: Spec, base: Any, model: Any, tokenizer: Any, rows: Any) -> list[dict[str, Any]]:
    rows = rows.select(range(min(len(rows), MOST_REPLIES)))
    worth = worth_of_replies(spec.settings.clause_weights)
    prompts = [row["prompt"] for row in rows]
    found: dict[str, list[float | None]] = {}
    said: list[str] = []
    for name, asked in (("before", base), ("after", model)):
        said = replies_of(
            asked, tokenizer, prompts, longest=spec.settings.max_length, most=spec.settings.max_completion
        )
        completions = [[{"role": "assistant", "content": reply}] for reply in said]
        found[name] = worth(completions, ground_truth=rows["ground_truth"], rubric=rows["rubric"])
    return [
        {"example_id": row["example_id"], "before": before, "after": after, "reply": reply}
        for row, before, after, reply in zip(rows, found["before"], found["after"], said, strict=True)
    ]


def scores_write(path: Path, lines: list[dict[str, Any]]) -> None:
    """Write one line of JSON for each row."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
