"""Rows made once by the product's services, and copied under new identifiers for every test after the first.

Fifty rows by services are 130 statements, and two thousand tests begin with them.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models.base import ModelState
from django.utils import timezone

from core.db.identifiers import uuid7
from core.db.records import Record


@dataclass(frozen=True)
class Rows:
    """Rows as they are stored, each model's together, what is pointed at before what points at it."""

    stored: tuple[tuple[Record, ...], ...]

    @classmethod
    def of(cls, *queries: models.QuerySet[Any]) -> Rows:
        """Read what the queries find, each model's rows in the order in which they were made."""
        return cls(tuple(tuple(query.order_by("id")) for query in queries))

    def copies(self) -> dict[uuid.UUID, Any]:
        """Store the rows once more; returns the copies by the identifier of what each was made from."""
        old = sorted(row.pk for rows in self.stored for row in rows)
        new_ids: dict[object, object] = dict(zip(old, sorted(uuid7() for _ in old), strict=True))
        new_ids |= {str(before): str(after) for before, after in new_ids.items()}
        later = timezone.now() - max(row.created_at for rows in self.stored for row in rows)
        made: dict[uuid.UUID, Any] = {}
        with transaction.atomic():
            for rows in self.stored:
                copied = [_copy(row, new_ids, later) for row in rows]
                type(copied[0])._default_manager.bulk_create(copied)
                made |= {row.pk: one for row, one in zip(rows, copied, strict=True)}
        return made


def _copy(row: Record, new_ids: Mapping[object, object], later: timedelta) -> Record:
    """Return an unsaved row that points at the copies of what ``row`` points at; what is unique it says anew."""
    one = copy.copy(row)
    one._state = ModelState()
    for field in one._meta.concrete_fields:
        value = getattr(one, field.attname)
        if isinstance(value, uuid.UUID | str):
            value = new_ids.get(value, value)
        if field.unique and isinstance(value, str):
            value = _said_anew(value)
        setattr(one, field.attname, value)
    one.created_at += later
    return one


def _said_anew(text: str) -> str:
    """Replace the chance part between the dash and the end, or the at sign."""
    head, at, domain = text.partition("@")
    return f"{head.rpartition('-')[0]}-{uuid.uuid4().hex[:8]}{at}{domain}"
