from __future__ import annotations

from core.accounts.selectors import project_by_id
from core.content.events import PostHidden
from core.queue.services import tasks_withdraw
from preferences.selectors.material import tasks_showing


def tasks_of_hidden_material_withdraw(event: PostHidden) -> None:
    """Withdraw what is asked about media that were hidden, in the transaction that hides them."""
    tasks = tasks_showing(event.project_id, event.post_id)
    task_ids = list(tasks.values_list("pk", flat=True))
    if task_ids:
        tasks_withdraw(None, project=project_by_id(event.project_id), task_ids=task_ids)
