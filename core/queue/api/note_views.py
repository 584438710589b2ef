from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get, pseudonyms
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.queue import selectors, services
from core.queue.api import serializers as shapes

_LONGEST_DAY = timedelta(hours=36)


class QuestionsQuery(serializers.Serializer[object]):
    open = serializers.BooleanField(required=False, default=True)


class DayQuery(serializers.Serializer[object]):
    since = serializers.DateTimeField(required=False, default=None)


class NotesView(ApiView):
    @extend_schema(
        operation_id="note_write", request=shapes.NoteInput, responses={201: shapes.NoteWrittenOutput}
    )
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        data = validated(shapes.NoteInput, request.data)
        note = services.note_write(self.actor, lease_id, **data)
        return Response({"id": note.pk}, status=201)


class QuestionsView(ApiView):
    @extend_schema(
        operation_id="questions",
        parameters=[
            OpenApiParameter("open", bool, description="Only those without an answer (the default).")
        ],
        responses=page_of(shapes.NoteOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.REVIEW_DECIDE)
        query = validated(QuestionsQuery, request.query_params.dict())
        rows = selectors.questions_in(project, only_open=query["open"])
        names = {project.pk: pseudonyms(project.pk)}
        return self.page(rows, shapes.NoteOutput, context={"names": names})


class QuestionAnswerView(ApiView):
    @extend_schema(
        operation_id="question_answer",
        request=shapes.NoteAnswerInput,
        responses={201: shapes.NoteWrittenOutput},
    )
    def post(self, request: Request, note_id: uuid.UUID) -> Response:
        data = validated(shapes.NoteAnswerInput, request.data)
        note = services.question_answer(self.actor, note_id, text=data["text"])
        return Response({"id": note.pk}, status=201)


class RecentWorkView(ApiView):
    @extend_schema(operation_id="recent_work", responses=page_of(shapes.RecentWorkOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        return self.page(selectors.recent_work(self.actor, project), shapes.RecentWorkOutput)


class MyNotesView(ApiView):
    @extend_schema(operation_id="my_notes", responses=page_of(shapes.OwnNoteOutput))
    def get(self, request: Request) -> Response:
        rows = selectors.notes_by(self.actor)
        projects = rows.order_by().values_list("project_id", flat=True).distinct()
        names = {project_id: pseudonyms(project_id) for project_id in projects}
        return self.page(rows, shapes.OwnNoteOutput, context={"names": names})


class MyDayView(ApiView):
    @extend_schema(
        operation_id="my_day",
        parameters=[
            OpenApiParameter("since", str, description="When the caller's day began; else 24 hours ago.")
        ],
        responses=shapes.DayOutput,
    )
    def get(self, request: Request) -> Response:
        query = validated(DayQuery, request.query_params.dict())
        now = timezone.now()
        since = max(query["since"] or now - timedelta(days=1), now - _LONGEST_DAY)
        return Response(shapes.DayOutput(selectors.day_so_far(self.actor, since=since, now=now)).data)
