from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get
from core.http.views import ApiView, page_of
from core.jobs import selectors, services
from core.jobs.api.serializers import JobOutput


class JobListView(ApiView):
    @extend_schema(operation_id="job_list", responses=page_of(JobOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.JOBS_VIEW)
        return self.page(selectors.jobs_in(project), JobOutput)


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
