"""Every request has an identifier, in the response, the logs and the problem documents."""

from __future__ import annotations

import contextvars
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from core.db.identifiers import uuid7

_current: contextvars.ContextVar[str] = contextvars.ContextVar("concord_request_id", default="-")


def request_id_current() -> str:
    """Return the identifier of the request this thread serves, ``-`` outside one."""
    return _current.get()


class RequestIdMiddleware:
    """Give the request an identifier of our own; one sent by the client is never trusted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _current.set(str(uuid7()))
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = _current.get()
            return response
        finally:
            _current.reset(token)
