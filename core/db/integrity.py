from __future__ import annotations

from django.db import IntegrityError
from psycopg import Error


def constraint_broken(error: IntegrityError) -> str:
    """Return the name of the constraint that refused a write; empty when the database named none."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, Error) else ""
