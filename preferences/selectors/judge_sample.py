"""Which comparisons a judge is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from preferences.models import Comparison, ComparisonDecision, GoldPair


class Which(StrEnum):
    """All comparisons, those that people decided on some of the axes, or those they did not."""

    ALL = "all"
    DECIDED = "decided"
    UNDECIDED = "undecided"


def comparisons_judgeable(project_id: UUID) -> QuerySet[Comparison]:
    """Return the comparisons that may be put before a judge: of texts, of no slate, about no hidden post.

    Those whose answer is known are left out: what measures people does not leave the house.
    """
    known = GoldPair.objects.filter(comparison_id=OuterRef("pk"), retired_at__isnull=True)
    rows = Comparison.objects.filter(~Exists(known), project_id=project_id, slate__isnull=True)
    # Pictures, sounds and films are not put before a judge, and what is said of them would not be about the whole.
    of_texts = Q(
        prompt__material__isnull=True, response_a__material__isnull=True, response_b__material__isnull=True
    )
    return rows.filter(of_texts).exclude(prompt__post__is_hidden=True)


def judge_sample(
    project_id: UUID, *, which: Which, clause_keys: Iterable[str], most: int, seed: int
) -> list[UUID]:
    """Return at most so many comparisons in an order that follows from seed and comparison alone.

    The same seed asks the same ones again, so that two versions of a judge can be told apart on them.
    """
    rows = comparisons_judgeable(project_id)
    decided = Exists(
        ComparisonDecision.objects.filter(
            comparison_id=OuterRef("pk"), clause_key__in=list(clause_keys), votes__gt=0
        )
    )
    if which is Which.DECIDED:
        rows = rows.filter(decided)
    elif which is Which.UNDECIDED:
        rows = rows.filter(~decided)
    salt = f"judge\0{seed}\0".encode()
    ids = rows.order_by("id").values_list("pk", flat=True)
    return sorted(ids, key=lambda one: sha256(salt + one.bytes).digest())[:most]
