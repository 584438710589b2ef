"""Child processes that never outlive the one that started them."""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

from config.env import child_environment

_PR_SET_PDEATHSIG = 1


class PartFailedError(Exception):
    """A part could not be started or stopped; the message is for the person at the terminal."""


def wheel_folder(package: str, *below: str) -> Path:
    """Return a folder inside an installed package without importing the package.

    Raises
    ------
    PartFailedError
        When the package is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise PartFailedError(
            f"The package {package} is not installed. Run 'make' targets, or 'pip install {package}'."
        )
    return Path(found.submodule_search_locations[0]).joinpath(*below)


def child_start(
    command: Sequence[str | Path],
    *,
    log: Path,
    death_signal: signal.Signals,
    extra_environment: Mapping[str, str] | None = None,
    user: int | None = None,
    group: int | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, its output appended to ``log``.

    On Linux the kernel sends it ``death_signal`` when the starting thread ends, kill -9 included.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=child_environment(extra_environment or {}),
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            start_new_session=True,
            preexec_fn=_dies_with_parent(death_signal),
        )


def _dies_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """Return what the child does between fork and exec; credentials are already changed by then."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def prepare() -> None:
        prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def process_stop(process: subprocess.Popen[bytes], *, with_signal: signal.Signals, patience_s: float) -> bool:
    """Ask a process to stop, wait, then end its whole session; ``True`` when it stopped by itself."""
    stopped = True
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(with_signal)
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            stopped = False
    session_kill(process.pid)
    process.wait()
    return stopped


def session_kill(leader: int) -> None:
    """End whatever is left of the session that ``child_start`` made for process ``leader``."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def processes_working_in(folder: Path, *, named: str) -> list[psutil.Process]:
    """Return the processes called ``named`` whose working directory is ``folder``."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter(["name"]):
        with contextlib.suppress(psutil.Error, OSError):
            if process.info["name"] == named and Path(process.cwd()) == folder:
                found.append(process)
    return found


def log_tail(log: Path, *, lines: int = 12) -> str:
    """Return the last lines of a log file; empty when there is none."""
    if not log.exists():
        return ""
    with log.open("rb") as source:
        source.seek(0, os.SEEK_END)
        source.seek(max(0, source.tell() - 16_384))
        return "\n".join(source.read().decode("utf-8", errors="replace").splitlines()[-lines:])
