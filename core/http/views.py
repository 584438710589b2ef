from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.plumbing import get_lib_doc_excludes
from drf_spectacular.utils import inline_serializer
from pydantic_core import to_json
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from core.errors import InvalidError
from core.http.problems import SignInNeededError
from core.http.rendering import QuickJSONRenderer
from core.http.serializers import StrictSerializer


class PageSizeError(InvalidError):
    code = "page_size"
    detail = "page_size is a whole number from 1 to {most}."


class Pages(CursorPagination):
    """Keyset pages: the same row never stands on two pages, however much is added meanwhile."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_size(self, request: Any) -> int:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not asked.isascii() or not asked.isdecimal() or not 1 <= int(asked[:9]) <= self.max_page_size:
            raise PageSizeError(most=self.max_page_size)
        return int(asked)


class ApiView(GenericAPIView[Any]):
    """What every view of the API stands on: parse, call one service or selector, render."""

    serializer_class = serializers.Serializer
    pagination_class = None
    queryset: QuerySet[Any] | None = None

    @property
    def actor(self) -> Any:
        """The person, or the token acting for one, that calls; an ``accounts`` ``Actor``."""
        actor = getattr(self.request, "concord_actor", None)
        if actor is None:
            raise SignInNeededError()
        return actor

    def page(
        self,
        queryset: QuerySet[Any],
        serializer_class: type[serializers.BaseSerializer[Any]],
        *,
        ordering: str | tuple[str, ...] = "-id",
        context: dict[str, Any] | None = None,
        shown: Callable[[list[Any]], Sequence[Any]] | None = None,
    ) -> Response:
        """Return one keyset page of ``queryset`` as ``{results, next, previous}``.

        ``ordering`` must end in a unique column. ``shown`` turns the page's rows into what is rendered, in their
        order.
        """
        pages = Pages()
        pages.ordering = ordering if isinstance(ordering, tuple) else (ordering,)
        rows = pages.paginate_queryset(queryset, self.request, view=self)
        told = rows if shown is None else shown(list(rows or []))
        serializer = serializer_class(told, many=True, context={"request": self.request, **(context or {})})
        return pages.get_paginated_response(serializer.data)


class QuickApiView(ApiView):
    """For addresses asked all day long: JSON in, JSON out, whatever else a caller says it would take.

    The same people, permissions and problem documents as everywhere; nothing is negotiated.
    """

    renderer_classes = [QuickJSONRenderer]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return QuickJSONRenderer(), QuickJSONRenderer.media_type

    def quick(self, data: Any) -> HttpResponse:
        """Return plain dictionaries of texts, numbers, UUIDs and times as the answer."""
        return HttpResponse(to_json(data), content_type=QuickJSONRenderer.media_type)


def page_of(serializer_class: type[serializers.BaseSerializer[Any]]) -> Any:
    """Return the schema of a page of ``serializer_class`` for ``extend_schema(responses=...)``."""
    name = serializer_class.__name__.removesuffix("Serializer").removesuffix("Output")
    return inline_serializer(
        name=f"{name}Page",
        fields={
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": serializer_class(many=True),
        },
    )


def documentation_excludes() -> list[type]:
    """Return the classes whose docstrings must not stand in OpenAPI as if they described an operation."""
    return [*get_lib_doc_excludes(), ApiView, QuickApiView, StrictSerializer]  # type: ignore[no-untyped-call]
