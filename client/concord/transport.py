from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from concord.errors import ConcordError

_ATTEMPTS = 5
_PASSING_STATUS = {429, 502, 503, 504}


class Transport:
    """One connection pool to one server: sends the token, repeats what is safe to repeat, reads problems.

    Parameters
    ----------
    url
        Address of the server, without ``/api``.
    token
        A token made under *Tokens* on the server.
    client
        Replaces the connection pool, for tests.
    """

    def __init__(self, url: str, token: str, *, client: httpx.Client | None = None) -> None:
        self.url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": "concord-client/0.1"}
        self._client = client or httpx.Client(base_url=self.url, timeout=httpx.Timeout(60.0, connect=10.0))
        self._pause = threading.Event()

    def close(self) -> None:
        """Close the connections; an iterator or a download still open ends with an error."""
        self._pause.set()
        self._client.close()

    def get(self, path: str, *, params: Mapping[str, Any] | None = None) -> Any:
        """Return the JSON at ``path``."""
        return self.send("GET", path, params=_given(params)).json()

    def post(self, path: str, **content: Any) -> Any:
        """Send ``json=``, ``data=`` or ``files=`` to ``path``; return the JSON that came back, if any."""
        response = self.send("POST", path, **content)
        return response.json() if response.content else None

    def pages(self, path: str, *, params: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Yield every row of the list at ``path``, fetching the next page when it is needed."""
        page = self.get(path, params=params)
        while True:
            yield from page["results"]
            following = page.get("next")
            if not following:
                return
            # Only path and query are followed, so that the token never leaves for another host.
            parts = urlsplit(following)
            page = self.get(f"{parts.path}?{parts.query}")

    def send(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Send one request and return the answer.

        Reads are repeated after a broken connection or a passing refusal; writes only when the connection was
        never made, so that nothing is stored twice.

        Raises
        ------
        ConcordError
            For every answer of 400 or more, and when no answer came.
        """
        repeatable = method in {"GET", "HEAD"}
        for attempt in range(_ATTEMPTS):
            last = attempt == _ATTEMPTS - 1
            try:
                response = self._client.request(method, path, headers=self._headers, **content)
            except httpx.TransportError as error:
                if last or not (repeatable or isinstance(error, httpx.ConnectError)):
                    raise no_answer(self.url, error) from error
                self.wait(attempt)
                continue
            if response.status_code in _PASSING_STATUS and repeatable and not last:
                self.wait(attempt, response.headers.get("Retry-After"))
                continue
            if response.status_code >= 400:
                raise error_of(response)
            return response
        raise AssertionError("the last attempt returns or raises")

    def stream(self, path: str, *, start: int = 0) -> Any:
        """Open ``path`` for reading from byte ``start``; a context manager that yields the response."""
        headers = dict(self._headers)
        if start:
            headers["Range"] = f"bytes={start}-"
        return self._client.stream("GET", path, headers=headers)

    def wait(self, attempt: int, asked_s: str | None = None) -> None:
        """Pause before the next attempt: what the server asked for, else growing with some chance."""
        seconds = float(asked_s) if asked_s and asked_s.isdecimal() else 0.2 * 2**attempt
        self._pause.wait(min(seconds, 10.0) * (0.5 + random.random() / 2))  # noqa: S311


def no_answer(url: str, error: Exception) -> ConcordError:
    """Return the error for a server that could not be reached."""
    return ConcordError(
        "no_answer", f"{url} did not answer: {type(error).__name__}. Check the address and try again."
    )


def error_of(response: httpx.Response) -> ConcordError:
    """Return the problem document in ``response`` as an error."""
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    message = problem.get("detail") or f"The server answered {response.status_code}."
    for row in problem.get("errors") or []:
        message += f" {row.get('path') or 'body'}: {row.get('message')}"
    return ConcordError(
        problem.get("code") or f"http_{response.status_code}",
        message,
        request_id=problem.get("request_id") or response.headers.get("X-Request-Id"),
        status=response.status_code,
        fields=problem.get("fields"),
    )


def _given(params: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {key: value for key, value in params.items() if value is not None} if params else None
