"""Which posts the queue may hand out as gold, told by the app that knows the answers."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from core.accounts.selectors import Project
from core.queue.domain.states import MEASURING_SOURCES, TaskState
from core.queue.models import GoldOffer, PairOffer, Task
from core.queue.services.harms import wards_spoken
from core.queue.services.tasks import tasks_withdraw


@dataclass(frozen=True, slots=True)
class Offer:
    """A post that may be handed out under a release: what would be asked of it, and what of that is known."""

    item_id: uuid.UUID
    post_id: uuid.UUID
    release_id: uuid.UUID
    clause_keys: Sequence[str]
    known_keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class KnownPair:
    """A pair that may be handed out under a release, with its post if it has one, and what of it is known.

    ``language`` is its tag where no post tells it.
    """

    item_id: uuid.UUID
    comparison_id: uuid.UUID
    post_id: uuid.UUID | None
    release_id: uuid.UUID
    known_keys: Sequence[str]
    language: str = ""


@transaction.atomic
def gold_offers_set(project: Project, *, item_ids: Collection[uuid.UUID], offers: Sequence[Offer]) -> None:
    """Offer these items as told, and in no other way; whatever else is asked about their posts is withdrawn.

    Somebody who got an offered post once more as an ordinary task would know it.
    """
    GoldOffer.objects.filter(project=project, item_id__in=item_ids).delete()
    GoldOffer.objects.bulk_create(
        GoldOffer(
            project=project,
            item_id=offer.item_id,
            post_id=offer.post_id,
            release_id=offer.release_id,
            clause_keys=list(offer.clause_keys),
            known_keys=list(offer.known_keys),
        )
        for offer in offers
    )
    posts = {offer.post_id for offer in offers}
    open_tasks = Task.objects.filter(project=project, kind="label", post_id__in=posts, state=TaskState.OPEN)
    task_ids = list(open_tasks.exclude(source="gold").values_list("pk", flat=True))
    if task_ids:
        tasks_withdraw(None, project=project, task_ids=task_ids)


@transaction.atomic
def pair_offers_set(
    project: Project, *, item_ids: Collection[uuid.UUID], offers: Sequence[KnownPair]
) -> None:
    """Do what `gold_offers_set` does, of pairs."""
    PairOffer.objects.filter(project=project, item_id__in=item_ids).delete()
    spoken = wards_spoken({offer.language for offer in offers if offer.post_id is None})
    PairOffer.objects.bulk_create(
        PairOffer(
            project=project,
            item_id=offer.item_id,
            comparison_id=offer.comparison_id,
            post_id=offer.post_id,
            release_id=offer.release_id,
            known_keys=list(offer.known_keys),
            ward_id=spoken.get(offer.language, 0) if offer.post_id is None else 0,
        )
        for offer in offers
    )
    pairs = {offer.comparison_id for offer in offers}
    open_tasks = Task.objects.filter(
        project=project, kind="compare", comparison_id__in=pairs, state=TaskState.OPEN
    )
    task_ids = list(open_tasks.exclude(source__in=MEASURING_SOURCES).values_list("pk", flat=True))
    if task_ids:
        tasks_withdraw(None, project=project, task_ids=task_ids)
