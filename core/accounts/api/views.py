from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts import selectors, services
from core.accounts.api import serializers as shapes
from core.accounts.domain.roles import WORDS
from core.accounts.errors import CapabilityMissingError
from core.accounts.selectors import Actor, Capability
from core.http.serializers import validated
from core.http.views import ApiView, page_of


class MeView(ApiView):
    @extend_schema(operation_id="me", responses=shapes.MeOutput)
    def get(self, request: Request) -> Response:
        actor: Actor = self.actor
        user = actor.user
        return Response(
            {
                "id": user.pk,
                "email": user.email,
                "display_name": user.display_name,
                "is_simulated": user.is_simulated,
                "memberships": shapes.MyMembershipOutput(selectors.memberships_of(actor), many=True).data,
                "keys": selectors.keys_of(actor),
            }
        )


class ProjectListView(ApiView):
    @extend_schema(operation_id="project_list", responses=page_of(shapes.ProjectOutput))
    def get(self, request: Request) -> Response:
        return self.page(selectors.projects_visible_to(self.actor), shapes.ProjectOutput)

    @extend_schema(
        operation_id="project_create",
        request=shapes.ProjectCreateInput,
        responses={201: shapes.ProjectOutput},
    )
    def post(self, request: Request) -> Response:
        data = validated(shapes.ProjectCreateInput, request.data)
        managed = selectors.projects_visible_to(self.actor, needs=Capability.PROJECT_MANAGE)
        wanted = data.pop("organization_id", None)
        home = managed.filter(organization_id=wanted).first() if wanted else managed.first()
        if home is None:
            raise CapabilityMissingError(
                capability=str(Capability.PROJECT_MANAGE), may=WORDS[Capability.PROJECT_MANAGE]
            )
        project = services.project_create(self.actor, organization=home.organization, **data)
        return Response(shapes.ProjectOutput(project).data, status=201)


class ProjectView(ApiView):
    @extend_schema(operation_id="project_get", responses=shapes.ProjectOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_VIEW)
        return Response(shapes.ProjectOutput(project).data)

    @extend_schema(
        operation_id="project_update", request=shapes.ProjectUpdateInput, responses=shapes.ProjectOutput
    )
    def patch(self, request: Request, project_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        data = validated(shapes.ProjectUpdateInput, request.data)
        return Response(
            shapes.ProjectOutput(services.project_update(self.actor, project=project, **data)).data
        )


class MemberListView(ApiView):
    @extend_schema(operation_id="member_list", responses=page_of(shapes.MemberOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        return self.page(selectors.members_of(project), shapes.MemberOutput)

    @extend_schema(
        operation_id="member_add", request=shapes.MemberAddInput, responses={201: shapes.MemberOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        data = validated(shapes.MemberAddInput, request.data)
        membership = services.colleague_add(self.actor, project=project, **data)
        return Response(shapes.MemberOutput(membership).data, status=201)


class MemberView(ApiView):
    @extend_schema(
        operation_id="member_update", request=shapes.MemberUpdateInput, responses=shapes.MemberOutput
    )
    def patch(self, request: Request, project_id: uuid.UUID, member_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        membership = selectors.member_get(project, member_id)
        data = validated(shapes.MemberUpdateInput, request.data)
        changed = services.member_update(self.actor, project=project, membership=membership, **data)
        return Response(shapes.MemberOutput(changed).data)

    @extend_schema(operation_id="member_remove", responses={204: None})
    def delete(self, request: Request, project_id: uuid.UUID, member_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        services.member_remove(
            self.actor, project=project, membership=selectors.member_get(project, member_id)
        )
        return Response(status=204)


class TokenListView(ApiView):
    @extend_schema(operation_id="token_list", responses=page_of(shapes.TokenOutput))
    def get(self, request: Request) -> Response:
        return self.page(selectors.api_tokens_of(self.actor), shapes.TokenOutput)

    @extend_schema(
        operation_id="token_create",
        request=shapes.TokenCreateInput,
        responses={201: shapes.TokenCreatedOutput},
    )
    def post(self, request: Request) -> Response:
        data = validated(shapes.TokenCreateInput, request.data)
        token, secret = services.token_create(self.actor, **data)
        return Response({"token": shapes.TokenOutput(token).data, "secret": secret}, status=201)


class TokenView(ApiView):
    @extend_schema(operation_id="token_revoke", responses={204: None})
    def delete(self, request: Request, token_id: uuid.UUID) -> Response:
        services.token_revoke(self.actor, token_id)
        return Response(status=204)


class AuditView(ApiView):
    @extend_schema(
        operation_id="audit_list",
        parameters=[
            OpenApiParameter("action", str, description="A noun (release) or all of it (release.publish).")
        ],
        responses=page_of(shapes.AuditEventOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.AUDIT_VIEW)
        action = validated(shapes.AuditQuery, request.query_params).get("action", "")
        return self.page(selectors.audit_events(project, action=action), shapes.AuditEventOutput)
