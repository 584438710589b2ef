"""Decoding image bytes into frames, with limits."""

from __future__ import annotations

import io
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from active_learning.learners.encoders.protocol import Frame, ImageItem, ItemUnreadableError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 64_000_000


def picture_opened(item: ImageItem) -> Image.Image:
    """Return the item as an upright RGB picture; of an animation, its first frame.

    Raises
    ------
    ItemUnreadableError
        Not one of `FORMATS`, cut off, or more than `MOST_PIXELS` pixels.
    """
    if isinstance(item, np.ndarray):
        if item.ndim != 3 or item.shape[2] != 3 or item.dtype != np.uint8:
            raise ItemUnreadableError("A frame must be height × width × 3 bytes.")
        return Image.fromarray(item)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(item), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise ItemUnreadableError(f"The image has more than {MOST_PIXELS} pixels.")
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise ItemUnreadableError("The file is not an image Concord can read.") from problem
    except (OSError, ValueError, SyntaxError) as problem:
        raise ItemUnreadableError("The image file is damaged or cut off.") from problem


def frame_resized(item: ImageItem, *, side: int) -> Frame:
    """Return the whole picture squeezed to side × side.

    Nothing is cropped away: what breaks a policy may stand in a corner.
    """
    return np.asarray(picture_opened(item).resize((side, side), Image.Resampling.BICUBIC), dtype=np.uint8)
