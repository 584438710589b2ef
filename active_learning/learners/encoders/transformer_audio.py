"""Any transformers encoder of sound: Whisper's encoder, wav2vec-like models, and the sound side of CLAP."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoFeatureExtractor

from active_learning.learners.arrays import Vectors, rows_normalized
from active_learning.learners.encoders.compiled import layers_compile
from active_learning.learners.encoders.protocol import EncoderLoadError, Sound
from active_learning.learners.encoders.transformer_loading import (
    loading_options,
    model_loaded,
    pooled_output,
)

MOST_SOUNDS = 8
LONGEST_S = 30.0
USUAL_S = 10.0
SHORTEST_S = 1.0


class TransformerAudioEncoder:
    """Vectors of sounds, of length one.

    Dual models (CLAP) give their projected features, models that write down what is said the mean of their encoder's
    states, other models their pooled output or, without one, the mean of their last hidden states.
    """

    def __init__(self, model: Any, extractor: Any, *, name: str, revision: str, device: torch.device) -> None:
        self.name = name
        self.revision = revision
        self._model = model
        self._extractor = extractor
        self._device = device
        self.rate_hz = int(extractor.sampling_rate)
        told = getattr(extractor, "chunk_length", None) or getattr(extractor, "max_length_s", None)
        self.window_s = min(float(told or USUAL_S), LONGEST_S)
        self.dim = int(self._vectors([np.zeros(self.rate_hz, dtype=np.float32)]).shape[1])

    @classmethod
    def from_folder(cls, folder: Path, *, name: str, device: torch.device) -> TransformerAudioEncoder:
        """Load from a folder on this machine."""
        return cls._load(folder, name=name, revision=None, device=device)

    @classmethod
    def from_hub(cls, hub_id: str, *, revision: str | None, device: torch.device) -> TransformerAudioEncoder:
        """Load a model that lies in this machine's hub cache."""
        return cls._load(hub_id, name=hub_id, revision=revision, device=device)

    @classmethod
    def _load(
        cls, source: str | Path, *, name: str, revision: str | None, device: torch.device
    ) -> TransformerAudioEncoder:
        model, found = model_loaded(source, revision=revision, device=device)
        layers_compile(model, device)
        problem_said = f"The encoder {source} has no preparation of sound that transformers knows."
        try:
            extractor = AutoFeatureExtractor.from_pretrained(str(source), **loading_options(revision))
        except (OSError, ValueError, KeyError, ImportError) as problem:
            raise EncoderLoadError(problem_said) from problem
        if not getattr(extractor, "sampling_rate", None):
            raise EncoderLoadError(problem_said)
        return cls(model, extractor, name=name, revision=found, device=device)

    def encode(self, sounds: Sequence[Sound]) -> Vectors:
        """Return vectors of shape (len(sounds), dim), each of length one."""
        vectors = np.zeros((len(sounds), self.dim), dtype=np.float32)
        of_length: dict[int, list[int]] = defaultdict(list)
        heard = [self._heard(sound) for sound in sounds]
        for place, sound in enumerate(heard):
            of_length[len(sound)].append(place)
        # Only sounds of one length share a batch: silence that fills up would be heard too.
        for places in of_length.values():
            for start in range(0, len(places), MOST_SOUNDS):
                batch = places[start : start + MOST_SOUNDS]
                vectors[batch] = self._vectors([heard[place] for place in batch])
        return rows_normalized(vectors)

    def _heard(self, sound: Sound) -> Sound:
        """Cut what is longer than the model listens, and fill up what is too short for it with silence."""
        cut = np.asarray(sound[: int(self.window_s * self.rate_hz)], dtype=np.float32)
        return np.pad(cut, (0, max(0, int(SHORTEST_S * self.rate_hz) - len(cut))))

    def _vectors(self, sounds: Sequence[Sound]) -> Vectors:
        """Return the vectors of one batch, not yet scaled."""
        prepared = self._extractor(list(sounds), sampling_rate=self.rate_hz, return_tensors="pt").to(
            self._device
        )
        with (
            torch.inference_mode(),
            torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=self._device.type == "cuda"),
        ):
            pooled = self._pooled(prepared)
        return np.asarray(pooled.float().flatten(1).cpu().numpy(), dtype=np.float32)

    def _pooled(self, prepared: Any) -> torch.Tensor:
        if hasattr(self._model, "get_audio_features"):
            found = self._model.get_audio_features(**prepared)
        elif getattr(self._model.config, "is_encoder_decoder", False):
            found = self._model.get_encoder()(**prepared)
        else:
            found = self._model(**prepared)
        pooled = pooled_output(found)
        if pooled is not None:
            return pooled
        states: torch.Tensor = found.last_hidden_state
        return states.mean(dim=1)
