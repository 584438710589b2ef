"""Any transformers image encoder: vision models, and the image side of CLIP-like models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoImageProcessor

from active_learning.learners.arrays import Vectors, rows_normalized
from active_learning.learners.encoders.ahead import made_ahead, sent
from active_learning.learners.encoders.compiled import layers_compile
from active_learning.learners.encoders.pictures import picture_opened
from active_learning.learners.encoders.protocol import EncoderLoadError, ImageItem
from active_learning.learners.encoders.transformer_loading import (
    loading_options,
    model_loaded,
    pooled_output,
)

MOST_IMAGES = 16


class TransformerImageEncoder:
    """Image vectors of length one.

    Dual models (CLIP, SigLIP) give their projected image features; other models their pooled output or, without
    one, the mean of their last hidden states.
    """

    def __init__(self, model: Any, processor: Any, *, name: str, revision: str, device: torch.device) -> None:
        self.name = name
        self.revision = revision
        self._model = model
        self._processor = processor
        self._device = device
        self._is_dual = hasattr(model, "get_image_features")
        self.dim = int(self._vectors(self._prepared([np.zeros((32, 32, 3), dtype=np.uint8)])).shape[1])

    @classmethod
    def from_folder(cls, folder: Path, *, name: str, device: torch.device) -> TransformerImageEncoder:
        """Load from a folder on this machine."""
        return cls._load(folder, name=name, revision=None, device=device)

    @classmethod
    def from_hub(cls, hub_id: str, *, revision: str | None, device: torch.device) -> TransformerImageEncoder:
        """Load a model that lies in this machine's hub cache."""
        return cls._load(hub_id, name=hub_id, revision=revision, device=device)

    @classmethod
    def _load(
        cls, source: str | Path, *, name: str, revision: str | None, device: torch.device
    ) -> TransformerImageEncoder:
        model, found = model_loaded(source, revision=revision, device=device)
        layers_compile(model, device)
        try:
            processor = AutoImageProcessor.from_pretrained(
                str(source), backend="pil", **loading_options(revision)
            )
        except (OSError, ValueError, KeyError, ImportError) as problem:
            raise EncoderLoadError(
                f"The encoder {source} has no image processor that transformers knows."
            ) from problem
        return cls(model, processor, name=name, revision=found, device=device)

    def encode(self, images: Sequence[ImageItem]) -> Vectors:
        """Return vectors of shape (len(images), dim), each of length one."""
        vectors = np.zeros((len(images), self.dim), dtype=np.float32)
        starts = range(0, len(images), MOST_IMAGES)
        for start, prepared in made_ahead(
            starts, lambda start: self._prepared(images[start : start + MOST_IMAGES])
        ):
            found = self._vectors(prepared)
            vectors[start : start + len(found)] = found
        return rows_normalized(vectors)

    def _prepared(self, images: Sequence[ImageItem]) -> dict[str, torch.Tensor]:
        return dict(self._processor([picture_opened(image) for image in images], return_tensors="pt"))

    def _vectors(self, given: dict[str, torch.Tensor]) -> Vectors:
        """Return the vectors of one batch, not yet scaled."""
        prepared = {name: sent(tensor, self._device) for name, tensor in given.items()}
        with (
            torch.inference_mode(),
            torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=self._device.type == "cuda"),
        ):
            if self._is_dual:
                found = self._model.get_image_features(**prepared)
                pooled = pooled_output(found)
            else:
                found = self._model(**prepared)
                pooled = pooled_output(found)
            if pooled is None:
                pooled = (
                    found.last_hidden_state.flatten(2).mean(dim=-1)
                    if (found.last_hidden_state.ndim == 4)
                    else found.last_hidden_state.mean(dim=1)
                )
        return np.asarray(pooled.float().flatten(1).cpu().numpy(), dtype=np.float32)
