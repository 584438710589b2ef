"""The door of the browser tests' server: what is being handled behind it, and how long everybody waits at it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.e2e.slowness import Slowness

# A guard against hanging, as in the browser.
_PATIENCE_S = 90.0
_READS = {"GET", "HEAD", "OPTIONS"}
_HANDLE = WSGIHandler.__call__


class Door:
    """Counts the requests that browsers have the server handle; those of test clients come in another way."""

    def __init__(self, slowness: Slowness) -> None:
        self._slowness = slowness
        self._inside = 0
        self._changed = threading.Condition()

    def handle(self, handler: WSGIHandler, environ: dict[str, Any], start_response: Any) -> Any:
        """Let one request in and its answer out, late where slow lines are asked for."""
        with self._changed:
            self._inside += 1
        try:
            if self._slowness.change_s and environ["REQUEST_METHOD"] not in _READS:
                time.sleep(self._slowness.change_s)
            answer = _HANDLE(handler, environ, start_response)
            if self._slowness.answer_s:
                time.sleep(self._slowness.answer_s)
            return answer
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def wait_until_empty(self) -> None:
        """Wait for the answers that nobody is there to take any more: they must not write into another test."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._inside == 0, _PATIENCE_S), "a request never ended"


@contextmanager
def door_watched(slowness: Slowness) -> Iterator[Door]:
    """Put a door before every server of this process."""
    door = Door(slowness)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            WSGIHandler,
            "__call__",
            lambda handler, environ, start_response: door.handle(handler, environ, start_response),
        )
        yield door
