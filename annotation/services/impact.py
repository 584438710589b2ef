"""What a change of policy would cost in label work: answers and decisions that stop holding."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from annotation.models import Decision, Verdict
from annotation.selectors.decisions import decisions_current
from annotation.selectors.votes import verdicts_counted
from policies.services import AffectedItem, ImpactCount, StoppedMeaning


class AnnotationImpact:
    """The labels' part in impact previews and campaigns (`policies.services.ImpactSource`)."""

    name = "annotation"

    def count(self, *, project_id: uuid.UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Count the answers and decisions that cite exactly a meaning that stops, by language and severity."""
        if not stopped:
            return []
        answers = verdicts_counted(project_id).filter(_cites(stopped))
        decisions = decisions_current(project_id).filter(_cites(stopped))
        return [*_answer_counts(answers), *_decision_counts(decisions)]

    def affected(
        self, *, project_id: uuid.UUID, stopped: Sequence[StoppedMeaning], after: uuid.UUID | None, limit: int
    ) -> list[AffectedItem]:
        """Return posts answered under a meaning that stops and not yet under the new one, by id."""
        asked = [meaning for meaning in stopped if meaning.after is not None]
        if not asked:
            return []
        rows = verdicts_counted(project_id).filter(_unanswered(project_id, asked))
        if after is not None:
            rows = rows.filter(post_id__gt=after)
        rows = rows.filter(post__is_hidden=False)
        post_ids = list(rows.order_by("post_id").values_list("post_id", flat=True).distinct()[:limit])
        cited = rows.filter(post_id__in=post_ids).order_by("post_id", "clause_key", "id")
        return _items(project_id, post_ids, list(cited), asked)


def _cites(stopped: Sequence[StoppedMeaning]) -> Q:
    condition = Q(pk__in=[])
    for meaning in stopped:
        condition |= Q(clause_key=meaning.clause_key, meaning_revision=meaning.before)
    return condition


def _unanswered(project_id: uuid.UUID, asked: Sequence[StoppedMeaning]) -> Q:
    condition = Q(pk__in=[])
    for meaning in asked:
        if meaning.after is None:
            continue
        again = verdicts_counted(project_id).filter(
            post_id=OuterRef("post_id"), clause_key=meaning.clause_key, meaning_revision=meaning.after
        )
        condition |= Q(clause_key=meaning.clause_key, meaning_revision=meaning.before) & ~Q(Exists(again))
    return condition


def _answer_counts(answers: QuerySet[Verdict]) -> list[ImpactCount]:
    together = (
        Verdict.objects.filter(submission_id=OuterRef("submission_id"))
        .order_by()
        .values("submission_id")
        .annotate(clauses=Count("id"))
        .values("clauses")
    )
    grouped = (
        answers.annotate(together=Subquery(together))
        .values("clause_key", "post__language", "severity")
        .annotate(count=Count("id"), active_ms=Sum(F("submission__active_ms") / F("together")))
        .order_by("clause_key", "post__language", "severity")
    )
    return [
        ImpactCount(
            clause_key=row["clause_key"],
            noun="answers",
            count=row["count"],
            language=row["post__language"],
            severity=row["severity"],
            active_ms=int(row["active_ms"] or 0),
        )
        for row in grouped
    ]


def _decision_counts(decisions: QuerySet[Decision]) -> list[ImpactCount]:
    grouped = (
        decisions.values("clause_key", "post__language", "severity")
        .annotate(count=Count("id"))
        .order_by("clause_key", "post__language", "severity")
    )
    return [
        ImpactCount(
            clause_key=row["clause_key"],
            noun="decisions",
            count=row["count"],
            language=row["post__language"],
            severity=row["severity"],
        )
        for row in grouped
    ]


def _items(
    project_id: uuid.UUID,
    post_ids: Sequence[uuid.UUID],
    cited: Sequence[Verdict],
    asked: Sequence[StoppedMeaning],
) -> list[AffectedItem]:
    """What each post was answered: the decision where there is one, else every answer, without names."""
    decided: dict[tuple[uuid.UUID, str], dict[str, Any]] = {
        (row.post_id, row.clause_key): _told(row)
        for row in decisions_current(project_id).filter(_cites(asked), post_id__in=post_ids)
    }
    answers: dict[uuid.UUID, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for verdict in cited:
        answers[verdict.post_id][verdict.clause_key].append(_told(verdict))
    return [
        AffectedItem(
            item_id=post_id,
            kind="label",
            clause_keys=tuple(sorted(answers[post_id])),
            old_answers=tuple(
                told
                for key, given in sorted(answers[post_id].items())
                for told in ([decided[post_id, key]] if (post_id, key) in decided else given)
            ),
        )
        for post_id in post_ids
    ]


def _told(row: Verdict | Decision) -> dict[str, Any]:
    told: dict[str, Any] = {"clause_key": row.clause_key, "answer": row.answer}
    if row.severity is not None:
        told["severity"] = row.severity
    if row.confidence is not None:
        told["confidence"] = row.confidence
    if row.reason:
        told["reason"] = row.reason
    return told
