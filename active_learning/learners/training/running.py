"""One training run from its rows to its weights, told as it goes; a killed one goes on from its checkpoint."""

from __future__ import annotations

import math
import shutil
import time
from pathlib import Path
from typing import Any

import torch
from transformers import set_seed
from transformers.utils import logging as transformers_logging

from active_learning.learners.compute import compute_prepare
from active_learning.learners.training.checkpoints import Tells, begun, newest_checkpoint
from active_learning.learners.training.encoder_running import encoder_run
from active_learning.learners.training.held_out import held_out_scored
from active_learning.learners.training.loading import (
    device_is_bf16,
    model_loaded,
    tokenizer_loaded,
    tokenizer_of,
)
from active_learning.learners.training.recipes import rows_fitting, trainer_made
from active_learning.learners.training.rows import rows_loaded
from active_learning.learners.training.seeing import processor_loaded
from active_learning.learners.training.spec import Spec, TrainingRefused
from active_learning.learners.training.telling import tell

_ARTEFACT = (".safetensors", ".json", ".jinja", ".model", ".txt")


def run(spec: Spec) -> None:
    """Train, save, score what was held out.

    Raises
    ------
    TrainingRefused
    """
    if spec.recipe == "encoder":
        encoder_run(spec)
        return
    compute_prepare()
    transformers_logging.set_verbosity_error()
    set_seed(spec.settings.seed)
    bf16 = device_is_bf16(spec.settings.precision)
    splits = rows_loaded(spec)
    tokenizer = processor_loaded(spec) if spec.recipe == "sft_vlm" else tokenizer_loaded(spec)
    rows = rows_fitting(splits["train"], spec, tokenizer)
    model = model_loaded(spec, tokenizer_of(tokenizer), bf16=bf16)
    trainer = trainer_made(
        spec, model=model, tokenizer=tokenizer, rows=rows, bf16=bf16, callbacks=[Tells(time.monotonic())]
    )
    newest = newest_checkpoint(spec.checkpoints)
    begun(
        trainer,
        newest,
        rows=len(rows),
        too_long=len(splits["train"]) - len(rows),
        precision="bf16" if bf16 else "float32",
    )
    loss = float(trainer.train(resume_from_checkpoint=str(newest) if newest else None).training_loss)
    if not all(bool(torch.isfinite(weight).all()) for weight in trainer.model.parameters()):
        raise TrainingRefused("The weights went to infinity. Choose a lower learning rate, and start again.")
    artefact_save(trainer, tokenizer, spec.out)
    held_out_scored(spec, trainer.model.eval(), tokenizer, splits, bf16=bf16)
    tell("done", loss=loss if math.isfinite(loss) else None)


def artefact_save(trainer: Any, tokenizer: Any, out: Path) -> None:
    """Write weights (safetensors), configuration and tokenizer, and nothing else, into an empty ``out``."""
    shutil.rmtree(out, ignore_errors=True)
    trainer.save_model(str(out))
    tokenizer.save_pretrained(str(out))
    for path in out.iterdir():
        if path.suffix not in _ARTEFACT:
            path.unlink()
