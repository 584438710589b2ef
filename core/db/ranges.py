"""Rows between two identifiers: how long work over a whole table is cut into pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import Mod, RowNumber

AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True, slots=True)
class IdRange:
    """Identifiers above ``after`` up to and with ``until``; None where there is no such end."""

    after: UUID | None = None
    until: UUID | None = None

    def narrowed(self, rows: QuerySet[AnyModel]) -> QuerySet[AnyModel]:
        """Return those of ``rows`` whose identifier lies in the range."""
        if self.after is not None:
            rows = rows.filter(pk__gt=self.after)
        return rows if self.until is None else rows.filter(pk__lte=self.until)


EVERYTHING = IdRange()


def every_nth(rows: QuerySet[Any], every: int) -> list[UUID]:
    """Return the identifier of every so-manieth row, by identifier."""
    counted = rows.order_by().annotate(n=Window(RowNumber(), order_by="pk"))
    placed = counted.annotate(rest=Mod(F("n"), every)).filter(rest=0)
    return list(placed.order_by("pk").values_list("pk", flat=True))
