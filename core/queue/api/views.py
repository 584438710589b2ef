from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.queue import selectors, services
from core.queue.api import serializers as shapes
from core.queue.selectors.overview import exposure_of


class QueueView(ApiView):
    @extend_schema(operation_id="queue_waiting", responses=shapes.WaitingListOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        return Response(
            {
                "results": selectors.work_waiting(self.actor, project),
                "exposure_seconds": exposure_of(self.actor.user.pk, project),
            }
        )


class NextView(ApiView):
    @extend_schema(
        operation_id="queue_next", request=shapes.NextInput, responses={200: shapes.NextOutput, 204: None}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        data = validated(shapes.NextInput, request.data)
        services.languages_must_be_said(self.actor, project, kind=data["kind"])
        lease = services.lease_next(self.actor, project=project, kind=data["kind"], holding=data["holding"])
        if lease is None:
            services.must_not_be_paused(self.actor, project)
            return Response(status=204)
        draft = selectors.draft_of(lease)
        return Response(shapes.NextOutput({"lease": lease, "task": lease.task, "draft": draft}).data)


class LeaseRenewView(ApiView):
    @extend_schema(operation_id="lease_renew", request=None, responses=shapes.LeaseOutput)
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        return Response(shapes.LeaseOutput(services.lease_renew(self.actor, lease_id)).data)


class LeaseReleaseView(ApiView):
    @extend_schema(operation_id="lease_release", request=shapes.ReleaseLeaseInput, responses={204: None})
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        data = validated(shapes.ReleaseLeaseInput, request.data)
        services.lease_release(self.actor, lease_id, outcome=data["outcome"], reason=data["reason"])
        return Response(status=204)


class DraftView(ApiView):
    @extend_schema(operation_id="draft_save", request=shapes.DraftInput, responses=shapes.DraftSavedOutput)
    def put(self, request: Request, lease_id: uuid.UUID) -> Response:
        data = validated(shapes.DraftInput, request.data)
        draft = services.draft_save(self.actor, lease_id, document=data["document"], version=data["version"])
        return Response({"version": draft.version})


class ViewsView(ApiView):
    @extend_schema(operation_id="views_record", request=shapes.ViewsInput, responses={204: None})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.PROJECT_VIEW)
        data = validated(shapes.ViewsInput, request.data)
        services.views_record(
            self.actor, project=project, views=[services.ViewSpec(**view) for view in data["views"]]
        )
        return Response(status=204)


class MySubmissionsView(ApiView):
    @extend_schema(operation_id="my_submissions", responses=page_of(shapes.SubmissionOutput))
    def get(self, request: Request) -> Response:
        return self.page(selectors.submissions_by(self.actor), shapes.SubmissionOutput)


class OverviewView(ApiView):
    @extend_schema(operation_id="project_overview", responses=shapes.OverviewOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return Response(shapes.OverviewOutput(selectors.project_overview(project)).data)
