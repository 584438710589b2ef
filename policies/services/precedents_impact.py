from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from policies.domain.impact import AsksNobody, CitingRecord, ImpactCount, RecordsSought, StoppedMeaning
from policies.models import Precedent
from policies.models.precedent import PrecedentState
from policies.selectors.citing import records_wanted
from policies.selectors.precedents import precedents_open


class PrecedentsImpact(AsksNobody):
    """Precedents' part in impact previews: how many would stop holding (`policies.domain.impact.ImpactSource`).

    A precedent is told apart from the decision that it became. An expert rules again where it is worth it.
    """

    name = "precedents"

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Count the precedents that are not retired and cite exactly a meaning that stops."""
        if not stopped:
            return []
        cites = Q(pk__in=[])
        for meaning in stopped:
            cites |= Q(clause_key=meaning.clause_key, meaning_revision=meaning.before)
        grouped = (
            precedents_open(project_id)
            .filter(cites & _IN_USE)
            .values("clause_key", "post__language", "severity")
            .annotate(count=Count("id"))
            .order_by("clause_key", "post__language", "severity")
        )
        return [
            ImpactCount(
                clause_key=row["clause_key"],
                noun="precedents",
                count=row["count"],
                language=row["post__language"],
                severity=row["severity"],
            )
            for row in grouped
        ]

    def records(self, sought: RecordsSought) -> list[CitingRecord]:
        """Return the precedents on one meaning that are not retired, the newest first."""
        if sought.noun != "precedents":
            return []
        return [
            CitingRecord(
                id=row.pk,
                place=(row.pk, row.pk),
                target="precedent",
                target_id=row.pk,
                post_id=row.post_id,
                name=row.post.external_id,
                created_at=row.created_at,
                language=row.post.language,
                severity=row.severity,
                answer=row.answer,
            )
            for row in _sought(sought)
        ]


_IN_USE = ~Q(state=PrecedentState.RETIRED)


def _sought(sought: RecordsSought) -> QuerySet[Precedent]:
    wanted = _IN_USE & records_wanted(sought.wanted, language="post__language")
    wanted &= Q(clause_key=sought.meaning.clause_key, meaning_revision=sought.meaning.before)
    rows = precedents_open(sought.project_id).filter(wanted)
    if sought.after is not None:
        rows = rows.filter(pk__lt=sought.after[1])
    return rows.select_related("post").order_by("-pk")[: sought.limit]
