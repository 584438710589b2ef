from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from preferences import selectors, services
from preferences.api import conversation_serializers as shapes
from preferences.services.conversations import Said


class ConversationListView(ApiView):
    @extend_schema(operation_id="conversation_list", responses=page_of(shapes.ConversationOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        return self.page(selectors.conversations_list(self.actor, project_id), shapes.ConversationOutput)


class WaitingPromptListView(ApiView):
    @extend_schema(operation_id="waiting_prompt_list", responses=page_of(shapes.WaitingPromptOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        return self.page(selectors.prompts_waiting_list(self.actor, project_id), shapes.WaitingPromptOutput)


class ConversationView(ApiView):
    @extend_schema(operation_id="conversation_get", responses=shapes.ConversationTreeOutput)
    def get(self, request: Request, prompt_id: uuid.UUID) -> Response:
        tree = selectors.conversation_get(self.actor, prompt_id)
        return Response(shapes.ConversationTreeOutput(tree).data)

    @extend_schema(
        operation_id="conversation_go_on",
        request=shapes.TurnWriteInput,
        responses={201: shapes.TurnGoneOnOutput},
    )
    def post(self, request: Request, prompt_id: uuid.UUID) -> Response:
        selectors.prompt_get(self.actor, prompt_id, needs=Capability.CONTENT_IMPORT)
        data = validated(shapes.TurnWriteInput, request.data)
        turn = services.turn_write(
            self.actor, prompt_id, response_id=data.pop("response_id"), said=_said(data)
        )
        return Response(shapes.TurnGoneOnOutput(turn).data, status=201)


class TurnAtDeskView(ApiView):
    @extend_schema(operation_id="turn_open", responses=shapes.TurnAtDeskOutput)
    def get(self, request: Request, lease_id: uuid.UUID) -> Response:
        return Response(shapes.TurnAtDeskOutput(services.turn_open(self.actor, lease_id)).data)

    @extend_schema(
        operation_id="turn_go_on", request=shapes.TurnAtDeskInput, responses={201: shapes.TurnGoneOnOutput}
    )
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        data = validated(shapes.TurnAtDeskInput, request.data)
        turn = services.turn_go_on(self.actor, lease_id, position=data.pop("position"), said=_said(data))
        return Response(shapes.TurnGoneOnOutput(turn).data, status=201)


def _said(data: dict[str, Any]) -> Said:
    return Said(text=data["text"], prompt_id=data["prompt_id"], reply=data["reply"])
