"""Errors on the wire: RFC 9457 problem documents with a stable code and the request's identifier."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core.errors import (
    ConcordError,
    InvalidError,
    InvalidFieldsError,
    LimitError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)
from core.http.request_id import request_id_current

CONTENT_TYPE = "application/problem+json"
_log = logging.getLogger("concord.problems")


class SignInNeededError(ConcordError):
    status = 401
    title = "Sign in needed"
    code = "sign_in_needed"
    detail = "Sign in, or send a valid token, to do this."


class MethodNotKnownError(ConcordError):
    status = 405
    title = "Not offered here"
    code = "method_not_known"
    detail = "This address does not offer that method."


class TypeNotAcceptedError(ConcordError):
    status = 415
    title = "Type not accepted"
    code = "type_not_accepted"
    detail = "This address does not take a body of that type. Send application/json."


class FormatNotOfferedError(ConcordError):
    status = 406
    title = "Format not offered"
    code = "format_not_offered"
    detail = "This address answers in JSON only."


class TooManyRequestsError(LimitError):
    status = 429
    title = "Too many requests"
    code = "too_many_requests"
    detail = "Too many requests in a short time. Wait a moment, then go on."


class ForgedRequestError(NotAllowedError):
    code = "csrf_failed"
    detail = "The page is out of date. Load it again, then repeat your last step."


class BrokenError(ConcordError):
    code = "broken"


def problem_document(error: ConcordError) -> dict[str, Any]:
    """Return ``error`` as the members of a problem document."""
    document: dict[str, Any] = {
        "type": f"urn:concord:problem:{error.code}",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.message,
        "request_id": request_id_current(),
    }
    if error.fields:
        document["fields"] = error.fields
    if isinstance(error, InvalidFieldsError):
        document["errors"] = error.errors
    return document


def problem_response(error: ConcordError) -> JsonResponse:
    """Return ``error`` as a plain Django response, for middleware and views outside DRF."""
    response = JsonResponse(problem_document(error), status=error.status, content_type=CONTENT_TYPE)
    if error.status == 503:
        response["Retry-After"] = "5"
    return response


def exception_handler(raised: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's outermost handler: every exception becomes a problem document; unknown ones go up to be logged."""
    error = _as_concord_error(raised)
    if error is None:
        return None
    set_rollback()
    response = Response(problem_document(error), status=error.status, content_type=CONTENT_TYPE)
    if error.status == 503:
        response["Retry-After"] = "5"
    wait = getattr(raised, "wait", None)
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    if "retry_after_s" in error.fields:
        response["Retry-After"] = str(error.fields["retry_after_s"])
    return response


class ProblemMiddleware:
    """The last handler outside DRF: what no view answered becomes a problem document, logged with its cause."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and request.path.startswith("/api/") and not _is_problem(response):
            return problem_response(NotFoundError())
        if response.status_code == 400 and not _is_problem(response) and request.path.startswith("/api/"):
            return problem_response(InvalidError())
        return response

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponseBase:
        error = _as_concord_error(raised)
        if error is None:
            _log.exception("unhandled %s on %s", type(raised).__name__, request.path)
            error = BrokenError()
        return problem_response(error)


def _is_problem(response: HttpResponseBase) -> bool:
    return response.get("Content-Type", "").startswith(CONTENT_TYPE)


_DIRECT: list[tuple[type[Exception] | tuple[type[Exception], ...], type[ConcordError]]] = [
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), SignInNeededError),
    ((Http404, exceptions.NotFound), NotFoundError),
    ((PermissionDenied,), NotAllowedError),
    (exceptions.MethodNotAllowed, MethodNotKnownError),
    (exceptions.UnsupportedMediaType, TypeNotAcceptedError),
    (exceptions.NotAcceptable, FormatNotOfferedError),
    (exceptions.Throttled, TooManyRequestsError),
    (RequestDataTooBig, LimitError),
    ((exceptions.ParseError, SuspiciousOperation), InvalidError),
    ((OperationalError, InterfaceError), UnavailableError),
]


def _as_concord_error(raised: Exception) -> ConcordError | None:
    """Return the error of ours that says what ``raised`` means to the caller; ``None`` for a fault of ours."""
    if isinstance(raised, ConcordError):
        return raised
    if isinstance(raised, exceptions.ValidationError):
        return InvalidFieldsError(_field_errors(raised.detail, ""))
    if isinstance(raised, exceptions.PermissionDenied):
        return ForgedRequestError() if "CSRF" in str(raised.detail) else NotAllowedError()
    for kinds, error in _DIRECT:
        if isinstance(raised, kinds):
            if error is UnavailableError:
                _log.error("database unavailable: %s", type(raised).__name__)
            return error()
    return None


def _field_errors(detail: Any, path: str) -> list[dict[str, str]]:
    """Flatten DRF's nested messages into ``{"path", "message"}`` rows."""
    if isinstance(detail, dict):
        return [
            row
            for key, value in detail.items()
            for row in _field_errors(
                value, path if key == "non_field_errors" else f"{path}.{key}".lstrip(".")
            )
        ]
    if isinstance(detail, list):
        nested = any(isinstance(member, dict | list) for member in detail)
        return [
            row
            for index, member in enumerate(detail)
            for row in _field_errors(member, f"{path}[{index}]" if nested else path)
        ]
    return [{"path": path, "message": str(detail)}]
