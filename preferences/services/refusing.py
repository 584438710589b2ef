"""Refusing documents that cannot be stored, with everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TypeVar

from preferences.domain.checks import DocumentProblem
from preferences.domain.document import DocumentShapeError
from preferences.errors import JudgmentInvalidError

_Document = TypeVar("_Document")


def document_read(read: Callable[[], _Document]) -> _Document:
    """Return what ``read`` returns.

    Raises
    ------
    JudgmentInvalidError
        When the document has another shape.
    """
    try:
        return read()
    except DocumentShapeError as error:
        raise JudgmentInvalidError(error.problems) from error


def problems_refuse(problems: Sequence[DocumentProblem]) -> None:
    """Refuse a document that has problems.

    Raises
    ------
    JudgmentInvalidError
    """
    if problems:
        raise JudgmentInvalidError([asdict(problem) for problem in problems])
