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
