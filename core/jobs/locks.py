from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def job_lock_key(job_id: object) -> int:
    """Return the advisory lock that whoever runs the job holds: 64 bits of the identifier's digest."""
    digest = hashlib.sha256(f"concord.job:{job_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


@contextmanager
def job_lock(job_id: object) -> Iterator[bool]:
    """Hold the job's session lock while the block runs; yields whether it was free.

    PostgreSQL lets go of it the moment the process dies, so a killed worker's job can be taken over at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [job_lock_key(job_id)])
        taken = bool(cursor.fetchone()[0])
    try:
        yield taken
    finally:
        if taken and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [job_lock_key(job_id)])
