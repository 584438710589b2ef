"""One base error and its six kinds; every app's errors are one of these.

A kind says what the caller can do about it; a subclass adds a stable ``code`` and the sentence a person
reads. Fields given to the constructor fill the sentence's placeholders and travel on the wire as data.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ConcordError(Exception):
    """Something Concord refuses or cannot do, said in a sentence that tells the person what to do.

    Parameters
    ----------
    **fields
        Values for the placeholders of ``detail``; sent to the client beside the sentence.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"
    code: ClassVar[str] = "error"
    detail: ClassVar[str] = "Something went wrong. Try again; if it stays, tell the people who run Concord."

    def __init__(self, **fields: Any) -> None:
        self.fields = fields
        self.message = self.detail.format(**fields) if fields else self.detail
        super().__init__(self.message)


class InvalidError(ConcordError):
    """The input cannot be used as it is (400)."""

    status = 400
    title = "The input cannot be used"
    code = "invalid"
    detail = "The input cannot be used."


class InvalidFieldsError(InvalidError):
    """Some fields cannot be used (400); ``errors`` lists each as ``{"path", "message"}``."""

    code = "invalid_fields"
    detail = "Some fields need a change before this can be saved."

    def __init__(self, errors: list[dict[str, str]], **fields: Any) -> None:
        super().__init__(**fields)
        self.errors = errors


class NotAllowedError(ConcordError):
    """The person is known and may see the object, but their role does not allow this (403)."""

    status = 403
    title = "Not allowed"
    code = "not_allowed"
    detail = "Your role in this project does not allow this. Ask a manager of the project."


class NotFoundError(ConcordError):
    """There is no such object, or it is not the caller's to see: both look the same (404)."""

    status = 404
    title = "Not found"
    code = "not_found"
    detail = "There is nothing here, or it is not yours to see."


class ConflictError(ConcordError):
    """The object has changed or is in a state that rules this out (409)."""

    status = 409
    title = "Conflict"
    code = "conflict"
    detail = "Somebody changed this meanwhile. Load it again, then repeat your change."


class LimitError(ConcordError):
    """Too large or too many (413 by default; subclasses may say 415, 422 or 429)."""

    status = 413
    title = "Too large"
    code = "too_large"
    detail = "This is larger than Concord accepts."


class UnavailableError(ConcordError):
    """A part Concord needs does not answer (503); trying again later may work."""

    status = 503
    title = "Unavailable"
    code = "unavailable"
    detail = "A part of Concord does not answer right now. Nothing was changed; try again in a minute."
