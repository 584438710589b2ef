from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Actor, Capability, project_get
from core.http.parsing import StrictJSONParser
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.storage import BlobWriter
from core.storage.uploads import OneFileParser, SpooledUpload
from preferences import selectors, services
from preferences.api import sampling_serializers as shapes
from preferences.domain.sampling import Becomes, Beside, PromptsFrom
from preferences.models import SamplingRun

_BODY = {"application/json": shapes.SamplingRunInput, "multipart/form-data": shapes.SamplingFileInput}


@contextmanager
def _chosen(request: Request) -> Iterator[tuple[services.SamplingChoice, BlobWriter | None]]:
    """Read the choice, and lend the file of prompts that came with it, which is thrown away afterwards."""
    is_form = (request.content_type or "").startswith("multipart/")
    data = validated(shapes.SamplingFileInput if is_form else shapes.SamplingRunInput, request.data)
    upload: SpooledUpload | None = data.pop("file", None)
    source = PromptsFrom.PROJECT if upload is None else PromptsFrom.FILE
    data |= {"becomes": Becomes(data["becomes"]), "beside": Beside(data["beside"])}
    choice = services.SamplingChoice(**data, prompts_from=source)
    if upload is None:
        yield choice, None
    else:
        with upload.writer:
            yield choice, upload.writer


def _detail(actor: Actor, run_id: uuid.UUID) -> SamplingRun:
    run = selectors.sampling_run_get(actor, run_id)
    run.cost = selectors.sampling_run_cost(run)  # type: ignore[attr-defined]
    return run


class SamplingRunListView(ApiView):
    parser_classes = [StrictJSONParser, OneFileParser]

    @extend_schema(operation_id="sampling_run_list", responses=page_of(shapes.SamplingRunOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return self.page(selectors.sampling_runs_in(project), shapes.SamplingRunOutput)

    @extend_schema(
        operation_id="sampling_run_start", request=_BODY, responses={202: shapes.SamplingRunDetailOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.CONTENT_IMPORT)
        with _chosen(request) as (choice, upload):
            run = services.sampling_run_start(self.actor, project_id, choice, upload=upload)
        return Response(shapes.SamplingRunDetailOutput(_detail(self.actor, run.pk)).data, status=202)


class SamplingRunEstimateView(ApiView):
    parser_classes = [StrictJSONParser, OneFileParser]

    @extend_schema(operation_id="sampling_run_estimate", request=_BODY, responses=shapes.SamplingPlanOutput)
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.CONTENT_IMPORT)
        with _chosen(request) as (choice, upload):
            plan = services.sampling_run_estimate(self.actor, project_id, choice, upload=upload)
        return Response(shapes.SamplingPlanOutput(plan).data)


class SamplingRunView(ApiView):
    @extend_schema(operation_id="sampling_run_get", responses=shapes.SamplingRunDetailOutput)
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        return Response(shapes.SamplingRunDetailOutput(_detail(self.actor, run_id)).data)


class SamplingRunResumeView(ApiView):
    @extend_schema(
        operation_id="sampling_run_resume",
        request=shapes.SamplingResumeInput,
        responses={202: shapes.SamplingRunDetailOutput},
    )
    def post(self, request: Request, run_id: uuid.UUID) -> Response:
        asks: bool = validated(shapes.SamplingResumeInput, request.data)["asks"]
        services.sampling_run_resume(self.actor, run_id, asks=asks)
        return Response(shapes.SamplingRunDetailOutput(_detail(self.actor, run_id)).data, status=202)


class SamplingItemListView(ApiView):
    @extend_schema(operation_id="sampling_items", responses=page_of(shapes.SampledPromptOutput))
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        run = selectors.sampling_run_get(self.actor, run_id)
        rows = selectors.sampling_items_in(run)
        return self.page(rows, shapes.SampledPromptOutput, ordering=("place", "id"))
