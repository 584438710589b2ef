from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import Q

from annotation.head_registry import heads_promoted
from annotation.models import Suggestion


def uncertainty_suggested(
    *, project_id: uuid.UUID, clause_keys: Sequence[str], post_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, float]:
    """Return how unsure models are of what they suggest (`policies.services.UncertaintySource`).

    It is 1 at one half and 0 at one. Of several suggestions of one model for a clause the newest counts; of clauses
    and models the most unsure; of the project's own models only the promoted ones.
    """
    newest = (
        Suggestion.objects.filter(
            ~Q(source="head") | Q(source_id__in=heads_promoted(project_id)),
            project_id=project_id,
            clause_key__in=clause_keys,
            post_id__in=post_ids,
            confidence__isnull=False,
        )
        .order_by("post_id", "clause_key", "model", "-id")
        .distinct("post_id", "clause_key", "model")
        .values_list("post_id", "confidence")
    )
    found: dict[uuid.UUID, float] = {}
    for post_id, confidence in newest:
        found[post_id] = max(found.get(post_id, 0.0), 2 * (1 - max(confidence or 0.0, 0.5)))
    return found
