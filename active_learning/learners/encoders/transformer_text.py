"""Any transformers text encoder: sentence encoders, and the text side of CLIP-like models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoTokenizer

from active_learning.learners.arrays import Vectors, rows_normalized
from active_learning.learners.encoders.batches import batches_by_size
from active_learning.learners.encoders.compiled import layers_compile
from active_learning.learners.encoders.protocol import EncoderLoadError
from active_learning.learners.encoders.transformer_loading import (
    loading_options,
    model_loaded,
    pooled_output,
)

MOST_TOKENS = 256
MOST_ITEMS = 64
MOST_TOKENS_IN_BATCH = 4096
LENGTH_STEP = 16


class TransformerTextEncoder:
    """Text vectors of length one.

    Dual models (CLIP, SigLIP, CLAP) give their projected text features; other models the mean of their last
    hidden states over the tokens of the text, as sentence encoders are trained for.
    Texts beyond the model's length, or `MOST_TOKENS`, are cut there.
    """

    def __init__(self, model: Any, tokenizer: Any, *, name: str, revision: str, device: torch.device) -> None:
        self.name = name
        self.revision = revision
        self._model = model
        self._tokenizer = tokenizer
        self._device = device
        config = getattr(model.config, "text_config", model.config)
        positions = int(getattr(config, "max_position_embeddings", MOST_TOKENS))
        self._most_tokens = max(1, min(MOST_TOKENS, positions, int(tokenizer.model_max_length)))
        self._is_dual = hasattr(model, "get_text_features")
        self._pads_to_full_length = "siglip" in str(getattr(model.config, "model_type", ""))
        self.dim = int(self._vectors(["a"]).shape[1])

    @classmethod
    def from_folder(cls, folder: Path, *, name: str, device: torch.device) -> TransformerTextEncoder:
        """Load from a folder on this machine."""
        return cls._load(folder, name=name, revision=None, device=device)

    @classmethod
    def from_hub(cls, hub_id: str, *, revision: str | None, device: torch.device) -> TransformerTextEncoder:
        """Load a model that lies in this machine's hub cache."""
        return cls._load(hub_id, name=hub_id, revision=revision, device=device)

    @classmethod
    def _load(
        cls, source: str | Path, *, name: str, revision: str | None, device: torch.device
    ) -> TransformerTextEncoder:
        model, found = model_loaded(source, revision=revision, device=device)
        layers_compile(model, device)
        try:
            tokenizer = AutoTokenizer.from_pretrained(str(source), **loading_options(revision))
        except (OSError, ValueError, KeyError) as problem:
            raise EncoderLoadError(
                f"The encoder {source} has no tokenizer that transformers knows."
            ) from problem
        return cls(model, tokenizer, name=name, revision=found, device=device)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dim), each of length one; zero for a text without a token."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        if not texts:
            return vectors
        counted = self._tokenizer(list(texts), truncation=True, max_length=self._most_tokens)["input_ids"]
        told = [position for position, tokens in enumerate(counted) if len(tokens)]
        sizes = [-(-len(counted[position]) // LENGTH_STEP) * LENGTH_STEP for position in told]
        for places in batches_by_size(sizes, most_items=MOST_ITEMS, most_total=MOST_TOKENS_IN_BATCH):
            batch = [told[place] for place in places]
            vectors[batch] = self._vectors([texts[position] for position in batch])
        return rows_normalized(vectors)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of one batch, not yet scaled."""
        tokens = self._tokenizer(
            list(texts),
            truncation=True,
            max_length=self._most_tokens,
            padding="max_length" if self._pads_to_full_length else True,
            return_tensors="pt",
        ).to(self._device)
        with (
            torch.inference_mode(),
            torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=self._device.type == "cuda"),
        ):
            found = self._pooled(tokens)
        return np.asarray(found.float().cpu().numpy(), dtype=np.float32)

    def _pooled(self, tokens: Any) -> torch.Tensor:
        if self._is_dual:
            allowed = {key: tokens[key] for key in ("input_ids", "attention_mask") if key in tokens}
            pooled = pooled_output(self._model.get_text_features(**allowed))
            if pooled is None:
                raise EncoderLoadError(f"The encoder {self.name} gives no text features.")
            return pooled
        hidden: torch.Tensor = self._model(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        return (hidden * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1.0)
