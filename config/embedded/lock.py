"""One process at a time takes charge of a home."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from config.embedded.places import Places
from config.embedded.processes import PartFailedError


@contextmanager
def home_lock(places: Places) -> Iterator[None]:
    """Hold the home's lock; the kernel frees it however the process ends.

    Raises
    ------
    PartFailedError
        When another process holds it.
    """
    places.home.mkdir(parents=True, exist_ok=True)
    with places.lock.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise PartFailedError(
                f"Concord already runs over {places.home} (process {holder}). "
                "Stop it first, or set CONCORD_HOME to another folder."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
