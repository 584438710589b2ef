"""The records that `citing` counts, one meaning at a time, so that a page of them takes no walk through a project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, LiteralString

from django.db.models import F, Q

from annotation.models import GoldAnswer
from annotation.selectors.votes import verdicts_counted
from core.db.planned import planned_rows
from policies.selectors import records_wanted
from policies.services import CitingRecord, RecordsSought

# Of a post's decisions the newest is in force, whatever is asked for; each is held against those after it along the
# index, so that what is not wanted costs no more than being passed.
_DECISIONS: LiteralString = """
SELECT decision.id, decision.post_id, post.external_id, post.language, decision.severity, decision.answer,
  decision.method, decision.created_at
FROM annotation_decision AS decision
JOIN content_post AS post ON post.id = decision.post_id
WHERE decision.project_id = %(project)s AND decision.clause_key = %(key)s
  AND decision.meaning_revision = %(meaning)s AND (%(after)s::uuid IS NULL OR decision.post_id < %(after)s)
  AND decision.answer IS NOT NULL AND (%(language)s::text IS NULL OR post.language = %(language)s)
  AND (%(severity)s::int IS NULL OR decision.severity = %(severity)s)
  AND (NOT %(is_without)s OR decision.severity IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM annotation_decision AS newer
    WHERE newer.project_id = %(project)s AND newer.clause_key = %(key)s AND newer.meaning_revision = %(meaning)s
      AND newer.post_id = decision.post_id AND newer.id > decision.id)
ORDER BY decision.post_id DESC LIMIT %(limit)s
"""


def records_citing(sought: RecordsSought) -> list[CitingRecord]:
    """Return the answers, decisions or gold items that are sought, by place descending."""
    reading = _READINGS.get(sought.noun)
    return [] if reading is None else reading(sought)


def _answers(sought: RecordsSought) -> list[CitingRecord]:
    rows = verdicts_counted(sought.project_id).filter(
        records_wanted(sought.wanted, language="post__language"),
        clause_key=sought.meaning.clause_key,
        meaning_revision=sought.meaning.before,
    )
    if sought.after is not None:
        item, own = sought.after
        rows = rows.filter(Q(post_id__lt=item) | Q(post_id=item, pk__lt=own), post_id__lte=item)
    return [
        CitingRecord(
            id=row.pk,
            place=(row.post_id, row.pk),
            target="post",
            target_id=row.post_id,
            post_id=row.post_id,
            name=row.post.external_id,
            created_at=row.created_at,
            language=row.post.language,
            severity=row.severity,
            answer=row.answer,
        )
        for row in rows.select_related("post").order_by("-post_id", "-pk")[: sought.limit]
    ]


def _decisions(sought: RecordsSought) -> list[CitingRecord]:
    severity = sought.wanted.severity
    values: dict[str, Any] = {
        "project": sought.project_id,
        "key": sought.meaning.clause_key,
        "meaning": sought.meaning.before,
        "after": None if sought.after is None else sought.after[0],
        "language": sought.wanted.language,
        "severity": None if severity == "none" else severity,
        "is_without": severity == "none",
        "limit": sought.limit,
    }
    return [
        CitingRecord(
            id=own,
            place=(post_id, own),
            target="post",
            target_id=post_id,
            post_id=post_id,
            name=name,
            created_at=created_at,
            language=language,
            severity=severity,
            answer=answer,
            method=method,
        )
        for own, post_id, name, language, severity, answer, method, created_at in planned_rows(
            _DECISIONS, values
        )
    ]


def _gold(sought: RecordsSought) -> list[CitingRecord]:
    meaning = sought.meaning
    rows = GoldAnswer.objects.filter(
        records_wanted(sought.wanted, language="item__post__language"),
        Q(meaning_to__isnull=True) | Q(meaning_to__gte=meaning.before),
        item__project_id=sought.project_id,
        item__retired_at__isnull=True,
        clause_key=meaning.clause_key,
        meaning_from__lte=meaning.before,
    )
    if sought.after is not None:
        rows = rows.filter(pk__lt=sought.after[1])
    rows = rows.annotate(
        post_id=F("item__post_id"), name=F("item__post__external_id"), language=F("item__post__language")
    )
    return [
        CitingRecord(
            id=row.pk,
            place=(row.pk, row.pk),
            target="post",
            target_id=row.post_id,
            post_id=row.post_id,
            name=row.name,
            created_at=row.created_at,
            language=row.language,
            severity=row.severity,
            answer=row.answer,
        )
        for row in rows.order_by("-pk")[: sought.limit]
    ]


_READINGS: dict[str, Callable[[RecordsSought], list[CitingRecord]]] = {
    "answers": _answers,
    "decisions": _decisions,
    "gold items": _gold,
}
