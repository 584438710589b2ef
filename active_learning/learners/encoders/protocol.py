"""What every encoder promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Vectors

Frame = NDArray[np.uint8]
"""One decoded picture: height × width × 3, red green blue."""

ImageItem: TypeAlias = "bytes | Frame"
"""An encoded image file, or an already decoded frame."""


Sound = NDArray[np.float32]
"""Samples of one channel, from −1 to 1, at the rate that an encoder asks for."""


class EncoderLoadError(Exception):
    """The weights or their description cannot be used; the message says what to do about it."""


class ItemUnreadableError(Exception):
    """One item cannot be decoded; the message says why. The rest of its batch is unaffected."""


class TextEncoder(Protocol):
    """Turns texts into vectors.

    Attributes
    ----------
    name
        Which encoder, readable.
    revision
        Which weights and preprocessing; vectors of different revisions are never mixed.
    dim
        Length of one vector.
    """

    name: str
    revision: str
    dim: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dim), each of length one, in the order given."""
        ...


class ImageEncoder(Protocol):
    """Turns images or frames into vectors; attributes as in `TextEncoder`."""

    name: str
    revision: str
    dim: int

    def encode(self, images: Sequence[ImageItem]) -> Vectors:
        """Return vectors of shape (len(images), dim), each of length one, in the order given.

        Raises
        ------
        ItemUnreadableError
            An item is not a readable image.
        """
        ...


class AudioEncoder(Protocol):
    """Turns sounds into vectors; attributes as in `TextEncoder`.

    Attributes
    ----------
    rate_hz
        Samples a second that it wants.
    window_s
        How many seconds it listens to at once; the rest of a longer sound is left out.
    """

    name: str
    revision: str
    dim: int
    rate_hz: int
    window_s: float

    def encode(self, sounds: Sequence[Sound]) -> Vectors:
        """Return vectors of shape (len(sounds), dim), each of length one, in the order given."""
        ...
