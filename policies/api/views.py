from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, capabilities_in
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from policies import services
from policies.api import serializers as shapes
from policies.errors import VersionMissingError
from policies.models import Release
from policies.selectors.access import release_visible_get
from policies.selectors.guides import release_guide_of
from policies.selectors.listing import policies_in, policy_with_releases
from policies.selectors.release_detail import ReleaseDetail, clause_detail_of, release_detail_get


def release_response(detail: ReleaseDetail, status: int = 200) -> Response:
    return Response(shapes.ReleaseOutput(detail.release, context={"detail": detail}).data, status=status)


class PolicyListView(ApiView):
    @extend_schema(operation_id="policy_list", responses=page_of(shapes.PolicyOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        return self.page(policies_in(self.actor, project_id), shapes.PolicyOutput, ordering=("key", "id"))

    @extend_schema(
        operation_id="policy_create", request=shapes.PolicyCreateInput, responses={201: shapes.PolicyOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        data = validated(shapes.PolicyCreateInput, request.data)
        policy = services.policy_create(self.actor, project_id=project_id, **data)
        return Response(shapes.PolicyOutput(policy).data, status=201)


class PolicyView(ApiView):
    @extend_schema(operation_id="policy_get", responses=shapes.PolicyDetailOutput)
    def get(self, request: Request, policy_id: uuid.UUID) -> Response:
        policy, releases = policy_with_releases(self.actor, policy_id)
        policy.visible_releases = releases  # type: ignore[attr-defined]
        can_edit = Capability.POLICY_EDIT in capabilities_in(self.actor, policy.project_id)
        return Response(shapes.PolicyDetailOutput(policy, context={"can_edit": can_edit}).data)


class ReleaseListView(ApiView):
    @extend_schema(
        operation_id="release_draft", request=shapes.ReleaseDraftInput, responses={201: shapes.ReleaseOutput}
    )
    def post(self, request: Request, policy_id: uuid.UUID) -> Response:
        data = validated(shapes.ReleaseDraftInput, request.data)
        release = services.release_draft(self.actor, policy_id=policy_id, **data)
        return release_response(release_detail_get(self.actor, release.pk), 201)


class ReleaseView(ApiView):
    @extend_schema(operation_id="release_get", responses=shapes.ReleaseOutput)
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        return release_response(release_detail_get(self.actor, release_id))

    @extend_schema(
        operation_id="release_update", request=shapes.ReleaseUpdateInput, responses=shapes.ReleaseOutput
    )
    def patch(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.ReleaseUpdateInput, request.data)
        release = services.release_update(self.actor, release_id=release_id, **data)
        return release_response(release_detail_get(self.actor, release.pk))

    @extend_schema(operation_id="release_discard", responses={204: None})
    def delete(self, request: Request, release_id: uuid.UUID) -> Response:
        services.release_discard(self.actor, release_id=release_id)
        return Response(status=204)


class OutlineView(ApiView):
    @extend_schema(
        operation_id="outline_arrange", request=shapes.OutlineInput, responses=shapes.ReleaseOutput
    )
    def put(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.OutlineInput, request.data)
        release = services.outline_arrange(self.actor, release_id=release_id, **data)
        return release_response(release_detail_get(self.actor, release.pk))


class ClauseListView(ApiView):
    @extend_schema(
        operation_id="clause_add", request=shapes.ClauseAddInput, responses={201: shapes.ClauseOutput}
    )
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.ClauseAddInput, request.data)
        clause = services.clause_add(self.actor, release_id=release_id, **data)
        return Response(shapes.ClauseOutput(clause_detail_of(clause)).data, status=201)


class ClauseView(ApiView):
    @extend_schema(operation_id="clause_edit", request=shapes.ClauseEditInput, responses=shapes.ClauseOutput)
    def put(self, request: Request, release_id: uuid.UUID, key: str) -> Response:
        data = validated(shapes.ClauseEditInput, request.data)
        clause = services.clause_edit(self.actor, release_id=release_id, key=key, **data)
        return Response(shapes.ClauseOutput(clause_detail_of(clause)).data)

    @extend_schema(
        operation_id="clause_delete",
        parameters=[
            OpenApiParameter("version", int, required=True, description="The version you have read."),
            OpenApiParameter("reason", str, description="Why it is no longer asked."),
        ],
        responses={204: None},
    )
    def delete(self, request: Request, release_id: uuid.UUID, key: str) -> Response:
        release_visible_get(self.actor, release_id, needs=Capability.POLICY_EDIT)
        version = request.query_params.get("version", "")
        if not version.isascii() or not version.isdecimal():
            raise VersionMissingError()
        services.clause_delete(
            self.actor,
            release_id=release_id,
            key=key,
            version=int(version[:9]),
            reason=request.query_params.get("reason", "").replace("\x00", "")[:2000],
        )
        return Response(status=204)


class _StepView(ApiView):
    """One step of a release on its way; answers with the release as it then is."""

    def done(self, release: Release) -> Response:
        return release_response(release_detail_get(self.actor, release.pk))


class SubmitView(_StepView):
    @extend_schema(operation_id="release_submit", request=None, responses=shapes.ReleaseOutput)
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        return self.done(services.release_submit(self.actor, release_id=release_id))


class WithdrawView(_StepView):
    @extend_schema(operation_id="release_withdraw", request=None, responses=shapes.ReleaseOutput)
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        return self.done(services.release_withdraw(self.actor, release_id=release_id))


class ApproveView(_StepView):
    @extend_schema(
        operation_id="release_approve", request=shapes.ApproveInput, responses=shapes.ReleaseOutput
    )
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.ApproveInput, request.data)
        return self.done(services.release_approve(self.actor, release_id=release_id, **data).release)


class PublishView(_StepView):
    @extend_schema(
        operation_id="release_publish", request=shapes.PublishInput, responses=shapes.ReleaseOutput
    )
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.PublishInput, request.data)
        return self.done(services.release_publish(self.actor, release_id=release_id, **data))


class RetireView(_StepView):
    @extend_schema(operation_id="release_retire", request=shapes.RetireInput, responses=shapes.ReleaseOutput)
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.RetireInput, request.data)
        return self.done(services.release_retire(self.actor, release_id=release_id, **data))


class GuideView(ApiView):
    @extend_schema(operation_id="release_guide", responses=shapes.GuideOutput)
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        release = release_visible_get(self.actor, release_id)
        return Response({"markdown": release_guide_of(release)})
