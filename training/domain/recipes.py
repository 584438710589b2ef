"""What can be trained: recipes, the rows each takes, and its usual settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Recipe(StrEnum):
    """A way to train on a version."""

    REWARD = "reward"
    DPO = "dpo"
    GRPO = "grpo"
    SFT = "sft"
    SFT_PC = "sft_pc"
    GUARD = "guard"
    SFT_VLM = "sft_vlm"
    ENCODER = "encoder"


SUPERVISED = frozenset({Recipe.SFT, Recipe.SFT_PC, Recipe.GUARD, Recipe.SFT_VLM})
"""Recipes that learn replies as they stand."""


@dataclass(frozen=True)
class RecipeFacts:
    """What a recipe is for.

    Attributes
    ----------
    kind
        The kind of rows it trains on.
    usual
        Settings where nothing else is asked; see `active_learning.learners.training.spec.Settings`.
    """

    title: str
    summary: str
    kind: str
    usual: Mapping[str, Any]


_EVERY: dict[str, Any] = {
    "epochs": 1.0,
    "batch_size": 8,
    "accumulation": 4,
    "max_length": 1024,
    "lora_rank": 16,
    "seed": 0,
    "precision": "auto",
}

RECIPES: dict[Recipe, RecipeFacts] = {
    Recipe.REWARD: RecipeFacts(
        "Reward model",
        "Learns to score replies as people judged them; measured on held-out pairs, and can help to choose pairs.",
        "rm",
        {**_EVERY, "learning_rate": 1e-4},
    ),
    Recipe.DPO: RecipeFacts(
        "DPO",
        "Moves a model towards the replies that people preferred, straight from the pairs.",
        "dpo",
        {**_EVERY, "learning_rate": 5e-6, "beta": 0.1},
    ),
    Recipe.GRPO: RecipeFacts(
        "GRPO",
        "Trains a model to judge posts by the policy: its replies are checked against the decisions, clause by clause.",
        "grpo",
        {**_EVERY, "learning_rate": 1e-6, "generations": 8, "max_completion": 128, "clause_weights": {}},
    ),
    Recipe.SFT: RecipeFacts(
        "Fine-tuning",
        "Learns whole conversations that end in a good reply.",
        "sft",
        {**_EVERY, "learning_rate": 1e-4},
    ),
    Recipe.SFT_PC: RecipeFacts(
        "Fine-tuning on replies",
        "Learns good replies, and not the prompts before them.",
        "sft_pc",
        {**_EVERY, "learning_rate": 1e-4},
    ),
    Recipe.GUARD: RecipeFacts(
        "Safeguard",
        "Teaches a model to say of a text whether it breaks the rules it is given; measured by its verdicts.",
        "guard",
        {**_EVERY, "learning_rate": 1e-4, "max_length": 4096, "batch_size": 2, "accumulation": 16},
    ),
    Recipe.SFT_VLM: RecipeFacts(
        "Fine-tuning about pictures",
        "Teaches a model that sees good replies to prompts with pictures.",
        "sft_vlm",
        {**_EVERY, "learning_rate": 1e-4, "max_length": 4096, "batch_size": 2, "accumulation": 16},
    ),
    Recipe.ENCODER: RecipeFacts(
        "Encoder of texts",
        "Teaches an encoder what tells the decided answers apart, so that rounds and scans can read posts with it.",
        "labels",
        {
            **_EVERY,
            "learning_rate": 2e-4,
            "epochs": 3.0,
            "batch_size": 32,
            "accumulation": 1,
            "max_length": 256,
        },
    ),
}


def settings_of(recipe: Recipe, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the recipe's usual settings with those asked for in their place; others than its own are left out."""
    usual = RECIPES[recipe].usual
    return {name: asked.get(name, value) for name, value in usual.items()}
