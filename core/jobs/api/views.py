from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.jobs import selectors, services
from core.jobs.api.serializers import JobCountOutput, JobOutput


class JobsQuery(serializers.Serializer[object]):
    kind = serializers.CharField(required=False, max_length=60, default=None)
    exclude_kind = serializers.CharField(required=False, max_length=60, default=None)


class JobListView(ApiView):
    @extend_schema(
        operation_id="job_list",
        parameters=[
            OpenApiParameter(
                "kind", str, description="Jobs of this kind only, such as content.import_posts."
            ),
            OpenApiParameter("exclude_kind", str, description="Jobs of every other kind."),
        ],
        responses=page_of(JobOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.JOBS_VIEW)
        query = validated(JobsQuery, request.query_params.dict())
        return self.page(
            selectors.jobs_in(project, kind=query["kind"], exclude_kind=query["exclude_kind"]), JobOutput
        )


class JobCountsView(ApiView):
    @extend_schema(operation_id="job_counts", responses=JobCountOutput(many=True))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.JOBS_VIEW)
        return Response(JobCountOutput(selectors.job_counts(project), many=True).data)


class JobView(ApiView):
    @extend_schema(operation_id="job_get", responses=JobOutput)
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        return Response(JobOutput(selectors.job_get(self.actor, job_id)).data)


class JobCancelView(ApiView):
    @extend_schema(operation_id="job_cancel", request=None, responses=JobOutput)
    def post(self, request: Request, job_id: uuid.UUID) -> Response:
        return Response(
            JobOutput(services.job_cancel(self.actor, selectors.job_get(self.actor, job_id))).data
        )
