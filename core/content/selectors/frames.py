"""Pictures out of videos, for workers; loads PyAV, so the web process never imports this module."""

from __future__ import annotations

import io
import uuid
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from core.content.models import RenditionKind
from core.content.selectors.assets import rendition_open


def video_frames(asset_id: uuid.UUID, count: int) -> list[tuple[int, NDArray[np.uint8]]]:
    """Return up to ``count`` evenly spaced frames of a video.

    They come from the proxy, which Concord encoded itself, one frame for each of the original.

    Returns
    -------
    list of (index, pixels)
        Rising frame indexes; pixels of shape (height, width, 3), RGB, 0 … 255. Fewer than ``count`` when the
        video has fewer frames.

    Raises
    ------
    ConcordError
        As `core.content.selectors.assets.rendition_open`.
    """
    if count <= 0:
        return []
    data = b"".join(rendition_open(asset_id, RenditionKind.PROXY))
    container: Any
    with av.open(io.BytesIO(data), format="matroska") as container:
        stream = container.streams.video[0]
        total = sum(1 for packet in container.demux(stream) if packet.size)
        wanted = sorted({round(float(place)) for place in np.linspace(0, total - 1, min(count, total))})
        container.seek(0, stream=stream)
        picked = []
        for index, frame in enumerate(container.decode(stream)):
            if wanted and index == wanted[0]:
                wanted.pop(0)
                picked.append((index, frame.to_ndarray(format="rgb24")))
            if not wanted:
                break
    return picked
