"""What a change of an axis clause costs: judgments and decisions that cite the meaning that stops holding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from policies.services import AffectedItem, ImpactCount, StoppedMeaning
from preferences.domain.decisions import Outcome
from preferences.domain.document import STRONGEST, Choice
from preferences.models import AxisAnswer, ClauseCitation, ComparisonDecision
from preferences.selectors.comparisons import current_decisions

_COUNT = """
SELECT answer.clause_key, prompt.language, count(*), coalesce(sum(submission.active_ms / shared.axes), 0)::bigint
FROM preferences_axis_answer answer
JOIN preferences_judgment judgment ON judgment.id = answer.judgment_id
JOIN queue_submission submission ON submission.id = judgment.submission_id AND submission.slot_id IS NOT NULL
JOIN preferences_comparison comparison ON comparison.id = judgment.comparison_id
JOIN preferences_prompt prompt ON prompt.id = comparison.prompt_id
CROSS JOIN LATERAL (
  SELECT count(*) AS axes FROM preferences_axis_answer other WHERE other.judgment_id = judgment.id
) AS shared
JOIN unnest(%(keys)s::text[], %(meanings)s::int[]) AS stopped(clause_key, meaning)
  ON stopped.clause_key = answer.clause_key AND stopped.meaning = answer.meaning_revision
WHERE judgment.project_id = %(project)s
  AND NOT EXISTS (SELECT 1 FROM queue_submission later WHERE later.supersedes_id = submission.id)
GROUP BY answer.clause_key, prompt.language
ORDER BY answer.clause_key, prompt.language
"""


class PreferenceImpact:
    """Judgments, decisions and cited clauses, as a source of a policy change's impact."""

    name = "preferences"

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Count what cites exactly one of ``stopped``."""
        if not stopped:
            return []
        return [
            *_judgments(project_id, stopped),
            *_decisions(project_id, stopped),
            *_citations(project_id, stopped),
        ]

    def affected(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], after: UUID | None, limit: int
    ) -> list[AffectedItem]:
        """Return comparisons whose current decision cites a stopped meaning and that nobody judged under the new."""
        asked = [each for each in stopped if each.after is not None]
        if not asked:
            return []
        renewed = set(
            _counting(project_id)
            .filter(_citing((each.clause_key, each.after) for each in asked if each.after is not None))
            .values_list("judgment__comparison_id", "clause_key")
        )
        rows = current_decisions().filter(
            _citing((each.clause_key, each.before) for each in asked), project_id=project_id
        )
        if after is not None:
            rows = rows.filter(comparison_id__gt=after)
        return _items(rows, renewed, limit)


def _items(
    rows: QuerySet[ComparisonDecision], renewed: set[tuple[UUID, str]], limit: int
) -> list[AffectedItem]:
    items: list[AffectedItem] = []
    open_rows: list[ComparisonDecision] = []
    for row in rows.iterator(chunk_size=500):
        if (row.comparison_id, row.clause_key) in renewed:
            continue
        if open_rows and open_rows[0].comparison_id != row.comparison_id:
            items.append(_item(open_rows))
            open_rows = []
            if len(items) == limit:
                return items
        open_rows.append(row)
    return [*items, _item(open_rows)] if open_rows else items


def _item(rows: Sequence[ComparisonDecision]) -> AffectedItem:
    return AffectedItem(
        item_id=rows[0].comparison_id,
        kind="compare",
        clause_keys=tuple(row.clause_key for row in rows),
        old_answers=[_old_answer(row) for row in rows],
    )


def _old_answer(row: ComparisonDecision) -> dict[str, object]:
    """Return the decision in the words of an answer; ``none`` where nothing had a majority."""
    if row.outcome not in (Outcome.A, Outcome.B):
        return {"clause_key": row.clause_key, "choice": row.outcome, "value": 0}
    strength = max(1, min(STRONGEST, round(abs(row.strength))))
    return {
        "clause_key": row.clause_key,
        "choice": str(Choice.PREFER),
        "value": -strength if row.outcome == Outcome.A else strength,
    }


def _citing(pairs: Iterable[tuple[str, int]]) -> Q:
    wanted = Q()
    for key, meaning in pairs:
        wanted |= Q(clause_key=key, meaning_revision=meaning)
    return wanted


def _counting(project_id: UUID) -> QuerySet[AxisAnswer]:
    return AxisAnswer.objects.filter(
        judgment__project_id=project_id,
        judgment__submission__slot__isnull=False,
        judgment__submission__superseded_by__isnull=True,
    )


def _judgments(project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            {
                "project": project_id,
                "keys": [each.clause_key for each in stopped],
                "meanings": [each.before for each in stopped],
            },
        )
        return [
            ImpactCount(clause_key=key, noun="judgments", count=count, language=language, active_ms=active_ms)
            for key, language, count, active_ms in cursor.fetchall()
        ]


def _decisions(project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    rows = (
        ComparisonDecision.objects.filter(
            _citing((each.clause_key, each.before) for each in stopped), project_id=project_id
        )
        .values("clause_key")
        .annotate(count=Count("comparison_id", distinct=True))
        .order_by("clause_key")
    )
    return [
        ImpactCount(clause_key=row["clause_key"], noun="comparison decisions", count=row["count"])
        for row in rows
    ]


def _citations(project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    rows = (
        ClauseCitation.objects.filter(
            _citing((each.clause_key, each.before) for each in stopped),
            assessment__judgment__project_id=project_id,
            assessment__judgment__submission__slot__isnull=False,
            assessment__judgment__submission__superseded_by__isnull=True,
        )
        .values("clause_key")
        .annotate(count=Count("id"))
        .order_by("clause_key")
    )
    return [
        ImpactCount(clause_key=row["clause_key"], noun="response assessments", count=row["count"])
        for row in rows
    ]
