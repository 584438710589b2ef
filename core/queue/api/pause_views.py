from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get, pseudonyms
from core.http.serializers import StrictSerializer, validated
from core.http.views import ApiView, page_of
from core.queue import selectors, services
from core.queue.services.pauses import LONGEST_TEXT


class PausesQuery(serializers.Serializer[object]):
    open = serializers.BooleanField(required=False, default=True)


class PauseInput(StrictSerializer):
    person = serializers.CharField(max_length=60, help_text="Their pseudonym in the project.")
    reason = serializers.CharField(max_length=LONGEST_TEXT, help_text="They read it.")


class PauseAnswerInput(StrictSerializer):
    restores = serializers.BooleanField(help_text="Whether they may go on with their work.")
    text = serializers.CharField(max_length=LONGEST_TEXT, help_text="A sentence to them.")


class PauseAppealInput(StrictSerializer):
    text = serializers.CharField(max_length=LONGEST_TEXT)


class OwnPauseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    reason = serializers.CharField()
    appeal = serializers.CharField(allow_blank=True)
    appealed_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class PauseOutput(OwnPauseOutput):
    person = serializers.SerializerMethodField()
    by = serializers.SerializerMethodField(help_text="Who paused; empty when results on gold did.")

    def get_person(self, pause: Any) -> str:
        return _name(self.context["names"], pause.person_id)

    def get_by(self, pause: Any) -> str:
        return "" if pause.by_id is None else _name(self.context["names"], pause.by_id)


class OwnPauseStateOutput(serializers.Serializer[Any]):
    pause = OwnPauseOutput(allow_null=True, help_text="The newest one, also when it has ended.")


class PausesView(ApiView):
    @extend_schema(
        operation_id="pauses",
        parameters=[OpenApiParameter("open", bool, description="Only those that stand (the default).")],
        responses=page_of(PauseOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        query = validated(PausesQuery, request.query_params.dict())
        rows = selectors.pauses_in(project, only_open=query["open"])
        return self.page(rows, PauseOutput, context={"names": pseudonyms(project.pk)})

    @extend_schema(operation_id="pause_begin", request=PauseInput, responses={201: PauseOutput})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        data = validated(PauseInput, request.data)
        pause = services.pause_by_hand(
            self.actor, project_id, pseudonym=data["person"], reason=data["reason"]
        )
        return Response(PauseOutput(pause, context={"names": pseudonyms(project.pk)}).data, status=201)


class PauseAnswerView(ApiView):
    @extend_schema(operation_id="pause_answer", request=PauseAnswerInput, responses=PauseOutput)
    def post(self, request: Request, project_id: uuid.UUID, pause_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        data = validated(PauseAnswerInput, request.data)
        pause = services.pause_answer(self.actor, project_id, pause_id, **data)
        return Response(PauseOutput(pause, context={"names": pseudonyms(project.pk)}).data)


class OwnPauseView(ApiView):
    @extend_schema(operation_id="my_pause", responses=OwnPauseStateOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        pause = selectors.own_pause(self.actor, project)
        return Response(OwnPauseStateOutput({"pause": pause}).data)

    @extend_schema(operation_id="pause_appeal", request=PauseAppealInput, responses=OwnPauseStateOutput)
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        data = validated(PauseAppealInput, request.data)
        pause = services.pause_appeal(self.actor, project_id, text=data["text"])
        return Response(OwnPauseStateOutput({"pause": pause}).data)


def _name(names: Any, person_id: uuid.UUID) -> str:
    view = names.get(person_id)
    return view.pseudonym if view is not None else "former member"
