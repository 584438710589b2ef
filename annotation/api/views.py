from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors, services
from annotation.api import bundle_serializers as bundles
from annotation.api import serializers as shapes
from annotation.api.exchange_input import exchange_read
from core.accounts.selectors import Capability, Project, project_get
from core.content.selectors import PostFilter, post_get
from core.errors import ConcordError, NotFoundError
from core.http.serializers import validated
from core.http.views import ApiView, QuickApiView, page_of
from core.jobs.api.serializers import JobOutput
from core.queue.services import Receipt
from policies.selectors import ReleaseView, releases_current, releases_get

RELEASE = OpenApiParameter(
    "release_id", str, description="A published release; without it those in effect now, or every meaning."
)
_CLAUSE = OpenApiParameter("clause_key", str)


class ReleaseQuery(serializers.Serializer[object]):
    release_id = serializers.UUIDField(required=False, default=None)
    clause_key = serializers.CharField(required=False, max_length=64, default=None)
    undecided = serializers.BooleanField(required=False, default=False)
    reason_code = serializers.ChoiceField(choices=shapes.REASON_CODES, required=False, default=None)


class LabelBundleView(ApiView):
    @extend_schema(operation_id="label_bundle", responses=bundles.LabelBundleOutput)
    def get(self, request: Request, lease_id: uuid.UUID) -> Response:
        return Response(bundles.LabelBundleOutput(selectors.label_bundle(self.actor, lease_id)).data)


class AnnotationView(ApiView):
    @extend_schema(
        operation_id="annotation_submit",
        request=shapes.AnnotationInput,
        responses={201: shapes.AnnotationOutput, 200: shapes.AnnotationOutput},
    )
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        data = validated(shapes.AnnotationInput, request.data)
        receipt = services.annotation_submit(self.actor, _answer(lease_id, data))
        return Response(shapes.AnnotationOutput(receipt).data, status=201 if receipt.is_new else 200)


class LabelExchangeView(QuickApiView):
    @extend_schema(
        operation_id="label_exchange", request=shapes.ExchangeInput, responses=bundles.ExchangeOutput
    )
    def post(self, request: Request, project_id: uuid.UUID) -> HttpResponse:
        sent = exchange_read(request.data)
        done = services.label_exchange(
            self.actor,
            project_id,
            answer=None if sent.answer is None else sent.answer.as_answer(),
            holding=sent.holding,
            take=sent.take,
        )
        return self.quick(
            {
                "answer": None if done.receipt is None else _receipt(done.receipt),
                "next": done.bundles,
                "over": done.over,
                "idle": None if done.idle is None else _idle(done.idle),
                "closed": None if done.closed is None else done.closed.document(),
            }
        )


class LabelTasksView(ApiView):
    @extend_schema(
        operation_id="label_tasks_create",
        request=shapes.LabelTasksInput,
        responses={201: shapes.LabelTasksOutput, 202: JobOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.TASKS_MANAGE)
        data = validated(shapes.LabelTasksInput, request.data)
        chosen = dict(data.get("posts") or validated(shapes.PostChoiceInput, {}))
        wanted = PostFilter(
            external_ids=tuple(chosen["external_ids"]),
            **{name: chosen[name] for name in ("kind", "language", "source", "group_key", "text")},
        )
        requested = services.label_tasks_request(
            self.actor,
            project_id,
            release_id=data["release_id"],
            clause_keys=data["clause_keys"],
            posts=services.PostChoice(
                wanted, tuple(chosen["post_ids"]), chosen["limit"], chosen["skip_asked"]
            ),
            overlap=data["overlap"],
            priority=data["priority"],
        )
        if requested.job is not None:
            return Response(JobOutput(requested.job).data, status=202)
        return Response({"created": requested.created}, status=201)


class DisagreementsView(ApiView):
    @extend_schema(
        operation_id="disagreements",
        parameters=[RELEASE, _CLAUSE, OpenApiParameter("undecided", bool)],
        responses=page_of(shapes.DisagreementOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        query = validated(ReleaseQuery, request.query_params.dict())
        releases_meant(project, query["release_id"])
        rows = selectors.decisions_needing_a_person(
            project.pk,
            release_id=query["release_id"],
            clause_key=query["clause_key"],
            undecided_only=query["undecided"],
        )
        return self.page(rows, shapes.DisagreementOutput, ordering=("confidence", "-id"))


class DecisionsView(ApiView):
    @extend_schema(
        operation_id="decisions",
        parameters=[RELEASE, _CLAUSE, OpenApiParameter("reason_code", str, enum=shapes.REASON_CODES)],
        responses=page_of(shapes.DecisionOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        query = validated(ReleaseQuery, request.query_params.dict())
        releases_meant(project, query["release_id"])
        keys = None if query["clause_key"] is None else [query["clause_key"]]
        rows = selectors.decisions_current(
            project.pk, release_id=query["release_id"], clause_keys=keys, include_undecided=True
        )
        if query["reason_code"] is not None:
            rows = rows.filter(reason_code=query["reason_code"])
        return self.page(rows, shapes.DecisionOutput)


class RecomputeView(ApiView):
    @extend_schema(
        operation_id="decisions_recompute", request=shapes.RecomputeInput, responses={202: JobOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.REVIEW_DECIDE)
        data = validated(shapes.RecomputeInput, request.data)
        job = services.decisions_recompute_request(
            self.actor,
            project_id,
            release_id=data["release_id"],
            clause_keys=data["clause_keys"],
            method=data["method"],
            threshold=data["threshold"],
        )
        return Response(JobOutput(job).data, status=202)


class PostAnswersView(ApiView):
    @extend_schema(operation_id="post_answers", responses=bundles.PostAnswersOutput)
    def get(self, request: Request, post_id: uuid.UUID) -> Response:
        post = post_get(self.actor, post_id, needs=Capability.RESULTS_VIEW)
        return Response(bundles.PostAnswersOutput(selectors.post_answers(post.project_id, post_id)).data)


class AdjudicationsView(ApiView):
    @extend_schema(
        operation_id="adjudication_record",
        request=shapes.AdjudicationInput,
        responses={201: shapes.DecisionOutput},
    )
    def post(self, request: Request, post_id: uuid.UUID) -> Response:
        post_get(self.actor, post_id, needs=Capability.REVIEW_DECIDE)
        data = validated(shapes.AdjudicationInput, request.data)
        decision = services.adjudication_record(self.actor, post_id, **data)
        return Response(shapes.DecisionOutput(decision).data, status=201)


def _answer(lease_id: uuid.UUID, data: dict[str, Any]) -> services.Answer:
    told = data["suggestions"]
    return services.Answer(
        lease_id,
        data["id"],
        data["document"],
        data["active_ms"],
        data["supersedes_id"],
        None if told is None else services.Reported(told["shown_ms"], frozenset(told["rejected"])),
    )


def _idle(why: ConcordError) -> dict[str, Any]:
    return {"code": why.code, "detail": why.message, "languages": why.fields.get("languages", [])}


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "id": receipt.id,
        "created_at": receipt.created_at,
        "is_late": receipt.is_late,
        "late_reason": receipt.late_reason,
        "counts": receipt.slot_id is not None,
        "supersedes_id": receipt.supersedes_id,
    }


def releases_meant(project: Project, release_id: uuid.UUID | None) -> list[ReleaseView]:
    """The release asked for, when it is one of the project's; else those in effect now."""
    if release_id is None:
        return releases_current(project.pk)
    release = releases_get([release_id]).get(release_id)
    if release is None or release.project_id != project.pk:
        raise NotFoundError()
    return [release]
