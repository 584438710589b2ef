from __future__ import annotations

import os
import signal
from pathlib import Path

_SIGINT_BIT = 1 << (signal.SIGINT - 1)


class MakeWatch:
    """Notices that the make which started this process was told to stop.

    A terminal's Ctrl-C reaches make and this process alike. A signal to make alone (a script, the stop button
    of an editor) does not: make then only waits for its child. But it stops catching the signal, which Linux
    tells, and a second one ends it, which anybody can see.
    """

    def __init__(self) -> None:
        self._pid = os.getppid()
        self._is_make = _name_of(self._pid) in {"make", "gmake"}
        self._caught_at_first = _catches_interrupt(self._pid)

    def was_told_to_stop(self) -> bool:
        """Return whether make is ending; never when something else started this process."""
        if not self._is_make:
            return False
        if os.getppid() != self._pid:
            return True
        return self._caught_at_first and not _catches_interrupt(self._pid)


def _name_of(pid: int) -> str:
    return _proc(pid, "comm").strip()


def _catches_interrupt(pid: int) -> bool:
    for line in _proc(pid, "status").splitlines():
        if line.startswith("SigCgt:"):
            return bool(int(line.partition(":")[2], 16) & _SIGINT_BIT)
    return False


def _proc(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
