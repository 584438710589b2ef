"""A Concord of the demo's own, started and stopped with it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from config.demo.api import DemoError
from config.embedded.processes import child_start
from config.env import PROJECT_ROOT

_PATIENCE_S = 240.0
_STOP_PATIENCE_S = 60.0
_STILL_STOPPING = "already runs over"


class DemoServer:
    """``manage.py up`` as a child, on a free port of this machine."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._child: subprocess.Popen[bytes] | None = None
        self._said_before = 0
        self.url = f"http://127.0.0.1:{_free_port()}"

    def start(self, say: Callable[[str], None]) -> None:
        """Start it and wait until it is healthy.

        Raises
        ------
        DemoError
            With the last line it wrote, when it ends or does not become healthy.
        """
        self._child = self._start_child()
        say("Starting Concord for the demo.")
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            if self._child.poll() is not None:
                if not self._was_too_early():
                    raise DemoError(f"Concord did not start: {self._last_line()}")
                time.sleep(1.0)  # an earlier demo was broken off, and its Concord is still stopping
                self._child = self._start_child()
            if self._is_healthy():
                say(f"Concord is at {self.url}")
                return
            time.sleep(0.5)
        raise DemoError(f"Concord did not become healthy within {_PATIENCE_S:.0f} s: {self._last_line()}")

    def _was_too_early(self) -> bool:
        """Whether the child found an earlier one still stopping; that one writes its last words into the same log."""
        said = self._log.read_bytes()[self._said_before :]
        return _STILL_STOPPING.encode() in said

    def _start_child(self) -> subprocess.Popen[bytes]:
        self._said_before = self._log.stat().st_size if self._log.exists() else 0
        return child_start(
            [sys.executable, PROJECT_ROOT / "manage.py", "up", "--no-demo", "--headless"],
            log=self._log,
            death_signal=signal.SIGTERM,
            extra_environment={"PORT": self.url.rpartition(":")[2]},
        )

    def stop(self) -> None:
        """Stop it and wait until it has ended."""
        if self._child is None or self._child.poll() is not None:
            return
        self._child.terminate()
        try:
            self._child.wait(_STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _is_healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5.0, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def _last_line(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "it wrote nothing"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
