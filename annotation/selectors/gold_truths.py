"""What people answered where the truth is known: what reliability can be counted by instead of guessed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from annotation.models import GoldAnswer, Verdict
from annotation.selectors.gold import results_standing


@dataclass(frozen=True, slots=True)
class GoldVote:
    """One person's answer to a clause of a gold post, beside what is known of it."""

    item_id: uuid.UUID
    person_id: uuid.UUID
    answer: str
    severity: int | None
    known_answer: str
    known_severity: int | None


def gold_votes(project_id: uuid.UUID, clause_key: str, meaning_revision: int) -> list[GoldVote]:
    """Return the answers to gold in use with the clause's meaning, oldest first; none of an onboarding."""
    given = Verdict.objects.filter(submission_id=OuterRef("submission_id"), clause_key=clause_key)
    known = GoldAnswer.objects.filter(item_id=OuterRef("item_id"), clause_key=clause_key)
    rows = (
        results_standing(project_id)
        .filter(clause_key=clause_key, meaning_revision=meaning_revision, item__retired_at__isnull=True)
        .annotate(
            answer=Subquery(given.values("answer")[:1]),
            severity=Subquery(given.values("severity")[:1]),
            known_answer=Subquery(known.values("answer")[:1]),
            known_severity=Subquery(known.values("severity")[:1]),
        )
        .order_by("id")
        .values_list("item_id", "person_id", "answer", "severity", "known_answer", "known_severity")
    )
    return [GoldVote(*row) for row in rows]
