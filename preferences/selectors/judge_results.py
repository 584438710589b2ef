"""What judges answered, comparison by comparison: for exports, and for who looks behind a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from core.accounts.selectors import Actor, Capability, project_get
from preferences.models import Comparison, JudgeCall, JudgeItem, JudgeRun
from preferences.selectors.judge_counts import JUDGED, PEOPLE
from preferences.selectors.rating_counts import RatingScope

WHICH = ("disagree", "inconsistent", "unclear", "changed", "all")


@dataclass(frozen=True)
class JudgeVoteView:
    """One answer of a model judge, in stored order."""

    call_id: UUID
    comparison_id: UUID
    release_id: UUID
    judge: str
    model: str
    version: str
    fingerprint: str
    clause_key: str
    meaning_revision: int
    choice: str
    value: int
    shown_first: str
    said: str
    duration_ms: int


def judge_votes_between(project_id: UUID, first: UUID, last: UUID) -> Iterator[JudgeVoteView]:
    """Yield what judges answered about the project's comparisons from the first to the last, by the answers' id.

    What was no answer is left out.
    """
    rows = (
        JudgeCall.objects.filter(
            item__run__project_id=project_id,
            item__comparison_id__gte=first,
            item__comparison_id__lte=last,
            choice__isnull=False,
        )
        .select_related("item__run")
        .order_by("pk")
    )
    for call in rows:
        run = call.item.run
        yield JudgeVoteView(
            call_id=call.pk,
            comparison_id=call.item.comparison_id,
            release_id=run.release_id,
            judge=run.judge,
            model=str(run.model_told.get("model", "")),
            version=run.version,
            fingerprint=run.fingerprint,
            clause_key=call.clause_key,
            meaning_revision=call.meaning_revision,
            choice=call.choice or "",
            value=call.value,
            shown_first="b" if call.swapped else "a",
            said=call.said,
            duration_ms=call.duration_ms,
        )


# What the run before said is nothing to who has none.
_CHOSEN = f"""
WITH {PEOPLE}, {JUDGED}
SELECT mine.comparison_id, people.outcome, mine.plain, mine.turned, mine.outcome, earlier.outcome
FROM answered mine
LEFT JOIN people ON people.comparison_id = mine.comparison_id
LEFT JOIN answered earlier ON earlier.who = %(before)s AND earlier.comparison_id = mine.comparison_id
WHERE mine.who = %(run)s AND CASE %(which)s
  WHEN 'disagree' THEN mine.outcome <> '' AND people.outcome <> mine.outcome
  WHEN 'inconsistent' THEN mine.plain <> '' AND mine.turned <> '' AND mine.plain <> mine.turned
  WHEN 'unclear' THEN mine.outcome = ''
  WHEN 'changed' THEN earlier.outcome <> mine.outcome
  ELSE true END
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class JudgedComparisonView:
    """A comparison a run asked about; outcomes in stored order, as in `preferences.domain.judge_figures.Pattern`.

    ``before``: what the judge's run before made of it.
    """

    item_id: UUID
    comparison: Comparison
    people: str | None
    plain: str | None
    turned: str | None
    answer: str
    before: str | None
    calls: Sequence[JudgeCall]


def judge_items(actor: Actor, run: JudgeRun, *, clause_key: str, which: str) -> QuerySet[JudgeItem]:
    """Return the comparisons of a run of which ``which`` holds on one axis, in the order of asking.

    Raises
    ------
    CapabilityMissingError
    """
    project_get(actor, run.project_id, needs=Capability.RESULTS_VIEW)
    chosen = [row[0] for row in _rows(run, clause_key, which)]
    return JudgeItem.objects.filter(run=run, comparison_id__in=chosen).exclude(
        comparison__prompt__post__is_hidden=True
    )


def judge_items_told(
    run: JudgeRun, items: Sequence[JudgeItem], *, clause_key: str
) -> list[JudgedComparisonView]:
    """Return what is to be told of these items."""
    said = {row[0]: row[1:] for row in _rows(run, clause_key, "all")}
    ids = [item.comparison_id for item in items]
    comparisons = Comparison.objects.select_related("prompt", "response_a", "response_b").in_bulk(ids)
    calls: dict[UUID, list[JudgeCall]] = {}
    rows = JudgeCall.objects.filter(item__in=[item.pk for item in items], clause_key=clause_key)
    for call in rows.order_by("swapped"):
        calls.setdefault(call.item_id, []).append(call)
    found = []
    for item in items:
        people, plain, turned, answer, before = said.get(item.comparison_id, (None, None, None, "", None))
        found.append(
            JudgedComparisonView(
                item.pk,
                comparisons[item.comparison_id],
                None if people == "none" else people,
                plain,
                turned,
                answer,
                before,
                calls.get(item.pk, []),
            )
        )
    return found


def _rows(run: JudgeRun, clause_key: str, which: str) -> list[Any]:
    meaning = (
        run.release.clauses.filter(key=clause_key).values_list("meaning_revision", flat=True).first() or 0
    )
    before = (
        JudgeRun.objects.filter(
            project_id=run.project_id, judge=run.judge, pk__lt=run.pk, clause_keys__contains=[clause_key]
        )
        .order_by("-id")
        .values_list("pk", flat=True)
        .first()
    )
    params = {
        **RatingScope(clause_key, meaning).params(run.project_id),
        "run": run.pk,
        "before": before,
        "which": which,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN, params)
        return list(cursor.fetchall())
