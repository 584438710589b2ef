"""Which models proposed something in a project."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
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


def head_answers(
    head_id: uuid.UUID, post_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[tuple[uuid.UUID, str | None]]]:
    """Return what one of the project's own models said of posts, as (suggestion, answer), newest first.

    No answer: it was not sure enough to suggest one.
    """
    rows = Suggestion.objects.filter(source="head", source_id=head_id, post_id__in=post_ids).order_by("-pk")
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str | None]]] = {}
    for post_id, suggestion_id, answer in rows.values_list("post_id", "pk", "answer"):
        found.setdefault(post_id, []).append((suggestion_id, answer))
    return found
