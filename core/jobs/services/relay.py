"""From the outbox to the broker, and back from the dead: the broker may lose everything without harm."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

from celery import current_app
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from core.jobs.domain.states import FINAL, JobState
from core.jobs.locks import job_lock_key
from core.jobs.models import Job, OutboxEntry

_log = logging.getLogger("concord.jobs")

RESEND_AFTER = timedelta(seconds=60)


def outbox_relay(*, limit: int = 200) -> int:
    """Send up to ``limit`` unsent entries to the broker, oldest first; return how many were sent.

    A crash between sending and committing sends an entry again, which is harmless: workers claim the job's
    row, so a second message finds nothing to do. Several relays may run; each takes other entries.
    """
    with transaction.atomic():
        entries = list(
            OutboxEntry.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(sent_at__isnull=True)
            .select_related("job")
            .order_by("id")[:limit]
        )
        for entry in entries:
            current_app.send_task(
                entry.job.kind, args=[str(entry.job_id)], queue=entry.job.queue, retry=False
            )
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
            sent_at=Now(), sendings=F("sendings") + 1
        )
    return len(entries)


def jobs_return_lost() -> int:
    """Put back what a lost worker or a lost broker left behind; return how many jobs.

    A running job whose advisory lock can be taken has no worker any more. A queued job whose message was
    sent a while ago may have lost it with the broker.
    """
    returned = 0
    for job_id in Job.objects.filter(state=JobState.RUNNING).values_list("pk", flat=True):
        returned += _return_if_abandoned(job_id)
    late = timezone.now() - RESEND_AFTER
    lost = OutboxEntry.objects.filter(job__state=JobState.QUEUED, sent_at__lt=late)
    returned += lost.update(sent_at=None, unsent_since=Now())
    OutboxEntry.objects.filter(job__state__in=FINAL, sent_at__isnull=True).delete()
    if returned:
        _log.warning("returned %d lost jobs to the queue", returned)
    return returned


def _return_if_abandoned(job_id: uuid.UUID) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [job_lock_key(job_id)])
        if not cursor.fetchone()[0]:
            return 0
        changed = Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(state=JobState.QUEUED)
        OutboxEntry.objects.filter(job_id=job_id).update(sent_at=None, unsent_since=Now())
        return changed
