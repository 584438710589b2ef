from __future__ import annotations

import uuid

from django.contrib.auth import login
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts import selectors, services
from core.accounts.api import serializers as shapes
from core.accounts.api.login_link import BACKEND
from core.accounts.selectors import Capability
from core.accounts.services.invitations import invitation_of
from core.http.serializers import validated
from core.http.views import ApiView, page_of


class InvitationListView(ApiView):
    @extend_schema(operation_id="invitation_list", responses=page_of(shapes.InvitationOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        return self.page(selectors.invitations_open(project), shapes.InvitationOutput)

    @extend_schema(
        operation_id="invitation_create",
        request=shapes.InvitationCreateInput,
        responses={201: shapes.InvitationCreatedOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        data = validated(shapes.InvitationCreateInput, request.data)
        invitation, link = services.invitation_create(self.actor, project=project, **data)
        body = {"invitation": shapes.InvitationOutput(invitation).data, "link": link}
        return Response(body, status=201)


class InvitationView(ApiView):
    @extend_schema(operation_id="invitation_revoke", responses={204: None})
    def delete(self, request: Request, project_id: uuid.UUID, invitation_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        invitation = selectors.invitation_get(project, invitation_id)
        services.invitation_revoke(self.actor, project=project, invitation=invitation)
        return Response(status=204)


class MemberSignInLinkView(ApiView):
    @extend_schema(operation_id="member_sign_in_link", request=None, responses={201: shapes.SignInLinkOutput})
    def post(self, request: Request, project_id: uuid.UUID, member_id: uuid.UUID) -> Response:
        project = selectors.project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        membership = selectors.member_get(project, member_id)
        link, address = services.login_link_for_member(self.actor, project=project, membership=membership)
        body = {"link": address, "expires_at": link.expires_at}
        return Response(shapes.SignInLinkOutput(body).data, status=201)


class InvitationShowView(ApiView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="invitation_show",
        request=shapes.InvitationShowInput,
        responses=shapes.InvitationShownOutput,
    )
    def post(self, request: Request) -> Response:
        data = validated(shapes.InvitationShowInput, request.data)
        return Response(shapes.InvitationShownOutput(invitation_of(data["secret"])).data)


class InvitationAcceptView(ApiView):
    """Makes an account and signs it in, so a foreign page must not be able to send it."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="invitation_accept",
        request=shapes.InvitationAcceptInput,
        responses={201: shapes.InvitationAcceptedOutput},
    )
    def post(self, request: Request) -> Response:
        SessionAuthentication().enforce_csrf(request)
        data = validated(shapes.InvitationAcceptInput, request.data)
        user, project = services.invitation_accept(**data)
        login(request._request, user, backend=BACKEND)
        return Response({"project_id": project.pk}, status=201)


class InvitationJoinView(ApiView):
    @extend_schema(
        operation_id="invitation_join",
        request=shapes.InvitationShowInput,
        responses=shapes.InvitationAcceptedOutput,
    )
    def post(self, request: Request) -> Response:
        data = validated(shapes.InvitationShowInput, request.data)
        project = services.invitation_join(self.actor, data["secret"])
        return Response({"project_id": project.pk})
