from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from core.accounts.selectors import Actor
from core.queue.domain.states import LeaseState
from core.queue.models import Lease, Submission, Task

SHOWN_AFTER_EXPIRY = timedelta(days=1)
"""How long a hold that ran out still shows its post: an answer that comes late is finished on its material."""


def tasks_handed_to(actor: Actor, project_id: uuid.UUID) -> QuerySet[Task]:
    """Return the tasks the queue handed the actor, and they did not give back; see `posts_handed_to`."""
    of_person = {"task_id": OuterRef("pk"), "person_id": actor.user.pk}
    held = Q(state__in=[LeaseState.HELD, LeaseState.SUBMITTED])
    lately = Q(state=LeaseState.EXPIRED, expires_at__gt=Now() - SHOWN_AFTER_EXPIRY)
    return Task.objects.filter(project_id=project_id).filter(
        Exists(Lease.objects.filter(held | lately, **of_person))
        | Exists(Submission.objects.filter(**of_person))
    )


def posts_handed_to(actor: Actor, project_id: uuid.UUID, post_ids: QuerySet[Any, uuid.UUID]) -> bool:
    """Return whether the queue handed one of these posts to the actor, and they did not give it back.

    What they hold, what they answered, and what ran out within the last day; never what they skipped or declined.
    """
    return tasks_handed_to(actor, project_id).filter(post_id__in=post_ids).exists()
