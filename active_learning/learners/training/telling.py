"""How the program and the worker that started it hear of each other: lines of JSON out, the end of input in."""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any, TextIO

_out: list[TextIO] = []


def voice_take() -> None:
    """Keep standard output for `tell`; what libraries print goes to standard error from here on."""
    _out.append(os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8"))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def tell(event: str, **facts: Any) -> None:
    """Say one thing, at once."""
    out = _out[0] if _out else sys.stdout
    out.write(json.dumps({"event": event, **facts}) + "\n")
    out.flush()


def end_with_the_worker() -> None:
    """End this process when its input ends: whoever started it is gone, however it went."""

    def wait() -> None:
        # Read without a buffer: at the interpreter's end nothing may hold the lock of one.
        while os.read(0, 1024):
            pass
        os._exit(3)

    threading.Thread(target=wait, daemon=True).start()
