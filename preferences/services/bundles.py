from __future__ import annotations

from uuid import UUID

from core.accounts.selectors import Actor
from core.queue.selectors import lease_get
from preferences.selectors.bundles import ComparisonBundle, bundle_of, comparison_of
from preferences.services.sides import side_order_keep


def bundle_open(actor: Actor, lease_id: UUID) -> ComparisonBundle:
    """Return what the actor is shown for their lease; the first time, the order of sides is drawn and stored.

    Raises
    ------
    NotFoundError, TaskNotComparisonError
    """
    lease = lease_get(actor, lease_id)
    comparison_of(lease.task)
    return bundle_of(lease, swapped=side_order_keep(lease))
