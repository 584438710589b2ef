from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors, services
from annotation.api import review_serializers as shapes
from core.accounts.selectors import Capability, project_get, pseudonyms
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.queue.api.review_serializers import ReviewOutput, sample_asked, sample_parameters


class ReviewSampleView(ApiView):
    @extend_schema(
        operation_id="review_sample",
        parameters=sample_parameters(
            disputed="Only where somebody else answered otherwise.",
            clause_key="Only answers to this clause.",
        ),
        responses=page_of(shapes.SampledSubmissionOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.REVIEW_DECIDE)
        names = pseudonyms(project.pk)
        choice = sample_asked(request.query_params.dict(), names)
        rows = selectors.submissions_to_review(project.pk, choice, reviewer_id=self.actor.user.pk)
        return self.page(rows, shapes.SampledSubmissionOutput, context={"names": names})


class ReviewsView(ApiView):
    @extend_schema(
        operation_id="review_record",
        request=shapes.ReviewInput,
        responses={201: ReviewOutput, 200: ReviewOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID, submission_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.REVIEW_DECIDE)
        data = validated(shapes.ReviewInput, request.data)
        sent = data["amendment"]
        review, is_new = services.answer_review(
            self.actor,
            submission_id,
            project_id=project_id,
            review_id=data["id"],
            outcome=data["outcome"],
            comment=data["comment"],
            found_by=data.get("found_by"),
            amendment=(
                None if sent is None else services.Amendment(sent["id"], sent["document"], sent["active_ms"])
            ),
        )
        return Response(ReviewOutput(review).data, status=201 if is_new else 200)
