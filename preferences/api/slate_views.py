from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get, pseudonyms
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.queue.api.review_serializers import sample_asked, sample_parameters
from preferences import selectors
from preferences.api import slate_serializers as shapes
from preferences.api.review_views import SUSPECTED, suspected_asked


class SlatesQuery(serializers.Serializer[object]):
    contains = serializers.CharField(required=False, max_length=200, default="")


class SlateListView(ApiView):
    @extend_schema(
        operation_id="slates",
        parameters=[OpenApiParameter("contains", str, description="Part of the external id.")],
        responses=page_of(shapes.SlateOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        asked = validated(SlatesQuery, request.query_params.dict())
        rows = selectors.slates_list(self.actor, project_id, contains=asked["contains"])
        return self.page(rows, shapes.SlateOutput, shown=selectors.slates_told)


class SlateView(ApiView):
    @extend_schema(operation_id="slate", responses=shapes.SlateDetailOutput)
    def get(self, request: Request, slate_id: uuid.UUID) -> Response:
        return Response(shapes.SlateDetailOutput(selectors.slate_results(self.actor, slate_id)).data)


class ReviewSlatesView(ApiView):
    @extend_schema(
        operation_id="review_slates",
        parameters=[
            *sample_parameters(
                disputed="Only where a pair is undecided on an axis, or fewer agree than the project asks for.",
                clause_key="Only where somebody answered this axis.",
            ),
            SUSPECTED,
        ],
        responses=page_of(shapes.SampledSlateOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.REVIEW_DECIDE)
        choice = sample_asked(request.query_params.dict(), pseudonyms(project.pk))
        rows = selectors.slates_to_review(
            project.pk,
            choice,
            reviewer_id=self.actor.user.pk,
            suspected=suspected_asked(request, project.pk),
        )
        return self.page(rows, shapes.SampledSlateOutput, shown=selectors.slate_sampled_told)


class SlateReviewView(ApiView):
    @extend_schema(operation_id="slate_review", responses=shapes.ReviewedSlateOutput)
    def get(self, request: Request, slate_id: uuid.UUID) -> Response:
        return Response(shapes.ReviewedSlateOutput(selectors.slate_to_review(self.actor, slate_id)).data)
