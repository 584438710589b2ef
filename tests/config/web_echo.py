"""A small application behind the web's real server, for what the server itself must do."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Tell what arrived: the headers, the body's length, and what the process has held at most."""
    path, body = environ["PATH_INFO"], environ["wsgi.input"]
    if path == "/endless":
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return iter(lambda: bytes(65536), b"")
    said: dict[str, Any] = {
        name: value for name, value in environ.items() if name.startswith("HTTP_") or name == "REMOTE_ADDR"
    }
    length = 0
    while path != "/unread" and (piece := body.read(65536)):
        length += len(piece)
    if path == "/slow":
        print("a slow answer begins", file=environ["wsgi.errors"], flush=True)
        time.sleep(1.5)
    said |= {
        "path": path,
        "length": length,
        "held_kib": _held_kib(),
        "pid": os.getpid(),
        "set_aside": gc.get_freeze_count(),
    }
    answer = json.dumps(said).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]


def _held_kib() -> int:
    with Path("/proc/self/status").open(encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
