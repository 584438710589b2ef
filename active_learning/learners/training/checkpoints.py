"""How far a run is: its checkpoints, and what it tells of every step."""

from __future__ import annotations

import math
import shutil
import time
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback

from active_learning.learners.training.telling import tell

WHOLE = "WHOLE"
"""Stands in a checkpoint's folder once everything of it is written."""


def newest_checkpoint(folder: Path) -> Path | None:
    """Return the furthest checkpoint that is whole; those that are not are removed."""
    whole = []
    for path in folder.glob("checkpoint-*"):
        if (path / WHOLE).exists():
            whole.append(path)
        else:
            shutil.rmtree(path, ignore_errors=True)
    return max(whole, key=_number, default=None)


def begun(trainer: Any, newest: Path | None, **facts: Any) -> None:
    """Tell that a run begins, or goes on from a checkpoint, and on what."""
    weights = list(trainer.model.parameters())
    tell(
        "begins",
        steps=trainer.args.max_steps,
        resumed=0 if newest is None else _number(newest),
        device=torch.cuda.get_device_name(0) if torch.cuda.is_available() else "CPU",
        parameters=sum(weight.numel() for weight in weights),
        trained=sum(weight.numel() for weight in weights if weight.requires_grad),
        **facts,
    )


def _number(checkpoint: Path) -> int:
    return int(checkpoint.name.rpartition("-")[2])


class Tells(TrainerCallback):
    """Tells of every step, and of every checkpoint once it is whole."""

    def __init__(self, began: float) -> None:
        self._began = began
        self._first = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._began, self._first = time.monotonic(), state.global_step

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        done = state.global_step - self._first
        left = (time.monotonic() - self._began) / max(done, 1) * (state.max_steps - state.global_step)
        tell("step", step=state.global_step, steps=state.max_steps, left_s=round(left, 1))

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        if not logs or "loss" not in logs:
            return
        facts = {"reward": logs["reward"]} if "reward" in logs else {}
        loss = float(logs["loss"])
        tell("loss", step=state.global_step, loss=loss if math.isfinite(loss) else None, **facts)

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
        (folder / WHOLE).touch()
        tell("saved", step=state.global_step, folder=folder.name)
