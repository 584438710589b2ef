"""Which response stands first for whom."""

from __future__ import annotations

from django.conf import settings

from core.queue.selectors import AGAIN_SOURCE, Lease
from preferences.domain.orientation import sides_are_swapped
from preferences.models import SideOrder


def side_order_keep(lease: Lease) -> bool:
    """Return whether B is shown first to the lease's person, drawing and storing it the first time.

    The draw is keyed with the server's secret, so that nobody who judges can work out the stored order. A pair that is
    asked again is shown the other way round than the first time.
    """
    drawn = _drawn(lease)
    order, _ = SideOrder.objects.get_or_create(
        task_id=lease.task_id, person_id=lease.person_id, defaults={"swapped": drawn}
    )
    return order.swapped


def _drawn(lease: Lease) -> bool:
    first = None
    if lease.task.source == AGAIN_SOURCE and lease.task.source_id is not None:
        had = SideOrder.objects.filter(task_id=lease.task.source_id, person_id=lease.person_id)
        first = had.values_list("swapped", flat=True).first()
    drawn = sides_are_swapped(seed=settings.SECRET_KEY, task_id=lease.task_id, person_id=lease.person_id)
    return drawn if first is None else not first
