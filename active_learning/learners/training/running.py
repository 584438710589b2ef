"""One training run from its rows to its weights, told as it goes; a killed one goes on from its checkpoint."""

from __future__ import annotations

import math
import shutil
import time
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback, set_seed
from transformers.utils import logging as transformers_logging

from active_learning.learners.compute import compute_prepare
from active_learning.learners.training.held_out import held_out_scored
from active_learning.learners.training.loading import device_is_bf16, model_loaded, tokenizer_loaded
from active_learning.learners.training.recipes import rows_fitting, trainer_made
from active_learning.learners.training.spec import Spec, TrainingRefused
from active_learning.learners.training.telling import tell

WHOLE = "WHOLE"
"""Stands in a checkpoint's folder once everything of it is written."""

_ARTEFACT = (".safetensors", ".json", ".jinja", ".model", ".txt")


def run(spec: Spec) -> None:
    """Train, save, score what was held out.

    Raises
    ------
    TrainingRefused
    """
    compute_prepare()
    transformers_logging.set_verbosity_error()
    set_seed(spec.settings.seed)
    bf16 = device_is_bf16(spec.settings.precision)
    splits = rows_loaded(spec)
    tokenizer = tokenizer_loaded(spec)
    rows = rows_fitting(splits["train"], spec, tokenizer)
    model = model_loaded(spec, tokenizer, bf16=bf16)
    trainer = trainer_made(
        spec, model=model, tokenizer=tokenizer, rows=rows, bf16=bf16, callbacks=[_Tells(time.monotonic())]
    )
    newest = newest_checkpoint(spec.checkpoints)
    tell(
        "begins",
        steps=trainer.args.max_steps,
        rows=len(rows),
        too_long=len(splits["train"]) - len(rows),
        resumed=0 if newest is None else _number(newest),
        device=torch.cuda.get_device_name(0) if torch.cuda.is_available() else "CPU",
        precision="bf16" if bf16 else "float32",
        parameters=sum(weight.numel() for weight in trainer.model.parameters()),
        trained=sum(weight.numel() for weight in trainer.model.parameters() if weight.requires_grad),
    )
    loss = float(trainer.train(resume_from_checkpoint=str(newest) if newest else None).training_loss)
    if not all(bool(torch.isfinite(weight).all()) for weight in trainer.model.parameters()):
        raise TrainingRefused("The weights went to infinity. Choose a lower learning rate, and start again.")
    artefact_save(trainer, tokenizer, spec.out)
    held_out_scored(spec, trainer.model.eval(), tokenizer, splits, bf16=bf16)
    tell("done", loss=loss if math.isfinite(loss) else None)


def rows_loaded(spec: Spec) -> dict[str, Any]:
    """Return the rows of each split that has any, memory-mapped.

    Raises
    ------
    TrainingRefused
        There is none to train on.
    """
    import datasets

    datasets.disable_progress_bars()
    files = {
        folder.name: sorted(str(file) for file in folder.glob("*.parquet"))
        for folder in sorted((spec.folder / "data").iterdir())
    }
    if not files.get("train"):
        raise TrainingRefused("The version has no rows for training. Give its definition a share for train.")
    loaded = datasets.load_dataset("parquet", data_files=files, cache_dir=str(spec.folder / "cache"))
    return {str(split): rows for split, rows in loaded.items()}


def newest_checkpoint(folder: Path) -> Path | None:
    """Return the furthest checkpoint that is whole; those that are not are removed."""
    whole = []
    for path in folder.glob("checkpoint-*"):
        if (path / WHOLE).exists():
            whole.append(path)
        else:
            shutil.rmtree(path, ignore_errors=True)
    return max(whole, key=_number, default=None)


def artefact_save(trainer: Any, tokenizer: Any, out: Path) -> None:
    """Write weights (safetensors), configuration and tokenizer, and nothing else, into an empty ``out``."""
    shutil.rmtree(out, ignore_errors=True)
    trainer.save_model(str(out))
    tokenizer.save_pretrained(str(out))
    for path in out.iterdir():
        if path.suffix not in _ARTEFACT:
            path.unlink()


def _number(checkpoint: Path) -> int:
    return int(checkpoint.name.rpartition("-")[2])


class _Tells(TrainerCallback):
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
