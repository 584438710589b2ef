from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q

from exports.models import VersionMeaning
from policies.services import AffectedItem, ImpactCount, StoppedMeaning


class ExportsImpact:
    """The dataset versions' part in impact previews (`policies.services.ImpactSource`)."""

    name = "exports"

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Count the versions that hold rows resting on exactly a meaning that stops."""
        cites = Q(pk__in=[])
        for meaning in stopped:
            cites |= Q(clause_key=meaning.clause_key, meaning_revision=meaning.before)
        grouped = (
            VersionMeaning.objects.filter(cites, version__dataset__project_id=project_id)
            .values("clause_key")
            .annotate(versions=Count("version", distinct=True))
            .order_by("clause_key")
        )
        return [
            ImpactCount(clause_key=row["clause_key"], noun="dataset versions", count=row["versions"])
            for row in grouped
        ]

    def affected(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], after: UUID | None, limit: int
    ) -> list[AffectedItem]:
        """Return nothing: a version is never asked again, a new one is built."""
        return []
