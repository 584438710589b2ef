"""Facts and renditions of sound: an Opus copy every browser plays, and the outline drawn under the time line."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from core.content.domain import limits
from core.content.rendering.containers import DAMAGED, container_open, frames_of
from core.content.rendering.exchange import Made, MediaRefused, Outcome, Progress, Request
from core.content.rendering.peaks import PeakOutline

OPUS_RATE_HZ = 48_000
_SAMPLES_PER_PEAK = 480
_OPUS_FRAME_SAMPLES = 960


class SoundTrack:
    """Writes decoded sound into an Opus stream of ``output``, and its outline into a file.

    Parameters
    ----------
    output
        Open PyAV container to write to.
    start
        Time in seconds, in the source, that becomes zero; sound before it is left out.
    """

    def __init__(self, output: Any, *, start: Fraction) -> None:
        self._output = output
        self._stream = output.add_stream("libopus", rate=OPUS_RATE_HZ, layout="stereo", bit_rate=96_000)
        self._resampler = av.AudioResampler(format="flt", layout="stereo", rate=OPUS_RATE_HZ)
        self._fifo = av.AudioFifo()
        self._start = start
        self._offset: int | None = None
        self._written = 0
        self._skipped = 0
        self.outline = PeakOutline(most=limits.PEAKS, samples=_SAMPLES_PER_PEAK)

    def add(self, frame: Any) -> None:
        """Take one decoded frame of sound."""
        if self._offset is None:
            time = Fraction(frame.pts or 0) * (frame.time_base or Fraction(1, OPUS_RATE_HZ))
            self._offset = round((time - self._start) * OPUS_RATE_HZ)
            self._written = max(0, self._offset)
            self._silence_until_start()
        for piece in self._resampler.resample(frame):
            self._take(piece)

    def finish(self) -> None:
        """Write what is still held back."""
        if self._offset is not None:
            for piece in self._resampler.resample(None):
                self._take(piece)
            self._encode(is_last=True)
        for packet in self._stream.encode(None):
            self._output.mux(packet)

    def save_outline(self, folder: Path) -> Made:
        """Write the outline into ``folder``."""
        (folder / "peaks").write_text(
            json.dumps(self.outline.as_json(rate_hz=OPUS_RATE_HZ), separators=(",", ":")), encoding="ascii"
        )
        return Made("peaks", "peaks", "application/json")

    def _silence_until_start(self) -> None:
        """Draw the time before the first sound as a flat line."""
        left = self._written
        while left > 0:
            self.outline.add(np.zeros(min(left, OPUS_RATE_HZ), dtype=np.float32))
            left -= OPUS_RATE_HZ

    def _take(self, piece: Any) -> None:
        piece.pts = None
        self._fifo.write(piece)
        self._encode(is_last=False)

    def _encode(self, *, is_last: bool) -> None:
        too_early = max(0, -(self._offset or 0))
        while self._skipped < too_early and self._fifo.samples:
            dropped = min(too_early - self._skipped, self._fifo.samples)
            self._fifo.read(dropped)
            self._skipped += dropped
        while (piece := self._fifo.read(_OPUS_FRAME_SAMPLES, is_last)) is not None:
            values = piece.to_ndarray().reshape(-1, 2)
            self.outline.add(values.mean(axis=1, dtype=np.float32))
            piece.pts = self._written
            piece.time_base = Fraction(1, OPUS_RATE_HZ)
            self._written += piece.samples
            for packet in self._stream.encode(piece):
                self._output.mux(packet)


def audio_render(request: Request, *, progress: Progress) -> Outcome:
    """Make the renditions of a sound file: proxy, peaks.

    Raises
    ------
    MediaRefused
        When it is damaged, silent of streams, or past a limit.
    """
    folder = Path(request.output)
    problems: list[str] = []
    with container_open(Path(request.source), reader=request.reader) as container:
        stream = next(iter(container.streams.audio), None)
        if stream is None:
            raise MediaRefused(DAMAGED.format(problem="there is no sound in it"))
        facts = sound_facts(stream)
        expected = int((container.duration or 0) / 1_000_000 * facts["rate_hz"])
        seconds, rate = Fraction(0), facts["rate_hz"]
        first: Fraction | None = None
        with av.open(str(folder / "proxy"), "w", format="webm") as output:
            track: SoundTrack | None = None
            for frame in frames_of(container, [stream], problems):
                if track is None:
                    first = Fraction(frame.pts or 0) * (frame.time_base or Fraction(1, rate))
                    track = SoundTrack(output, start=first)
                track.add(frame)
                seconds += Fraction(frame.samples, frame.sample_rate)
                if seconds > limits.AUDIO_DURATION_S:
                    raise MediaRefused(
                        f"The sound is longer than {limits.AUDIO_DURATION_S // 3600} hours. Cut it into pieces."
                    )
                progress(min(int(seconds * rate), expected), expected)
            if track is None:
                raise MediaRefused(DAMAGED.format(problem="no sound can be decoded"))
            track.finish()
    facts["decode_errors"] = len(problems)
    return Outcome(
        kind="audio",
        duration_us=round(seconds * 1_000_000),
        facts=facts,
        made=[Made("proxy", "proxy", "audio/webm"), track.save_outline(folder)],
    )


def sound_facts(stream: Any) -> dict[str, Any]:
    """Return what the header says about a sound stream.

    Raises
    ------
    MediaRefused
        When it is past a limit or of no known codec.
    """
    context = stream.codec_context
    if context is None or not context.sample_rate:
        raise MediaRefused(DAMAGED.format(problem="its sound is in a form that is not known"))
    if context.channels > limits.AUDIO_CHANNELS or context.sample_rate > limits.AUDIO_RATE_HZ:
        raise MediaRefused(
            f"The sound has {context.channels} channels at {context.sample_rate} Hz. Concord takes at most "
            f"{limits.AUDIO_CHANNELS} channels at {limits.AUDIO_RATE_HZ} Hz."
        )
    return {"audio_codec": context.name, "rate_hz": context.sample_rate, "channels": context.channels}
