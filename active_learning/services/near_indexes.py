"""Indexes of neighbours (HNSW), one for each encoder whose vectors are too many to be compared one by one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

NEAR_TASK = "active_learning.keep_near_indexes"
LEAST_VECTORS = 20_000
"""Fewer are compared one by one in some hundredths of a second, and need no index that every write then keeps up."""

_WIDEST = 4000
_SIDES = """
SELECT encoder, revision, min(vector_dims(vector)) FROM active_learning_embedding
GROUP BY encoder, revision HAVING count(*) >= %s ORDER BY encoder, revision
"""
_VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"
_MAKE = sql.SQL(
    """CREATE INDEX CONCURRENTLY {name} ON active_learning_embedding
USING hnsw ((vector::halfvec({dim})) halfvec_cosine_ops) WHERE encoder = {encoder} AND revision = {revision}"""
)
# While one session makes an index, others leave it alone; the lock goes with the session of who is killed.
_HOLD = "SELECT pg_try_advisory_lock(hashtextextended('active_learning.near_indexes', 0))"
_LEAVE = "SELECT pg_advisory_unlock(hashtextextended('active_learning.near_indexes', 0))"


@dataclass(frozen=True)
class _Side:
    encoder: str
    revision: str
    dim: int

    @property
    def index(self) -> str:
        digest = hashlib.sha256(f"{self.encoder}\0{self.revision}".encode()).hexdigest()
        return f"active_learning_near_{digest[:16]}"


def near_indexes_keep(*, least: int = LEAST_VECTORS) -> int:
    """Make the indexes that are missing, without holding up whoever writes vectors; return how many were made.

    Must run outside a transaction. Safe to run twice and beside itself; what a killed one left half made is made anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD)
        if not cursor.fetchone()[0]:
            return 0
        try:
            cursor.execute(_SIDES, [least])
            sides = [_Side(*row) for row in cursor.fetchall()]
            return sum(_make(side) for side in sides if side.dim <= _WIDEST)
        finally:
            cursor.execute(_LEAVE)


def _make(side: _Side) -> bool:
    name = sql.Identifier(side.index)
    with connection.cursor() as cursor:
        cursor.execute(_VALID, [side.index])
        found = cursor.fetchone()
        if found is not None and found[0]:
            return False
        cursor.execute(sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(name))
        cursor.execute(
            _MAKE.format(
                name=name,
                dim=sql.Literal(side.dim),
                encoder=sql.Literal(side.encoder),
                revision=sql.Literal(side.revision),
            )
        )
    return True
