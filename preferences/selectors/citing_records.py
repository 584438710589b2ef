"""The judgments, ratings, decisions and assessments that cite one meaning of a clause, as listed behind its impact."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef

from policies.selectors import records_wanted
from policies.services import CitingRecord, RecordsSought
from preferences.domain.decisions import Outcome
from preferences.domain.document import Choice
from preferences.models import (
    AxisAnswer,
    ClauseCitation,
    Comparison,
    ComparisonDecision,
    GoldPairAnswer,
    RatingDecision,
    Slate,
    SlateOpinion,
    SlatePlacement,
)
from preferences.selectors.comparisons import axis_answers_counted, citations_counted
from preferences.selectors.gold import gold_answers_citing
from preferences.selectors.slates import opinions_counted, placements_counted


def records_citing(sought: RecordsSought) -> list[CitingRecord]:
    """Return the records that are sought, by place descending; of other nouns there are none."""
    if sought.noun == "response assessments":
        rows = [*_assessments(sought), *_opinions(sought)]
        return sorted(rows, key=lambda row: row.place, reverse=True)[: sought.limit]
    if sought.wanted.severity not in (None, "none"):
        return []
    if sought.noun == "judgments":
        return _judgments(sought)
    if sought.noun == "gold items":
        return _gold(sought)
    if sought.noun == "ratings":
        return _ratings(sought)
    if sought.noun == "rating decisions":
        return _rated(sought)
    return _decisions(sought) if sought.noun == "comparison decisions" else []


def _judgments(sought: RecordsSought) -> list[CitingRecord]:
    rows = axis_answers_counted(sought.project_id).filter(
        clause_key=sought.meaning.clause_key, meaning_revision=sought.meaning.before
    )
    if sought.wanted.language is not None:
        rows = rows.filter(judgment__comparison__prompt__language=sought.wanted.language)
    if sought.after is not None:
        rows = rows.filter(pk__lt=sought.after[1])
    rows = rows.select_related("judgment__comparison__prompt").order_by("-pk")
    return [_record(row, row.judgment.comparison, answer=_outcome(row)) for row in rows[: sought.limit]]


def _outcome(answer: AxisAnswer) -> str:
    if answer.choice != Choice.PREFER:
        return answer.choice
    return str(Outcome.A if answer.value < 0 else Outcome.B)


def _decisions(sought: RecordsSought) -> list[CitingRecord]:
    meaning = {"clause_key": sought.meaning.clause_key, "meaning_revision": sought.meaning.before}
    newer = ComparisonDecision.objects.filter(
        comparison_id=OuterRef("comparison_id"), pk__gt=OuterRef("pk"), **meaning
    )
    rows = ComparisonDecision.objects.filter(~Exists(newer), project_id=sought.project_id, **meaning)
    # Where nothing was decided nothing stops holding.
    rows = rows.exclude(outcome=str(Outcome.NONE))
    if sought.wanted.language is not None:
        rows = rows.filter(comparison__prompt__language=sought.wanted.language)
    if sought.after is not None:
        rows = rows.filter(comparison_id__lt=sought.after[0])
    rows = rows.select_related("comparison__prompt").order_by("-comparison_id")
    return [
        _record(row, row.comparison, answer=row.outcome, method=row.method, item_id=row.comparison_id)
        for row in rows[: sought.limit]
    ]


def _gold(sought: RecordsSought) -> list[CitingRecord]:
    rows = gold_answers_citing(sought.project_id, [sought.meaning])
    if sought.wanted.language is not None:
        rows = rows.filter(item__comparison__prompt__language=sought.wanted.language)
    if sought.after is not None:
        rows = rows.filter(pk__lt=sought.after[1])
    rows = rows.select_related("item__comparison__prompt").order_by("-pk")
    return [_record(row, row.item.comparison, answer=", ".join(row.outcomes)) for row in rows[: sought.limit]]


def _assessments(sought: RecordsSought) -> list[CitingRecord]:
    rows = citations_counted(sought.project_id).filter(
        records_wanted(
            sought.wanted,
            language="assessment__judgment__comparison__prompt__language",
            severity="assessment__severity",
        ),
        clause_key=sought.meaning.clause_key,
        meaning_revision=sought.meaning.before,
    )
    if sought.after is not None:
        rows = rows.filter(pk__lt=sought.after[1])
    rows = rows.select_related("assessment__judgment__comparison__prompt").order_by("-pk")
    return [
        _record(row, row.assessment.judgment.comparison, severity=row.assessment.severity)
        for row in rows[: sought.limit]
    ]


def _opinions(sought: RecordsSought) -> list[CitingRecord]:
    meaning = {"clause_key": sought.meaning.clause_key, "meaning_revision": sought.meaning.before}
    rows = opinions_counted(sought.project_id).filter(
        records_wanted(sought.wanted, language="answer__slate__prompt__language"), cited__contains=[meaning]
    )
    if sought.after is not None:
        rows = rows.filter(pk__lt=sought.after[1])
    rows = rows.select_related("answer__slate__prompt").order_by("-pk")
    return [_of_slate(row, row.answer.slate, severity=row.severity) for row in rows[: sought.limit]]


def _ratings(sought: RecordsSought) -> list[CitingRecord]:
    rows = placements_counted(sought.project_id).filter(
        clause_key=sought.meaning.clause_key, meaning_revision=sought.meaning.before
    )
    if sought.wanted.language is not None:
        rows = rows.filter(answer__slate__prompt__language=sought.wanted.language)
    if sought.after is not None:
        rows = rows.filter(pk__lt=sought.after[1])
    rows = rows.select_related("answer__slate__prompt").order_by("-pk")
    return [_of_slate(row, row.answer.slate, answer=str(row.value)) for row in rows[: sought.limit]]


def _rated(sought: RecordsSought) -> list[CitingRecord]:
    meaning = {"clause_key": sought.meaning.clause_key, "meaning_revision": sought.meaning.before}
    newer = RatingDecision.objects.filter(
        slate_id=OuterRef("slate_id"), place=OuterRef("place"), pk__gt=OuterRef("pk"), **meaning
    )
    rows = RatingDecision.objects.filter(~Exists(newer), project_id=sought.project_id, **meaning)
    if sought.wanted.language is not None:
        rows = rows.filter(slate__prompt__language=sought.wanted.language)
    if sought.after is not None:
        rows = rows.filter(pk__lt=sought.after[1])
    rows = rows.select_related("slate__prompt").order_by("-pk")
    return [_of_slate(row, row.slate, answer=f"{row.value:g}", method="mean") for row in rows[: sought.limit]]


def _of_slate(
    row: SlateOpinion | SlatePlacement | RatingDecision,
    slate: Slate,
    *,
    answer: str = "",
    method: str = "",
    severity: int | None = None,
) -> CitingRecord:
    return CitingRecord(
        id=row.pk,
        place=(row.pk, row.pk),
        target="slate",
        target_id=slate.pk,
        post_id=slate.prompt.post_id,
        name=slate.external_id,
        created_at=row.created_at,
        language=slate.prompt.language,
        severity=severity,
        answer=answer,
        method=method,
    )


def _record(
    row: AxisAnswer | ComparisonDecision | ClauseCitation | GoldPairAnswer,
    comparison: Comparison,
    *,
    item_id: UUID | None = None,
    answer: str = "",
    method: str = "",
    severity: int | None = None,
) -> CitingRecord:
    return CitingRecord(
        id=row.pk,
        place=(item_id or row.pk, row.pk),
        target="comparison",
        target_id=comparison.pk,
        post_id=comparison.prompt.post_id,
        name=comparison.external_id,
        created_at=row.created_at,
        language=comparison.prompt.language,
        severity=severity,
        answer=answer,
        method=method,
    )
