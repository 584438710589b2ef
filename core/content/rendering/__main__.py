"""The rendering process: one request on standard input, JSON lines on standard output."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from core.content.rendering.confinement import confine
from core.content.rendering.exchange import MediaRefused, Outcome, Request


def main() -> None:
    """Render one asset; exits 0 with an outcome or a refusal, anything else is a fault."""
    asked = json.loads(sys.stdin.readline())
    # Whatever a library prints goes to standard error; the answers keep the real standard output.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    confine(cpu_s=asked.pop("cpu_s"))
    try:
        outcome = _render(Request(**asked), answers)
    except MediaRefused as refusal:
        _answer(answers, {"refused": str(refusal)})
    except MemoryError:
        _answer(
            answers, {"refused": "The file needs more memory to open than Concord allows. Make it smaller."}
        )
    else:
        _answer(answers, {"outcome": outcome.as_json()})


def _render(request: Request, answers: Any) -> Outcome:
    """Load only what the kind needs: images start three times faster without PyAV."""
    if request.kind == "image":
        from core.content.rendering.images import image_render

        return image_render(request)
    shown = -1

    def progress(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total if total else 0
        if percent != shown:
            shown = percent
            _answer(answers, {"progress": [done, total]})

    if request.kind == "video":
        from core.content.rendering.video import video_render

        return video_render(request, progress=progress)
    from core.content.rendering.sound import audio_render

    return audio_render(request, progress=progress)


def _answer(answers: Any, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value, separators=(",", ":")) + "\n")
    answers.flush()


main()
