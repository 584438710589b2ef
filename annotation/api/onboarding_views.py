from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors, services
from annotation.api.bundle_serializers import LabelPostOutput
from core.accounts.selectors import Capability, Project, project_get, pseudonyms
from core.http.serializers import StrictSerializer, validated
from core.http.views import ApiView
from core.queue.api.serializers import PersonOutput
from core.queue.selectors import onboarding_due

STATES = ["none", "open", "lesson", "failed", "passed"]


class OnboardingInput(StrictSerializer):
    item_ids = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=services.ONBOARDING_STEPS_MOST,
        help_text="Gold items, in order; none: nothing is asked first.",
    )
    pass_share = serializers.FloatField(min_value=0.05, max_value=1)
    tries = serializers.IntegerField(min_value=1, max_value=20, allow_null=True, help_text="Null: no end.")
    asks_everyone = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Also those who joined before there was a set, and those who are past it.",
    )


class OnboardingDecisionInput(StrictSerializer):
    lets_through = serializers.BooleanField(help_text="Else they get another try.")
    sentence = serializers.CharField(max_length=2_000, help_text="They read it.")


class OwnOnboardingInput(StrictSerializer):
    step = serializers.ChoiceField(choices=["go_on", "try_again"])


class OnboardingStandingOutput(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=STATES)
    try_number = serializers.IntegerField()
    tries_left = serializers.IntegerField(allow_null=True, help_text="After this one; null without an end.")
    of = serializers.IntegerField(help_text="Posts in the set as it can be handed out today.")
    due = serializers.IntegerField(help_text="How many of them are still to be answered in this try.")
    answered = serializers.IntegerField()
    right = serializers.IntegerField(help_text="Answered as known.")
    pass_share = serializers.FloatField()
    sentence = serializers.CharField(allow_blank=True, help_text="What a reviewer or manager said.")
    waits = serializers.BooleanField(help_text="Whether only a reviewer or manager can go on with it.")


class OnboardingPersonOutput(OnboardingStandingOutput):
    person = PersonOutput()


class OnboardingItemOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    external_id = serializers.CharField()


class OnboardingOutput(serializers.Serializer[Any]):
    is_on = serializers.BooleanField()
    item_ids = serializers.ListField(child=serializers.UUIDField())
    items = OnboardingItemOutput(
        many=True, help_text="The same in their order, with the posts' own identifiers."
    )
    pass_share = serializers.FloatField()
    tries = serializers.IntegerField(allow_null=True)
    people = OnboardingPersonOutput(many=True, help_text="Who began; those who wait for a word first.")


class LessonClauseOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField()
    passed = serializers.BooleanField()
    known = serializers.CharField()
    known_severity = serializers.CharField(allow_blank=True)
    given = serializers.CharField()
    given_severity = serializers.CharField(allow_blank=True)
    right_severity = serializers.BooleanField(allow_null=True)
    marks_missed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    known_marks = serializers.ListField(
        child=serializers.DictField(), help_text="As evidence in a label document."
    )
    given_marks = serializers.ListField(child=serializers.DictField())


class LessonOutput(serializers.Serializer[Any]):
    submission_id = serializers.UUIDField()
    lease_id = serializers.UUIDField(help_text="By which the post can be looked at again.")
    external_id = serializers.CharField()
    passed = serializers.BooleanField()
    explanation = serializers.CharField(allow_blank=True)
    post = LabelPostOutput(allow_null=True, help_text="Null where it was hidden since.")
    clauses = LessonClauseOutput(many=True)


class OwnOnboardingOutput(OnboardingStandingOutput):
    lessons = LessonOutput(many=True, help_text="Of this try, oldest first.")


class OnboardingView(ApiView):
    @extend_schema(operation_id="onboarding", responses=OnboardingOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        return Response(_told(project))

    @extend_schema(operation_id="onboarding_set", request=OnboardingInput, responses=OnboardingOutput)
    def put(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        services.onboarding_set(self.actor, project_id, **validated(OnboardingInput, request.data))
        return Response(_told(project))


class OnboardingPersonView(ApiView):
    @extend_schema(
        operation_id="onboarding_decide", request=OnboardingDecisionInput, responses=OnboardingOutput
    )
    def post(self, request: Request, project_id: uuid.UUID, pseudonym: str) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        data = validated(OnboardingDecisionInput, request.data)
        services.onboarding_decide(self.actor, project_id, pseudonym=pseudonym, **data)
        return Response(_told(project))


class OwnOnboardingView(ApiView):
    @extend_schema(operation_id="my_onboarding", responses=OwnOnboardingOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        return Response(self._own(project_get(self.actor, project_id, needs=Capability.TASKS_WORK)))

    @extend_schema(
        operation_id="my_onboarding_step", request=OwnOnboardingInput, responses=OwnOnboardingOutput
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        step = validated(OwnOnboardingInput, request.data)["step"]
        go = services.onboarding_go_on if step == "go_on" else services.onboarding_try_again
        go(self.actor, project_id)
        return Response(self._own(project))

    def _own(self, project: Project) -> dict[str, Any]:
        standing, lessons = selectors.own_onboarding(
            project.pk, self.actor.user.pk, is_due=onboarding_due(self.actor, project)
        )
        told = OnboardingStandingOutput(standing).data
        return {**told, "lessons": LessonOutput(lessons, many=True).data}


def _told(project: Project) -> dict[str, Any]:
    view = selectors.onboarding_view(project.pk)
    names = pseudonyms(project.pk)
    people = [
        {**OnboardingStandingOutput(standing).data, "person": PersonOutput(names[person_id]).data}
        for person_id, standing in view.people
        if person_id in names
    ]
    return {
        "is_on": view.is_on,
        "item_ids": [str(item_id) for item_id in view.item_ids],
        "items": [
            {"id": str(item_id), "external_id": view.names.get(item_id, "")} for item_id in view.item_ids
        ],
        "pass_share": view.pass_share,
        "tries": view.tries,
        "people": people,
    }
