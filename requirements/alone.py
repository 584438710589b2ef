"""Do one step of the Makefile while no other make in this folder does one.

    python alone.py --lock FILE --since SECONDS TARGET [PREREQUISITE ...] -- COMMAND [ARGUMENT ...]

Waits until the lock is free, and says so. Does nothing when another make brought the target up to date meanwhile,
that is: wrote it since SECONDS (of the epoch), after every prerequisite. Stands on the standard library alone: it
runs before anything is installed.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import sys
from pathlib import Path


def main(words: list[str]) -> None:
    """Take the lock and become the command, which keeps it until it and all that it started have ended."""
    at = words.index("--")
    parser = argparse.ArgumentParser()
    parser.add_argument("--lock", type=Path, required=True)
    parser.add_argument("--since", type=float, required=True)
    parser.add_argument("target", type=Path)
    parser.add_argument("prerequisites", type=Path, nargs="*")
    asked = parser.parse_args(words[:at])
    lock_take(asked.lock)
    if not is_current(asked.target, asked.prerequisites, since=asked.since):
        command = words[at + 1 :]
        os.execvp(command[0], command)  # noqa: S606 - the Makefile says what it is, and no shell is wanted


def lock_take(path: Path) -> None:
    """Hold the lock for as long as this process, and whatever it becomes or starts, lives."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    os.set_inheritable(held, True)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stdout.write(
            "  Another make is installing or building in this folder. Waiting until it is done.\n"
        )
        sys.stdout.flush()
        fcntl.flock(held, fcntl.LOCK_EX)


def is_current(target: Path, prerequisites: list[Path], *, since: float) -> bool:
    """Whether the target was written since then, and after everything that it is made from."""
    if not target.exists():
        return False
    written = target.lstat().st_mtime
    return written >= since and all(written >= one.stat().st_mtime for one in prerequisites)


if __name__ == "__main__":
    main(sys.argv[1:])
