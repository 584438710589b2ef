"""The demo, its parts killed with -9 on the way and the demo itself too, loses nothing it was told is stored."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.services.prepared import home_copy

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 420.0

pytestmark = [pytest.mark.services, pytest.mark.embedded]
_PARTS_ELSEWHERE = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "CONCORD_STORAGE")


def test_killing_any_process_during_the_demo_loses_nothing_acknowledged(tmp_path: Path) -> None:
    home = home_copy(tmp_path / "home")
    log = tmp_path / "demo.log"
    demo = _start(home, log)
    try:
        _wait_for_answers(home, 8, demo, log)
        _kill(demo, lambda words: "gunicorn" in words)
        _wait_for_answers(home, 16, demo, log)
        _kill(demo, lambda words: "postgres" in words and "-D" in words)
        _wait_for_answers(home, 24, demo, log)
        _kill(demo, lambda words: "celery" in words and "worker" in words)
        _wait_for_answers(home, 30, demo, log)
        demo.kill()
        demo.wait()
        acknowledged = _acknowledged(home)
        demo = _start(home, log)
        demo.wait(PATIENCE_S)
        text = log.read_text(encoding="utf-8")
        assert demo.returncode == 0, text[-3000:]
        assert "nothing lost" in text
        finished = set((home / "demo" / "last-acknowledged.txt").read_text(encoding="ascii").split())
        assert finished >= acknowledged
    finally:
        if demo.poll() is None:
            demo.send_signal(signal.SIGINT)
            demo.wait(PATIENCE_S)


def _start(home: Path, log: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _PARTS_ELSEWHERE}
    environment["CONCORD_HOME"] = str(home)
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--posts", "24", "--comparisons", "8"]
    with log.open("ab") as output:
        return subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=ROOT)


def _acknowledged(home: Path) -> set[str]:
    path = home / "demo" / "acknowledged.txt"
    return set(path.read_text(encoding="ascii").split()) if path.exists() else set()


def _wait_for_answers(home: Path, count: int, demo: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while len(_acknowledged(home)) < count:
        assert demo.poll() is None, log.read_text(encoding="utf-8")[-3000:]
        assert time.monotonic() < deadline, f"{len(_acknowledged(home))} of {count} answers"
        time.sleep(0.05)  # polled: the ledger is a file that another process appends to


def _kill(demo: subprocess.Popen[bytes], wanted: Callable[[str], bool]) -> None:
    """Kill one process of the demo's own, the first whose command line is wanted."""
    for process in psutil.Process(demo.pid).children(recursive=True):
        try:
            if wanted(" ".join(process.cmdline())):
                process.kill()
                return
        except psutil.Error:
            continue
    raise AssertionError("no such process runs")
