"""Loading transformers weights: safetensors only, no remote code, nothing fetched from the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import AutoModel
from transformers.utils import logging as transformers_logging

from active_learning.learners.encoders.digests import folder_revision
from active_learning.learners.encoders.protocol import EncoderLoadError

Loaded = tuple[Any, str]


def loading_options(revision: str | None) -> dict[str, Any]:
    """Return what every ``from_pretrained`` call of ours is given."""
    options: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    if revision is not None:
        options["revision"] = revision
    return options


def model_loaded(source: str | Path, *, revision: str | None, device: torch.device) -> Loaded:
    """Load a model and return it with the name of its revision.

    Parameters
    ----------
    source
        A folder, or the hub id of a model that already lies in this machine's hub cache.
    revision
        The hub revision wanted; a folder has none.

    Raises
    ------
    EncoderLoadError
        There is no such model here, it needs code of its own, or its weights are not safetensors.
    """
    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    try:
        model = AutoModel.from_pretrained(
            str(source), use_safetensors=True, dtype=torch.float32, **loading_options(revision)
        )
    except (OSError, ValueError, RuntimeError, KeyError) as problem:
        raise EncoderLoadError(
            f"The encoder {source} cannot be loaded. Its folder or hub cache on this worker must hold a model "
            "that transformers knows, with safetensors weights and no code of its own. "
            "Fetch it there first with: hf download."
        ) from problem
    found = folder_revision(Path(source)) if Path(source).is_dir() else model.config._commit_hash
    if not found:
        raise EncoderLoadError(f"The encoder {source} does not say which revision it is.")
    return model.to(device).eval(), str(found)[:12]


def pooled_output(found: Any) -> torch.Tensor | None:
    """Return the pooled vectors of a model output, or None where the model has none."""
    if isinstance(found, torch.Tensor):
        return found
    pooled = getattr(found, "pooler_output", None)
    return pooled if isinstance(pooled, torch.Tensor) else None
