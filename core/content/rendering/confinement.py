"""What the rendering process takes away from itself before it looks into a stranger's file."""

from __future__ import annotations

import ctypes
import resource
import sys
from contextlib import suppress

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000

ADDRESS_SPACE_BYTES = 6 * 1024**3
FILE_BYTES = 4 * 1024**3
OPEN_FILES = 64


def confine(*, cpu_s: int) -> None:
    """Limit memory, processor time, file size and open files, and leave the network where the system allows it.

    Parameters
    ----------
    cpu_s
        Seconds of processor time after which the system ends this process.
    """
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE_BYTES),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    if sys.platform == "linux":
        # A namespace of its own has no routes. Where the kernel refuses it, the closed protocol list still stands.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
