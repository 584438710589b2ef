"""TRL's trainers for the recipes, given the same way."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

import torch
from transformers import TrainerCallback

from active_learning.domain.verifiable import reply_worth
from active_learning.learners.training.loading import adapters_wanted
from active_learning.learners.training.scoring import tokens_of
from active_learning.learners.training.seeing import tokens_seen
from active_learning.learners.training.spec import SUPERVISED, Spec, TrainingRefused
from active_learning.learners.training.supervised import rows_shaped

COLUMNS = {
    "reward": ("prompt", "chosen", "rejected", "margin"),
    "dpo": ("prompt", "chosen", "rejected"),
    "grpo": ("prompt", "ground_truth", "rubric"),
    "sft": ("messages",),
    "sft_pc": ("prompt", "completion"),
    "guard": ("messages",),
    "sft_vlm": ("images", "messages"),
}
"""What each recipe is trained on; other columns of the rows stay behind."""


def rows_fitting(rows: Any, spec: Spec, tokenizer: Any) -> Any:
    """Return the rows the recipe can use: none longer than asked.

    Raises
    ------
    TrainingRefused
        None is left.
    """
    kept = [name for name in COLUMNS[spec.recipe] if name in rows.column_names]
    rows = rows_shaped(rows.select_columns(kept), spec)
    fitting = rows.filter(lambda row: _longest(row, tokenizer) <= spec.settings.max_length)
    if not len(fitting):
        raise TrainingRefused(
            f"None of the {len(rows)} rows for training fits into {spec.settings.max_length} tokens. Raise the length."
        )
    return fitting


def _longest(row: Mapping[str, Any], tokenizer: Any) -> int:
    if "images" in row:
        return tokens_seen(tokenizer, row)
    if "messages" in row:
        return len(tokens_of(tokenizer, row["messages"]))
    replies = [row[name] for name in ("chosen", "rejected", "completion") if name in row] or [[]]
    return max(len(tokens_of(tokenizer, [*row["prompt"], *reply], prompt=not reply)) for reply in replies)


def steps_of(rows: int, spec: Spec) -> int:
    """Return how many optimiser steps the run takes."""
    batch = spec.settings.batch_size * spec.settings.accumulation
    seen = rows * (spec.settings.generations if spec.recipe == "grpo" else 1)
    return max(1, math.ceil(math.ceil(seen / batch) * spec.settings.epochs))


def trainer_made(
    spec: Spec, *, model: Any, tokenizer: Any, rows: Any, bf16: bool, callbacks: Sequence[TrainerCallback]
) -> Any:
    """Return the recipe's trainer, ready to train."""
    import trl

    asked = spec.settings
    options = options_of(spec, steps_of(len(rows), spec), bf16=bf16)
    given: dict[str, Any] = {
        "model": model,
        "processing_class": tokenizer,
        "train_dataset": rows,
        "callbacks": list(callbacks),
        "peft_config": adapters_wanted(spec),
    }
    if spec.recipe in SUPERVISED:
        return trl.SFTTrainer(args=trl.SFTConfig(max_length=None, **options), **given)
    if spec.recipe == "reward":
        return trl.RewardTrainer(args=trl.RewardConfig(max_length=None, **options), **given)
    if spec.recipe == "dpo":
        # With adapters, the reference is the model without them; without, a copy made here is never looked for by name.
        reference = {} if asked.lora_rank else {"ref_model": deepcopy(model)}
        pairs = trl.DPOConfig(max_length=None, beta=asked.beta, **options)
        return trl.DPOTrainer(args=pairs, **given, **reference)
    batch = math.ceil(asked.batch_size / asked.generations) * asked.generations
    config = trl.GRPOConfig(
        **(options | {"per_device_train_batch_size": batch}),
        num_generations=asked.generations,
        max_completion_length=asked.max_completion,
        beta=0.0,
    )
    return trl.GRPOTrainer(args=config, reward_funcs=worth_of_replies(asked.clause_weights), **given)


def options_of(spec: Spec, steps: int, *, bf16: bool) -> dict[str, Any]:
    """Return what every trainer is given: how long, how fast, and how often the run is saved."""
    asked = spec.settings
    return {
        "output_dir": str(spec.checkpoints),
        "max_steps": steps,
        "per_device_train_batch_size": asked.batch_size,
        "gradient_accumulation_steps": asked.accumulation,
        "learning_rate": asked.learning_rate,
        "lr_scheduler_type": "cosine",
        "warmup_steps": math.ceil(steps * 0.05),
        "logging_steps": max(1, steps // 200),
        "save_strategy": "steps",
        "save_steps": max(1, math.ceil(steps / asked.checkpoints)),
        "save_total_limit": 2,
        "seed": asked.seed,
        "data_seed": asked.seed,
        "bf16": bf16,
        "use_cpu": not torch.cuda.is_available(),
        "gradient_checkpointing": torch.cuda.is_available(),
        "dataloader_pin_memory": torch.cuda.is_available(),
        "disable_tqdm": True,
        "report_to": "none",
    }


def worth_of_replies(weights: Mapping[str, float]) -> Callable[..., list[float | None]]:
    """Return the reward function of GRPO over the columns of the rows."""

    def worth(
        completions: Sequence[Sequence[Mapping[str, str]]],
        ground_truth: Sequence[str],
        rubric: Sequence[Sequence[Mapping[str, Any]]],
        **_: Any,
    ) -> list[float | None]:
        return [
            reply_worth(reply[-1]["content"], ground_truth=truth, rubric=items, weights=weights)
            for reply, truth, items in zip(completions, ground_truth, rubric, strict=True)
        ]

    return worth
