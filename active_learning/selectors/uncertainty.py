from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from active_learning.models import Pick
from active_learning.selectors.promotions import heads_promoted


def uncertainty_picked(
    *, project_id: UUID, clause_keys: Sequence[str], post_ids: Sequence[UUID]
) -> dict[UUID, float]:
    """Return how unsure the promoted models were of each post that their rounds picked.

    A `policies.services.UncertaintySource`.
    """
    newest = (
        Pick.objects.filter(
            round__project_id=project_id,
            round__model__in=heads_promoted(project_id),
            round__clause_key__in=clause_keys,
            post_id__in=post_ids,
            probability__isnull=False,
        )
        .order_by("post_id", "round__clause_key", "-round_id")
        .distinct("post_id", "round__clause_key")
        .values_list("post_id", "probability")
    )
    found: dict[UUID, float] = {}
    for post_id, probability in newest:
        found[post_id] = max(found.get(post_id, 0.0), 1 - abs(2 * (probability or 0.0) - 1))
    return found
