"""Pieces of sounds, for workers; loads PyAV, so the web process never imports this module."""

from __future__ import annotations

import io
import uuid
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from core.content.models import RenditionKind
from core.content.selectors.assets import rendition_open


def sound_pieces(
    asset_id: uuid.UUID, count: int, *, seconds: float, rate_hz: int
) -> list[NDArray[np.float32]]:
    """Return up to ``count`` evenly spaced pieces of a sound, or of a video's, that do not overlap.

    They come from the proxy, which Concord encoded itself.

    Parameters
    ----------
    seconds
        How long a piece is; a sound that is no longer is one piece.
    rate_hz
        Samples a second to return.

    Returns
    -------
    list of array (samples,)
        One channel, −1 to 1; empty for what has no sound.

    Raises
    ------
    ConcordError
        As `core.content.selectors.assets.rendition_open`.
    """
    data = b"".join(rendition_open(asset_id, RenditionKind.PROXY))
    container: Any
    pieces = []
    with av.open(io.BytesIO(data), format="matroska") as container:
        stream = next(iter(container.streams.audio), None)
        if stream is None or count <= 0:
            return []
        length = float((container.duration or 0) / av.time_base)
        fitting = max(1, min(count, int(length // seconds)))
        for start in np.linspace(0, max(0.0, length - seconds), fitting):
            piece = _piece(container, stream, start_s=float(start), seconds=seconds, rate_hz=rate_hz)
            if piece.size:
                pieces.append(piece)
    return pieces


def _piece(
    container: Any, stream: Any, *, start_s: float, seconds: float, rate_hz: int
) -> NDArray[np.float32]:
    """Decode from the packet that holds ``start_s`` on, for ``seconds``."""
    container.seek(int(start_s * av.time_base))
    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
    most, held = int(seconds * rate_hz), 0
    found: list[NDArray[np.float32]] = []
    for frame in container.decode(stream):
        if frame.time is not None and frame.time + frame.samples / frame.sample_rate <= start_s:
            continue
        for resampled in resampler.resample(frame):
            found.append(np.asarray(resampled.to_ndarray(), dtype=np.float32).reshape(-1))
            held += found[-1].size
        if held >= most:
            break
    return np.concatenate(found)[:most] if found else np.zeros(0, dtype=np.float32)
