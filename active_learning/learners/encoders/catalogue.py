"""From the name of an encoder to the encoder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import torch

from active_learning.domain.encoder_names import EncoderName, EncoderSource, PostEncoderName
from active_learning.learners.encoders.bundled import BundledImageEncoder, bundled_text_encoder
from active_learning.learners.encoders.protocol import (
    AudioEncoder,
    EncoderLoadError,
    ImageEncoder,
    TextEncoder,
)
from active_learning.learners.encoders.transformer_audio import TransformerAudioEncoder
from active_learning.learners.encoders.transformer_image import TransformerImageEncoder
from active_learning.learners.encoders.transformer_text import TransformerTextEncoder
from active_learning.run_encoders_registry import run_encoder_folder


@dataclass(frozen=True)
class PostEncoder:
    """The encoders a post's parts go through.

    Attributes
    ----------
    audio
        None where sound is not heard.
    written
        The name by which other workers load the same; empty where they cannot.
    """

    text: TextEncoder
    image: ImageEncoder
    audio: AudioEncoder | None = None
    written: str = ""

    @property
    def dim(self) -> int:
        """Length of a post's fused vector."""
        return self.text.dim + self.image.dim + (self.audio.dim if self.audio is not None else 0)


def post_encoder_loaded(name: PostEncoderName, *, folder: Path | None, device: torch.device) -> PostEncoder:
    """Load the encoders a round or scan names.

    Parameters
    ----------
    folder
        Where this installation keeps its local encoders; ``local:`` names are folders directly inside it. ``run:``
        names are looked up among what training runs made.

    Raises
    ------
    EncoderLoadError
        The weights are not on this worker or cannot be used.
    """
    return PostEncoder(
        text=text_encoder_loaded(name.text, folder=folder, device=device),
        image=image_encoder_loaded(name.image, folder=folder, device=device),
        audio=None if name.audio is None else audio_encoder_loaded(name.audio, folder=folder, device=device),
        written=str(name),
    )


def text_encoder_loaded(name: EncoderName, *, folder: Path | None, device: torch.device) -> TextEncoder:
    """Load the text side."""
    if name.source is EncoderSource.BUNDLED:
        return bundled_text_encoder(device)
    if name.source is EncoderSource.HUB:
        return TransformerTextEncoder.from_hub(name.path, revision=name.revision, device=device)
    return TransformerTextEncoder.from_folder(_local(name, folder), name=str(name), device=device)


def image_encoder_loaded(name: EncoderName, *, folder: Path | None, device: torch.device) -> ImageEncoder:
    """Load the image side."""
    if name.source is EncoderSource.BUNDLED:
        return BundledImageEncoder(device)
    if name.source is EncoderSource.HUB:
        return TransformerImageEncoder.from_hub(name.path, revision=name.revision, device=device)
    return TransformerImageEncoder.from_folder(_local(name, folder), name=str(name), device=device)


def audio_encoder_loaded(name: EncoderName, *, folder: Path | None, device: torch.device) -> AudioEncoder:
    """Load the side that hears."""
    if name.source is EncoderSource.HUB:
        return TransformerAudioEncoder.from_hub(name.path, revision=name.revision, device=device)
    return TransformerAudioEncoder.from_folder(_local(name, folder), name=str(name), device=device)


def _local(name: EncoderName, folder: Path | None) -> Path:
    if name.source is EncoderSource.RUN:
        made = run_encoder_folder(UUID(name.path))
        if made is None:
            raise EncoderLoadError(
                "The training run that the encoder is named by made none, or is not there."
            )
        return made
    if folder is None:
        raise EncoderLoadError(
            "This worker has no folder of encoders. Set CONCORD_ENCODERS to the folder that holds them."
        )
    found = folder / name.path
    if not found.is_dir():
        raise EncoderLoadError(f"There is no encoder {name.path} in the folder of encoders on this worker.")
    return found
