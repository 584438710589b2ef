"""How the demo speaks to Concord: the public HTTP API, over the network or inside this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import httpx
from celery import current_app
from django.test import Client

from core.jobs.running import job_run, outbox_take

_PATIENCE_S = 120.0
_JOB_PATIENCE_S = 900.0
_RETRIED = {502, 503, 504}


class DemoError(Exception):
    """A step of the demo did not go as it should; the message says what to look at."""


class Api(Protocol):
    """Speaks to the API as one person."""

    def call(self, method: str, path: str, body: Any = None, *, files: dict[str, Path] | None = None) -> Any:
        """Send one request; return the decoded answer, ``None`` for 204.

        Raises
        ------
        DemoError
            When the answer is a refusal.
        """

    def wait_job(self, job_id: str, *, tell: Callable[[str], None]) -> dict[str, Any]:
        """Wait for a job's end and return it.

        Raises
        ------
        DemoError
            When it failed, with its own sentence.
        """


def get_all(api: Api, path: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of every page of a list."""
    separator = "&" if "?" in path else "?"
    following: str | None = f"{path}{separator}page_size=200"
    while following:
        page = api.call("GET", following)
        yield from page["results"]
        following = page.get("next") and "/api/" + page["next"].partition("/api/")[2]


class HttpApi:
    """Over HTTP with a token. A server that is being restarted is waited for; repeats are safe by design."""

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(60.0),
            trust_env=False,
        )

    def call(self, method: str, path: str, body: Any = None, *, files: dict[str, Path] | None = None) -> Any:
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                response = self._send(method, path, body, files)
                if response.status_code not in _RETRIED:
                    return _decoded(method, path, response)
                problem = f"{response.status_code}"
            except httpx.TransportError as error:
                problem = type(error).__name__
            if time.monotonic() > deadline:
                raise DemoError(f"{method} {path} got no answer for {_PATIENCE_S:.0f} s ({problem}).")
            time.sleep(0.5)

    def _send(self, method: str, path: str, body: Any, files: dict[str, Path] | None) -> httpx.Response:
        if files is None:
            return self._client.request(method, path, json=body)
        opened = {name: (source.name, source.open("rb")) for name, source in files.items()}
        try:
            return self._client.request(method, path, data=body or {}, files=opened)
        finally:
            for _, stream in opened.values():
                stream.close()

    def wait_job(self, job_id: str, *, tell: Callable[[str], None]) -> dict[str, Any]:
        deadline, told = time.monotonic() + _JOB_PATIENCE_S, ""
        while time.monotonic() < deadline:
            job: dict[str, Any] = self.call("GET", f"/api/jobs/{job_id}/")
            if job["finished_at"] is not None:
                return _ended(job)
            sentence = f"  {job['kind']}: {job['done']} of {job['total'] or '?'} {job['message']}".rstrip()
            if job["total"] and sentence != told:
                tell(sentence)
                told = sentence
            time.sleep(0.3)
        raise DemoError(f"Job {job_id} did not end within {_JOB_PATIENCE_S:.0f} s; is a worker running?")


class InProcessApi:
    """The same requests handed to Django in this process, and jobs run here: for seeding before anything runs."""

    def __init__(self, token: str) -> None:
        self._client = Client(headers={"Authorization": f"Bearer {token}"}, SERVER_NAME="localhost")

    def call(self, method: str, path: str, body: Any = None, *, files: dict[str, Path] | None = None) -> Any:
        send = getattr(self._client, method.lower())
        if files is not None:
            opened = {name: source.open("rb") for name, source in files.items()}
            try:
                response = send(path, {**(body or {}), **opened})
            finally:
                for stream in opened.values():
                    stream.close()
        elif body is None:
            response = send(path)
        else:
            response = send(path, body, content_type="application/json")
        return _decoded(method, path, response)

    def wait_job(self, job_id: str, *, tell: Callable[[str], None]) -> dict[str, Any]:
        run_outbox_here(tell)
        return _ended(self.call("GET", f"/api/jobs/{job_id}/"))


def run_outbox_here(tell: Callable[[str], None]) -> None:
    """Run every job that waits, in this process."""
    current_app.loader.import_default_modules()
    while waiting := outbox_take():
        for kind, job_id in waiting:
            tell(kind)
            job_run(job_id)


def _decoded(method: str, path: str, response: Any) -> Any:
    if response.status_code == 204:
        return None
    if response.status_code >= 400:
        raise DemoError(f"{method} {path} answered {response.status_code}: {response.content[:600].decode()}")
    return response.json()


def _ended(job: dict[str, Any]) -> dict[str, Any]:
    if job["state"] != "succeeded":
        error = job["error"] or {"detail": job["message"]}
        raise DemoError(f"The job {job['kind']} ended as {job['state']}: {error['detail']}")
    return job
