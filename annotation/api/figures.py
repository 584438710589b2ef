"""The figures of the pages about agreement, annotators and unclear rules: how each is reckoned, and how it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from annotation import selectors, services
from annotation.api import agreement_serializers, people_serializers, unclear_serializers
from annotation.selectors.agreement import SliceKind
from annotation.services.measuring import figures_register
from core.content.selectors import posts_in
from core.jobs.api.serializers import JobOutput
from policies.selectors import ReleaseView

AGREEMENT, ANNOTATORS, UNCLEAR = "agreement", "annotators", "unclear"

CURRENT = OpenApiParameter(
    "current",
    bool,
    description=(
        "False: whatever figures are kept, at once, however old. True: those of a few answers are measured now; "
        "those of many are counted by a job, and what is kept comes with it."
    ),
)


def responses(shape: type[Any]) -> dict[int, type[Any]]:
    """Return the schema of what `response_of` sends."""
    return {200: shape, 202: JobOutput}


def response_of(
    told: services.FiguresTold, shown: Callable[[selectors.Measured], Mapping[str, Any]]
) -> Response:
    """Return the figures with the moment they are of; where there are none yet, the job that counts them."""
    job = None if told.job is None else JobOutput(told.job).data
    if told.measured is None:
        return Response(job, status=202)
    known = {
        "measured_at": told.measured.measured_at,
        "is_current": told.measured.is_current,
        "counting": told.job,
    }
    return Response({**agreement_serializers.MeasuredOutput(known).data, **shown(told.measured)})


def register() -> None:
    """Have workers and requests reckon them alike."""
    figures_register(AGREEMENT, _agreement)
    figures_register(ANNOTATORS, _annotators)
    figures_register(UNCLEAR, _unclear, rests_on=selectors.unclear_rests_on)


def _agreement(project_id: uuid.UUID, releases: Sequence[ReleaseView], of: str) -> dict[str, Any]:
    by = cast(SliceKind, of) if of else None
    found = selectors.agreement_measured(project_id, releases, by=by)
    return dict(agreement_serializers.AgreementFiguresOutput(found).data)


def _annotators(project_id: uuid.UUID, releases: Sequence[ReleaseView], of: str) -> dict[str, Any]:
    """Everybody's results in full, by person."""
    found = selectors.people_results(project_id, releases)
    shape = people_serializers.ResultDetailOutput
    return {str(person_id): shape(result).data for person_id, result in found.items()}


def _unclear(project_id: uuid.UUID, releases: Sequence[ReleaseView], of: str) -> dict[str, Any]:
    found = selectors.clauses_unclear(project_id, releases, language=of)
    spoken = posts_in(project_id).exclude(language="").order_by("language")
    named = list(spoken.values_list("language", flat=True).distinct()[:200])
    return dict(unclear_serializers.UnclearFiguresOutput({"clauses": found, "languages": named}).data)
