"""The program that trains, as a process beside the worker: started, listened to, and never outliving it."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from training.errors import TrainingRefusedError

_MODULE = "active_learning.learners.training"
_ROOT = Path(__file__).resolve().parents[2]
_LOG_READ = 20_000

Event = dict[str, Any]

_KILLED = (
    "The training process was killed. The usual cause is too little memory: choose a smaller batch, shorter rows, "
    "adapters instead of all weights, or a larger worker."
)
_NO_GPU_MEMORY = (
    "The GPU has too little memory for this run. Choose a smaller batch with more accumulation, shorter rows, or "
    "adapters instead of all weights."
)
_BROKE = "The training process broke off: {last} What was saved until then is kept; go on from there once it is mended."


def program_run(
    work: str, spec: Path, *, hear: Callable[[Event], None], beat: Callable[[], None], every_s: float = 1.0
) -> None:
    """Run the program to its end; ``hear`` gets what it tells, ``beat`` is called at least every ``every_s`` seconds.

    Whatever ends this call, an exception out of ``hear`` or ``beat`` included, ends the process first. When this
    process is killed instead, the program's input ends, and it ends itself.

    Raises
    ------
    TrainingRefusedError
        It refused, or broke off; with a sentence.
    """
    log = spec.with_name("log.txt")
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", _MODULE, work, str(spec)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=_ROOT,
            text=True,
        )
    told: queue.Queue[Event | None] = queue.Queue()
    assert process.stdout is not None
    listener = threading.Thread(target=_listen, args=(process.stdout, told), daemon=True)
    listener.start()
    refused = ""
    try:
        while True:
            try:
                event = told.get(timeout=every_s)
            except queue.Empty:
                beat()
                continue
            if event is None:
                break
            if event["event"] == "refused":
                refused = str(event["sentence"])
                continue
            hear(event)
            beat()
        status = process.wait()
    finally:
        process.kill()
        process.wait()
        listener.join()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
    if status:
        raise TrainingRefusedError(problem=refused or _sentence(status, log))


def _listen(out: IO[str], told: queue.Queue[Event | None]) -> None:
    for line in out:
        told.put(json.loads(line))
    told.put(None)


def _sentence(status: int, log: Path) -> str:
    if status == -signal.SIGKILL:
        return _KILLED
    text = log.read_bytes()[-_LOG_READ:].decode("utf-8", "replace")
    if "OutOfMemoryError" in text:
        return _NO_GPU_MEMORY
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return _BROKE.format(last=(lines[-1][:300] if lines else f"status {status}").rstrip(".") + ".")
