from __future__ import annotations

from uuid import UUID

from core.accounts.selectors import Actor
from core.queue.selectors import lease_get, work_must_be_open
from preferences.selectors.bundles import ComparisonBundle, bundle_of, comparison_of, pair_laid, slate_laid
from preferences.selectors.slates import slate_of
from preferences.services.sides import side_order_keep
from preferences.services.slates import slate_order_keep


def bundle_open(actor: Actor, lease_id: UUID) -> ComparisonBundle:
    """Return what the actor is shown for their lease; the first time, their order is drawn and stored.

    Raises
    ------
    NotFoundError, TaskNotComparisonError, WorkClosedError
    """
    lease = lease_get(actor, lease_id)
    if lease.state == "held":
        work_must_be_open(actor, lease.task.project)
    slate = slate_of(lease.task)
    if slate is not None:
        return bundle_of(actor, lease, slate_laid(lease.task, slate, places=slate_order_keep(lease, slate)))
    comparison = comparison_of(lease.task)
    return bundle_of(actor, lease, pair_laid(comparison, swapped=side_order_keep(lease)))
