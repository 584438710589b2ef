from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from agents.errors import CallTooLargeError, OriginRefusedError
from agents.services.pace import message_spend
from core.accounts.authentication import TokenAuthentication
from core.http.parsing import json_read
from core.http.problems import TypeNotAcceptedError
from core.http.views import QuickApiView

BODY_MOST = 256 * 1024
_PASSED_ON = ("accept", "content-type", "mcp-")


class McpView(QuickApiView):
    """The Model Context Protocol over HTTP: one POST, one answer, no session. Only a token is a way in."""

    authentication_classes = [TokenAuthentication]

    @extend_schema(exclude=True)
    def post(self, request: Request) -> HttpResponse:
        plain = request._request
        _refuse_pages(plain)
        message_spend(self.actor)
        body = _body(plain)
        # The SDK is loaded by whoever calls it first: a second of start-up that other web processes need not spend.
        from agents.api.server import answer_to

        answer = async_to_sync(answer_to)(self.actor, _scope(plain), body)
        response = HttpResponse(answer.body, status=answer.status)
        del response["Content-Type"]
        for name, value in answer.headers:
            if name.lower() != "content-length":
                response[name] = value
        response["Cache-Control"] = "no-store"
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        finished = super().finalize_response(request, response, *args, **kwargs)
        if finished.status_code == 401:
            finished["WWW-Authenticate"] = "Bearer"
        return finished


def _refuse_pages(request: HttpRequest) -> None:
    """Refuse what a browser sends for a page that is not ours; Django has checked the host by now.

    Raises
    ------
    OriginRefusedError
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return
    own = {urlsplit(settings.PUBLIC_ORIGIN)[:2], (request.scheme, request.get_host())}
    if urlsplit(origin)[:2] not in own:
        raise OriginRefusedError()


def _body(request: HttpRequest) -> bytes:
    """Return the body, read to a limit and checked to be JSON that means one thing.

    Raises
    ------
    TypeNotAcceptedError, CallTooLargeError, JsonMalformedError
    """
    if request.content_type != "application/json":
        raise TypeNotAcceptedError()
    body = request.read(BODY_MOST + 1)
    if len(body) > BODY_MOST:
        raise CallTooLargeError(limit_bytes=BODY_MOST)
    json_read(body)
    return body


def _scope(request: HttpRequest) -> dict[str, Any]:
    """Return the request as ASGI has it, without what the protocol does not ask for: no token goes on from here."""
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in request.headers.items()
        if name.lower().startswith(_PASSED_ON)
    ]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": request.scheme,
        "path": "/mcp/",
        "raw_path": b"/mcp/",
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": None,
        "server": None,
    }
