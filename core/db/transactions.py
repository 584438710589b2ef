from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def in_transaction(service: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Run ``service`` in the caller's transaction, or in one of its own where there is none.

    Unlike ``transaction.atomic`` it sets no savepoint in the caller's: a service may use it that refuses before
    it writes, and whose callers let an error of the database end their whole transaction.
    """

    @wraps(service)
    def wrapped(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        if connection.in_atomic_block:
            return service(*args, **kwargs)
        with transaction.atomic():
            return service(*args, **kwargs)

    return wrapped
