"""What the program is asked to do, read from the file it is started with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

SUPERVISED = frozenset({"sft", "sft_pc", "guard", "sft_vlm"})
"""Recipes that learn replies as they stand; all but ``sft`` learn the reply alone and not what comes before it."""


class TrainingRefused(Exception):
    """The run cannot be done as it was asked; the message is a sentence a person can act on."""


@dataclass(frozen=True)
class Settings:
    """How to train; the same names as on the page.

    Attributes
    ----------
    max_length
        Tokens of prompt and reply together; longer rows are left out of training, and counted. Of what an encoder
        reads, the texts are cut there.
    lora_rank
        Rank of the adapters, 0 to train every weight.
    precision
        ``auto`` (bf16 where the device does it), ``float32`` or ``bf16``.
    beta
        How far a policy may move from its base: of DPO's loss, and of the KL term of GRPO.
    generations, max_completion
        GRPO: replies sampled for each prompt, and the most tokens of each.
    clause_weights
        GRPO: what the weight of a clause in the rubric is multiplied with, by key.
    checkpoints
        How often on its way the run is saved so that it can be taken up again.
    """

    epochs: float = 1.0
    learning_rate: float = 1e-4
    batch_size: int = 8
    accumulation: int = 1
    max_length: int = 1024
    lora_rank: int = 16
    seed: int = 0
    precision: str = "auto"
    beta: float = 0.1
    generations: int = 8
    max_completion: int = 128
    clause_weights: dict[str, float] = field(default_factory=dict)
    checkpoints: int = 10


@dataclass(frozen=True)
class Spec:
    """One run: ``folder`` holds ``data/<split>/*.parquet`` and gets ``checkpoints``, ``out`` and ``scores``."""

    recipe: str
    base: str
    revision: str | None
    folder: Path
    settings: Settings

    @property
    def checkpoints(self) -> Path:
        """Where the run can be taken up again."""
        return self.folder / "checkpoints"

    @property
    def out(self) -> Path:
        """Where the trained weights go."""
        return self.folder / "out"

    @property
    def scores(self) -> Path:
        """Where the scores of held-out rows go."""
        return self.folder / "scores"


def spec_read(path: Path) -> Spec:
    """Return what the file asks for; settings it does not know are refused."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    known = {one.name for one in fields(Settings)}
    given = document.get("settings", {})
    if unknown := sorted(set(given) - known):
        raise TrainingRefused(
            f"The run has settings this worker does not know: {', '.join(unknown)}. Update it."
        )
    return Spec(
        recipe=document["recipe"],
        base=document["base"],
        revision=document.get("revision"),
        folder=Path(document["folder"]),
        settings=Settings(**given),
    )
