from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning import selectors
from core.http.views import ApiView


class EstimateOutput(serializers.Serializer[Any]):
    value = serializers.FloatField(allow_null=True, help_text="Null where it is not defined.")
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval.")
    high = serializers.FloatField(allow_null=True, help_text="Upper end of the 95 % interval.")


class HarmFoundOutput(serializers.Serializer[Any]):
    rounds = serializers.IntegerField(help_text="Rounds on this clause's meaning up to this one.")
    drawn = serializers.IntegerField(help_text="Posts that they drew at random.")
    answered = serializers.IntegerField(help_text="Of these, how many are decided.")
    harmful = serializers.IntegerField(help_text="Of these, how many are harmful.")
    found = serializers.IntegerField(help_text="Posts decided as harmful, whoever chose them.")
    population = serializers.IntegerField(help_text="Posts that the newest of the rounds spoke of.")
    prevalence = EstimateOutput(help_text="The share of harmful posts.")
    recall = EstimateOutput(help_text="The share of the harmful posts that people have found.")


class RoundHarmView(ApiView):
    @extend_schema(operation_id="round_harm", responses=HarmFoundOutput)
    def get(self, request: Request, round_id: uuid.UUID) -> Response:
        found = selectors.round_get(self.actor, round_id)
        return Response(HarmFoundOutput(selectors.harm_found(found)).data)
