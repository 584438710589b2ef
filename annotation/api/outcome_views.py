from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors
from core.http.views import ApiView


class OutcomeOutput(serializers.Serializer[Any]):
    project_id = serializers.UUIDField()
    name = serializers.CharField()
    purpose = serializers.CharField(
        allow_blank=True, help_text="What the work is for, in the project's words."
    )
    decided = serializers.IntegerField(
        allow_null=True, help_text="Posts decided with one's answers, rounded down to tens; null below ten."
    )
    severe = serializers.IntegerField(
        allow_null=True, help_text="Of these the severe and extreme ones, likewise."
    )


class OutcomesOutput(serializers.Serializer[Any]):
    until = serializers.DateField(help_text="Counted are four weeks up to the beginning of this day, in UTC.")
    results = OutcomeOutput(many=True)


class OutcomesView(ApiView):
    @extend_schema(operation_id="my_outcomes", responses=OutcomesOutput)
    def get(self, request: Request) -> Response:
        until, found = selectors.outcomes_of(self.actor)
        return Response(OutcomesOutput({"until": until, "results": found}).data)
