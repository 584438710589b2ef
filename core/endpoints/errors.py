from __future__ import annotations

from core.errors import ConflictError, InvalidError, NotFoundError, UnavailableError


class EndpointNotFoundError(NotFoundError):
    code = "endpoint_not_found"
    detail = "There is no such model endpoint, or it is not yours to see."


class EndpointAddressError(InvalidError):
    code = "endpoint_address"
    detail = "{problem}"


class EndpointNameTakenError(ConflictError):
    code = "endpoint_name_taken"
    detail = "The project has an endpoint “{name}” already. Choose another name."


class EndpointRetiredError(ConflictError):
    code = "endpoint_retired"
    detail = "“{name}” was taken out of use. Choose another endpoint, or add it anew."


class EndpointKeyUnreadableError(ConflictError):
    code = "endpoint_key_unreadable"
    detail = (
        "The stored key of “{name}” cannot be read any more, because Concord's own secret key has changed. "
        "Enter the endpoint's key again."
    )


class EndpointRefusedError(UnavailableError):
    """The endpoint answered, and would not do what it was asked; its own words are never repeated."""

    code = "endpoint_refused"
    detail = "The endpoint answered with status {status_code}. {advice}"


class EndpointUnreachableError(UnavailableError):
    code = "endpoint_unreachable"
    detail = "The endpoint does not answer: {problem} Check its address, and whether it runs."


class EndpointAnswerError(UnavailableError):
    code = "endpoint_answer"
    detail = "What the endpoint answered is no chat completion: {problem} Check that its address ends in /v1."


class EndpointCancelled(Exception):
    """The caller asked for no more answers while one was under way."""
