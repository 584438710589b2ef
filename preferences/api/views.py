from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get, pseudonyms
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.jobs.api.serializers import JobOutput
from core.storage.uploads import OneFileParser, SpooledUpload
from preferences import selectors, services
from preferences.api import result_serializers as results
from preferences.api import serializers as shapes
from preferences.domain.forms import Form
from preferences.domain.pair_sampling import Aim
from preferences.selectors.results import judgment_view

_RELEASE = OpenApiParameter("release_id", str)
_AXIS = OpenApiParameter("clause_key", str)
_RATING = [
    _RELEASE,
    _AXIS,
    OpenApiParameter("language", str, description="Of the prompt; empty for prompts that name none."),
    OpenApiParameter("cited", str, description="Only comparisons where somebody cited this clause."),
    OpenApiParameter("month", str, description="Only answers of this month (UTC), such as 2026-11."),
    OpenApiParameter("under", str, description="Only answers given under this release."),
    OpenApiParameter("over", str, enum=["month", "release"], description="Rate every one of them besides."),
]


class RatingsQuery(serializers.Serializer[object]):
    release_id = serializers.UUIDField(required=False, default=None)
    clause_key = serializers.CharField(required=False, max_length=64, default=None)
    language = serializers.CharField(required=False, max_length=35, allow_blank=True, default=None)
    cited = serializers.CharField(required=False, max_length=64, default=None)
    month = serializers.RegexField(
        r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])$",
        required=False,
        default=None,
        error_messages={"invalid": "Write the month as 2026-11."},
    )
    under = serializers.UUIDField(required=False, default=None)
    over = serializers.ChoiceField(choices=["month", "release"], required=False, default=None)


class ListQuery(serializers.Serializer[object]):
    contains = serializers.CharField(required=False, max_length=200, default="")
    judged = serializers.BooleanField(required=False, allow_null=True, default=None)


class ComparisonImportView(ApiView):
    parser_classes = [OneFileParser]

    @extend_schema(
        operation_id="comparison_import_start",
        request={"multipart/form-data": shapes.ImportInput},
        responses={202: JobOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.CONTENT_IMPORT)
        upload: SpooledUpload = validated(shapes.ImportInput, request.data)["file"]
        with upload.writer:
            job = services.comparison_import_start(self.actor, project_id=project_id, upload=upload.writer)
        return Response(JobOutput(job).data, status=202)


class CompareTasksView(ApiView):
    @extend_schema(
        operation_id="compare_tasks_create",
        request=shapes.CompareTasksInput,
        responses={201: shapes.CompareTasksOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.TASKS_MANAGE)
        data = validated(shapes.CompareTasksInput, request.data)
        limit = {"limit": data.pop("limit")} if data.get("limit") else {}
        data.pop("limit", None)
        wished = data.pop("choosing", None)
        choosing = None if wished is None else services.Choosing(**{**wished, "aim": Aim(wished["aim"])})
        form = Form(data.pop("form"))
        made = services.compare_tasks_create(
            self.actor, project_id, **data, **limit, choosing=choosing, form=form
        )
        return Response(shapes.CompareTasksOutput(made).data, status=201)


class BundleView(ApiView):
    @extend_schema(operation_id="comparison_bundle", responses=shapes.ComparisonBundleOutput)
    def get(self, request: Request, lease_id: uuid.UUID) -> Response:
        return Response(shapes.ComparisonBundleOutput(services.bundle_open(self.actor, lease_id)).data)


class JudgmentView(ApiView):
    @extend_schema(
        operation_id="judgment_submit",
        request=shapes.JudgmentInput,
        responses={201: shapes.JudgmentStoredOutput, 200: shapes.JudgmentStoredOutput},
    )
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        data = validated(shapes.JudgmentInput, request.data)
        submission, created = services.judgment_submit(
            self.actor,
            lease_id,
            submission_id=data["id"],
            document=data["document"],
            active_ms=data["active_ms"],
            supersedes_id=data["supersedes_id"],
        )
        return Response(shapes.JudgmentStoredOutput(submission).data, status=201 if created else 200)


class ComparisonListView(ApiView):
    @extend_schema(
        operation_id="comparison_list",
        parameters=[OpenApiParameter("contains", str), OpenApiParameter("judged", bool)],
        responses=page_of(results.ComparisonOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        query = validated(ListQuery, request.query_params.dict())
        rows = selectors.comparisons_list(
            self.actor, project_id, contains=query["contains"], judged=query["judged"]
        )
        return self.page(rows, results.ComparisonOutput)


class ComparisonView(ApiView):
    @extend_schema(operation_id="comparison_get", responses=results.ComparisonDetailOutput)
    def get(self, request: Request, comparison_id: uuid.UUID) -> Response:
        comparison = selectors.comparison_get(self.actor, comparison_id)
        people = pseudonyms(comparison.project_id)
        views = [judgment_view(judgment) for judgment in comparison.judgments.all()]
        comparison.judgment_rows = [  # type: ignore[attr-defined]
            {
                **{name: getattr(view, name) for name in _JUDGMENT_FIELDS},
                "pseudonym": people[view.person_id].pseudonym,
                "is_simulated": people[view.person_id].is_simulated,
            }
            for view in views
        ]
        return Response(results.ComparisonDetailOutput(comparison).data)


_JUDGMENT_FIELDS = ("id", "shown_first", "asked", "answers", "reason", "confidence", "counts", "created_at")


class RatingsView(ApiView):
    @extend_schema(operation_id="ratings", parameters=_RATING, responses=results.RatingsOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        view = selectors.ratings_get(self.actor, project_id, **_asked(request))
        return Response(results.RatingsOutput(view).data)


def _asked(request: Request) -> dict[str, Any]:
    query = validated(RatingsQuery, request.query_params.dict())
    release, axis = query.pop("release_id"), query.pop("clause_key")
    return {"release_id": release, "clause_key": axis, "narrowed": selectors.Narrowed(**query)}


class RatingsFitView(ApiView):
    @extend_schema(operation_id="ratings_fit", parameters=_RATING, request=None, responses={202: JobOutput})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        job = services.ratings_fit_start(self.actor, project_id, **_asked(request))
        return Response(JobOutput(job).data, status=202)
