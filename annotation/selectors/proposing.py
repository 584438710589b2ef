"""Which models proposed something in a project."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from annotation.models import Suggestion


@dataclass(frozen=True, slots=True)
class ProposingModel:
    """One version of a model that proposed answers to a clause."""

    clause_key: str
    model: str
    version: str
    source: str


def models_proposing(project_id: uuid.UUID) -> list[ProposingModel]:
    """Return every version of every model that proposed an answer, by clause, name and version."""
    rows = Suggestion.objects.filter(project_id=project_id, answer__isnull=False)
    columns = ("clause_key", "model", "version", "source")
    return [ProposingModel(*found) for found in rows.order_by(*columns).values_list(*columns).distinct()]
