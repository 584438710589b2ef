from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning import selectors
from core.http.views import ApiView


class ArmCostOutput(serializers.Serializer[Any]):
    posts = serializers.IntegerField(help_text="Posts chosen.")
    decided = serializers.IntegerField(help_text="Of these, how many are decided.")
    harmful = serializers.IntegerField(help_text="Of these, how many are harmful.")
    answers = serializers.IntegerField(source="spent.given")
    waited_for = serializers.IntegerField(source="spent.waited_for", help_text="Answers still asked for.")
    people = serializers.IntegerField(source="spent.people")
    seconds = serializers.FloatField(
        source="spent.seconds", help_text="Time that people's pages were active."
    )
    seconds_each = serializers.FloatField(source="spent.seconds_each", allow_null=True)
    seconds_per_harmful = serializers.FloatField(
        allow_null=True, help_text="People's time for each harmful post found."
    )


class RoundCostOutput(serializers.Serializer[Any]):
    all = ArmCostOutput()
    strategy = ArmCostOutput(help_text="What the strategy chose.")
    lot = ArmCostOutput(help_text="What was drawn at random.")
    seconds_left = serializers.FloatField(
        allow_null=True, help_text="For the answers still asked for, if they take as long as those given."
    )
    computed_seconds = serializers.FloatField(allow_null=True, help_text="How long a worker was at it.")


class RoundCostView(ApiView):
    @extend_schema(operation_id="round_cost", responses=RoundCostOutput)
    def get(self, request: Request, round_id: uuid.UUID) -> Response:
        found = selectors.round_get(self.actor, round_id)
        return Response(RoundCostOutput(selectors.round_cost(found)).data)
