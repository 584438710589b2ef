from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get, pseudonyms
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.queue.api.review_serializers import ReviewOutput, sample_asked, sample_parameters
from preferences import selectors, services
from preferences.api import review_serializers as shapes


class SuspectedQuery(serializers.Serializer[object]):
    suspected = serializers.CharField(required=False, max_length=64, default=None)


SUSPECTED = OpenApiParameter(
    "suspected", str, description="Only answers that fight everything else on this axis, as measured last."
)


def suspected_asked(request: Request, project_id: uuid.UUID) -> list[uuid.UUID] | None:
    """Return the suspects that a list is asked to be cut down to, if it is."""
    axis = validated(SuspectedQuery, request.query_params.dict())["suspected"]
    return None if axis is None else selectors.submissions_suspected(project_id, clause_key=axis)


class ReviewComparisonsView(ApiView):
    @extend_schema(
        operation_id="review_comparisons",
        parameters=[
            *sample_parameters(
                disputed="Only where an axis is undecided, or fewer agree than the project asks for.",
                clause_key="Only where somebody answered this axis.",
            ),
            SUSPECTED,
        ],
        responses=page_of(shapes.SampledComparisonOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.REVIEW_DECIDE)
        choice = sample_asked(request.query_params.dict(), pseudonyms(project.pk))
        rows = selectors.comparisons_to_review(
            project.pk,
            choice,
            reviewer_id=self.actor.user.pk,
            suspected=suspected_asked(request, project.pk),
        )
        return self.page(
            rows,
            shapes.SampledComparisonOutput,
            shown=lambda page: [selectors.sampled_told(comparison) for comparison in page],
        )


class ReviewPeopleView(ApiView):
    @extend_schema(operation_id="review_people", responses=shapes.JudgingPeopleOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.REVIEW_DECIDE)
        return Response(shapes.JudgingPeopleOutput({"people": selectors.people_judging(project.pk)}).data)


class ComparisonReviewView(ApiView):
    @extend_schema(operation_id="comparison_review", responses=shapes.ReviewedComparisonOutput)
    def get(self, request: Request, comparison_id: uuid.UUID) -> Response:
        found = selectors.comparison_to_review(self.actor, comparison_id)
        return Response(shapes.ReviewedComparisonOutput(found).data)


class JudgmentReviewsView(ApiView):
    @extend_schema(
        operation_id="judgment_review",
        request=shapes.JudgmentReviewInput,
        responses={201: ReviewOutput, 200: ReviewOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID, submission_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.REVIEW_DECIDE)
        data = validated(shapes.JudgmentReviewInput, request.data)
        sent = data["amendment"]
        review, is_new = services.judgment_review(
            self.actor,
            submission_id,
            project_id=project_id,
            review_id=data["id"],
            outcome=data["outcome"],
            comment=data["comment"],
            found_by=data.get("found_by"),
            amendment=(
                None
                if sent is None
                else services.JudgmentAmendment(sent["id"], sent["document"], sent["active_ms"])
            ),
        )
        return Response(ReviewOutput(review).data, status=201 if is_new else 200)


class ComparisonAdjudicationsView(ApiView):
    @extend_schema(
        operation_id="comparison_adjudicate",
        request=shapes.PairAdjudicationInput,
        responses={201: shapes.PairAdjudicatedOutput},
    )
    def post(self, request: Request, comparison_id: uuid.UUID) -> Response:
        selectors.comparison_get(self.actor, comparison_id, needs=Capability.REVIEW_DECIDE)
        data = validated(shapes.PairAdjudicationInput, request.data)
        decision = services.comparison_adjudicate(self.actor, comparison_id, **data)
        return Response(shapes.PairAdjudicatedOutput(decision).data, status=201)
