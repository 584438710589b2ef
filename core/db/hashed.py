"""Places drawn by a hash, compared in the database as the domain compares them in Python."""

from __future__ import annotations

from django.db.models import BinaryField, Expression, F, Func, Value
from django.db.models.lookups import LessThan

PLACES = 2**64
"""A place is the first eight bytes of a SHA-256, 0 to `PLACES` - 1."""


def hashed_below(prefix: bytes, hashed: Expression | F, place: int) -> LessThan:
    """Match rows whose place, the hash of ``prefix`` and the bytes ``hashed``, is less than ``place``."""
    drawn = Func(
        Value(prefix, output_field=BinaryField()),
        hashed,
        template="substring(sha256(%(expressions)s) FROM 1 FOR 8)",
        arg_joiner=" || ",
        output_field=BinaryField(),
    )
    # Bytes compare as the numbers they are; nine of them stand after all of eight.
    limit = place.to_bytes(8) if place < PLACES else b"\xff" * 9
    return LessThan(drawn, Value(limit, output_field=BinaryField()))
