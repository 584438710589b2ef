from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts import selectors, services
from core.accounts.api import serializers as shapes
from core.http.serializers import validated
from core.http.views import ApiView


class KeysView(ApiView):
    @extend_schema(operation_id="my_keys_get", responses=shapes.KeysOutput)
    def get(self, request: Request) -> Response:
        return Response({"keys": selectors.keys_of(self.actor)})

    @extend_schema(operation_id="my_keys_change", request=shapes.KeysChangeInput, responses=shapes.KeysOutput)
    def patch(self, request: Request) -> Response:
        data = validated(shapes.KeysChangeInput, request.data)
        return Response({"keys": services.keys_change(self.actor, **data)})

    @extend_schema(operation_id="my_keys_reset", responses={204: None})
    def delete(self, request: Request) -> Response:
        services.keys_reset(self.actor)
        return Response(status=204)


class LanguagesView(ApiView):
    @extend_schema(operation_id="my_languages_get", responses=shapes.LanguagesOutput)
    def get(self, request: Request) -> Response:
        return Response({"languages": selectors.languages_read_by(self.actor.user.pk)})

    @extend_schema(
        operation_id="my_languages_set", request=shapes.LanguagesInput, responses=shapes.LanguagesOutput
    )
    def put(self, request: Request) -> Response:
        data = validated(shapes.LanguagesInput, request.data)
        return Response({"languages": services.languages_set(self.actor, **data)})
