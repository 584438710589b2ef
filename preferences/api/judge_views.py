from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Actor, Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.jobs.api.serializers import JobOutput
from core.storage.uploads import OneFileParser, SpooledUpload
from preferences import selectors, services
from preferences.api import judge_serializers as shapes
from preferences.api.judging_views import JudgingQuery
from preferences.domain.routing import DOUBTS, Doubt
from preferences.models import JudgeRun
from preferences.selectors.judge_results import judge_items, judge_items_told
from preferences.selectors.judge_sample import Which

_ASKED = [OpenApiParameter("release_id", str), OpenApiParameter("clause_key", str)]


def _choice(request: Request) -> services.JudgeChoice:
    data = validated(shapes.JudgeRunInput, request.data)
    return services.JudgeChoice(
        **{**data, "clause_keys": tuple(data["clause_keys"]), "which": Which(data["which"])}
    )


def _detail(actor: Actor, run_id: uuid.UUID) -> JudgeRun:
    run = selectors.judge_run_get(actor, run_id)
    run.cost = selectors.judge_run_cost(run)  # type: ignore[attr-defined]
    return run


class JudgesView(ApiView):
    @extend_schema(operation_id="judges", parameters=_ASKED, responses=shapes.JudgesOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        query = validated(JudgingQuery, request.query_params.dict())
        return Response(shapes.JudgesOutput(selectors.judges_get(self.actor, project_id, **query)).data)


class JudgeRunListView(ApiView):
    @extend_schema(operation_id="judge_run_list", responses=page_of(shapes.JudgeRunOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return self.page(selectors.judge_runs_in(project), shapes.JudgeRunOutput)

    @extend_schema(
        operation_id="judge_run_start",
        request=shapes.JudgeRunInput,
        responses={202: shapes.JudgeRunDetailOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.JUDGES_RUN)
        started = services.judge_run_start(self.actor, project_id, _choice(request))
        return Response(shapes.JudgeRunDetailOutput(_detail(self.actor, started.pk)).data, status=202)


class JudgeRunEstimateView(ApiView):
    @extend_schema(
        operation_id="judge_run_estimate", request=shapes.JudgeRunInput, responses=shapes.JudgePlanOutput
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.JUDGES_RUN)
        plan = services.judge_run_estimate(self.actor, project_id, _choice(request))
        return Response(shapes.JudgePlanOutput(plan).data)


class JudgeRunView(ApiView):
    @extend_schema(operation_id="judge_run_get", responses=shapes.JudgeRunDetailOutput)
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        return Response(shapes.JudgeRunDetailOutput(_detail(self.actor, run_id)).data)


class JudgeRunResumeView(ApiView):
    @extend_schema(
        operation_id="judge_run_resume", request=None, responses={202: shapes.JudgeRunDetailOutput}
    )
    def post(self, request: Request, run_id: uuid.UUID) -> Response:
        services.judge_run_resume(self.actor, run_id)
        return Response(shapes.JudgeRunDetailOutput(_detail(self.actor, run_id)).data, status=202)


class JudgeItemListView(ApiView):
    @extend_schema(
        operation_id="judge_items",
        parameters=[shapes.JudgeItemsQuery],
        responses=page_of(shapes.JudgedComparisonOutput),
    )
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        run = selectors.judge_run_get(self.actor, run_id)
        query = validated(shapes.JudgeItemsQuery, request.query_params.dict())
        rows = judge_items(self.actor, run, **query)
        return self.page(
            rows,
            shapes.JudgedComparisonOutput,
            ordering=("place", "id"),
            shown=lambda page: judge_items_told(run, page, clause_key=query["clause_key"]),
        )


class JudgeDoubtsView(ApiView):
    @extend_schema(
        operation_id="judge_doubts_ask",
        request=shapes.JudgeDoubtsInput,
        responses={201: shapes.JudgeDoubtsOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.TASKS_MANAGE)
        data = validated(shapes.JudgeDoubtsInput, request.data)
        doubts = [Doubt(each) for each in data.pop("doubts", DOUBTS)]
        asked = services.judge_doubts_ask(self.actor, project_id, **data, doubts=doubts)
        return Response(shapes.JudgeDoubtsOutput(asked).data, status=201)


class JudgeImportView(ApiView):
    parser_classes = [OneFileParser]

    @extend_schema(
        operation_id="judge_import_start",
        parameters=_ASKED,
        request={"multipart/form-data": shapes.JudgeImportInput},
        responses={202: JobOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.JUDGES_RUN)
        query = validated(JudgingQuery, request.query_params.dict())
        upload: SpooledUpload = validated(shapes.JudgeImportInput, request.data)["file"]
        with upload.writer:
            job = services.judge_import_start(self.actor, project_id, upload=upload.writer, **query)
        return Response(JobOutput(job).data, status=202)
