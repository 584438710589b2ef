"""Asking a model endpoint: OpenAI-shaped chat completions over connections that reach only checked addresses."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpcore

from core.endpoints.connecting import CheckedBackend, WaitingStoppedError
from core.endpoints.domain.addresses import AddressNotAllowedError, BaseAddress
from core.endpoints.domain.backing_off import ATTEMPTS, RETRIED, wait_before_next
from core.endpoints.domain.completions import (
    Completion,
    Message,
    NoCompletionError,
    completion_read,
    completion_request,
)
from core.endpoints.domain.streaming import StreamBrokenError, StreamedCompletion
from core.endpoints.errors import (
    EndpointAddressError,
    EndpointAnswerError,
    EndpointCancelled,
    EndpointRefusedError,
    EndpointUnreachableError,
)

__all__ = ["ChatClient", "Completion", "Target"]

MOST_BYTES = 4 * 1024 * 1024
"""No honest answer to one post is longer; what goes on is dropped."""
MOST_STREAMED_BYTES = 64 * 1024 * 1024
"""Every few letters of a streamed answer come in some hundred bytes of their own."""
LONGEST_STREAM_S = 600.0
"""A streamed answer may go on for so long, as long as it is never silent for longer than the endpoint's time-out."""
CONNECT_S = 10.0
_FIELD_REFUSED = frozenset({400, 422})
_ADVICE = {
    400: "It does not take such a request: check the model's name, and whether it reads images.",
    401: "It does not take the key. Enter the key again.",
    403: "The key may not use this model.",
    404: "It knows no such address or model: check the address (it usually ends in /v1) and the model's name.",
    413: "What was asked is too long for it.",
    422: "It does not take such a request: check the model's name.",
    429: "It is asked too often. Lower the requests a minute, or wait.",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What is called, and how much of it; the key is never shown in a representation."""

    base: BaseAddress
    model: str
    api_key: str
    concurrency: int
    per_minute: int | None
    timeout_s: float
    attempts: int = ATTEMPTS

    def __repr__(self) -> str:
        return f"Target({self.base.text}, {self.model})"


class _Pace:
    """Lets at most so many requests begin within any minute; for several threads."""

    def __init__(self, per_minute: int | None) -> None:
        self._per_minute = per_minute
        self._begun: deque[float] = deque()
        self._lock = threading.Lock()

    def wait_s(self) -> float:
        """Return how long to wait before asking here again; 0 when the request may begin, which counts it."""
        if self._per_minute is None:
            return 0.0
        with self._lock:
            now = time.monotonic()
            while self._begun and now - self._begun[0] >= 60:
                self._begun.popleft()
            if len(self._begun) < self._per_minute:
                self._begun.append(now)
                return 0.0
            return 60 - (now - self._begun[0])


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    retry_after: str
    body: bytes
    streamed: StreamedCompletion | None = None


class ChatClient:
    """Asks one endpoint, from as many threads as its limits allow. Close it, or use it in a ``with``."""

    def __init__(self, target: Target, *, stopped: threading.Event | None = None) -> None:
        self._target = target
        self._stopped = stopped or threading.Event()
        self._pace = _Pace(target.per_minute)
        self._random = random.Random()  # noqa: S311 - spreads retries in time
        self._takes_stream_options = True
        self._pool = httpcore.ConnectionPool(
            max_connections=target.concurrency,
            max_keepalive_connections=target.concurrency,
            network_backend=CheckedBackend(target.base, self._stopped),
        )

    def __enter__(self) -> ChatClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections; nobody may be asking any more."""
        self._pool.close()

    def stop(self) -> None:
        """End all waiting, of whichever thread, with `EndpointCancelled`."""
        self._stopped.set()

    def completion(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int | None = None,
        streamed: bool = False,
    ) -> Completion:
        """Ask once, and again after a while when the endpoint is busy or does not answer.

        A streamed answer is read as it comes, so that a long one is not taken for silence; one that breaks off
        before its end is asked for again from the beginning. Endpoints that do not stream are read all the same.

        Raises
        ------
        EndpointRefusedError, EndpointUnreachableError, EndpointAnswerError
            After the last attempt, or at once where another would end the same.
        EndpointAddressError
            The host's name leads to an address that must not be called.
        EndpointCancelled
            Somebody called `stop`.
        """
        request = completion_request(
            model=self._target.model,
            messages=messages,
            max_tokens=max_tokens,
            temperature=temperature,
            seed=seed,
            streamed=streamed,
        )
        if not self._takes_stream_options:
            request.pop("stream_options", None)
        attempt = 1
        while True:
            self._wait_for_turn()
            begun = time.monotonic()
            is_last = attempt >= self._target.attempts
            try:
                reply = self._sent(request)
            except EndpointUnreachableError:
                if is_last:
                    raise
                retry_after = ""
            else:
                if reply.status == 200:
                    return _completion(reply, begun, attempt)
                if reply.status in _FIELD_REFUSED and request.pop("stream_options", None):
                    # Older servers refuse what they do not know: they are asked without, and count no tokens.
                    self._takes_stream_options = False
                    continue
                if is_last or reply.status not in RETRIED:
                    raise EndpointRefusedError(status_code=reply.status, advice=_advice(reply.status))
                retry_after = reply.retry_after
            self._wait(wait_before_next(attempt, retry_after=retry_after, jitter=self._random.random()))
            attempt += 1

    def _sent(self, request: dict[str, Any]) -> _Reply:
        target, streamed = self._target, bool(request["stream"])
        body = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
        accepted = "text/event-stream, application/json" if streamed else "application/json"
        headers = [("Content-Type", "application/json"), ("Accept", accepted)]
        if target.api_key:
            headers.append(("Authorization", f"Bearer {target.api_key}"))
        times = {
            "connect": min(CONNECT_S, target.timeout_s),
            "read": target.timeout_s,
            "write": target.timeout_s,
            "pool": target.timeout_s,
        }
        until = time.monotonic() + (max(target.timeout_s, LONGEST_STREAM_S) if streamed else target.timeout_s)
        url = f"{target.base.text}/chat/completions"
        try:
            with self._pool.stream(
                "POST", url, headers=headers, content=body, extensions={"timeout": times}
            ) as response:
                return _read(response, until, streamed=streamed)
        except WaitingStoppedError:
            raise EndpointCancelled() from None
        except AddressNotAllowedError as problem:
            raise EndpointAddressError(problem=str(problem)) from None
        except httpcore.TimeoutException:
            raise EndpointUnreachableError(problem=f"nothing came within {target.timeout_s:g} s.") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
            raise EndpointUnreachableError(problem="the connection failed.") from None

    def _wait_for_turn(self) -> None:
        while (seconds := self._pace.wait_s()) > 0:
            self._wait(seconds)

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise EndpointCancelled()


def _read(response: httpcore.Response, until: float, *, streamed: bool) -> _Reply:
    """Return what came back, read to its end; of a stream only what it says is kept."""
    found = {name.lower(): value for name, value in response.headers}
    events = None
    if streamed and response.status == 200 and _is_event_stream(found.get(b"content-type", b"")):
        events = StreamedCompletion(most_characters=MOST_BYTES)
    content = bytearray()
    size = 0
    for piece in response.iter_stream():
        size += len(piece)
        if events is None:
            content += piece
        else:
            _feed(events, piece)
        if size > (MOST_BYTES if events is None else MOST_STREAMED_BYTES):
            raise EndpointAnswerError(problem="it is longer than 4 MiB.")
        if time.monotonic() > until:
            raise EndpointUnreachableError(problem="its answer took too long.")
    if events is not None and not events.is_over:
        raise EndpointUnreachableError(problem="its answer broke off before its end.")
    retry_after = found.get(b"retry-after", b"").decode("latin-1")
    return _Reply(response.status, retry_after, bytes(content), events)


def _is_event_stream(content_type: bytes) -> bool:
    return content_type.partition(b";")[0].strip().lower() == b"text/event-stream"


def _feed(events: StreamedCompletion, piece: bytes) -> None:
    try:
        events.feed(piece)
    except NoCompletionError as problem:
        raise EndpointAnswerError(problem=str(problem)) from None
    except StreamBrokenError:
        raise EndpointUnreachableError(problem="it broke off its answer with an error.") from None


def _advice(status: int) -> str:
    if 300 <= status < 400:
        return "It sends callers elsewhere, which Concord never follows: enter the address it really has."
    return _ADVICE.get(status, "It is out of order. Try again later." if status >= 500 else "It refused.")


def _completion(reply: _Reply, begun: float, attempt: int) -> Completion:
    try:
        if reply.streamed is None:
            document: Any = json.loads(reply.body)
            text, tokens_in, tokens_out, is_cut = completion_read(document)
        else:
            text, tokens_in, tokens_out, is_cut = reply.streamed.answer
    except (ValueError, RecursionError):
        raise EndpointAnswerError(problem="it is not JSON.") from None
    except NoCompletionError as problem:
        raise EndpointAnswerError(problem=str(problem)) from None
    duration_ms = round((time.monotonic() - begun) * 1000)
    return Completion(text, tokens_in, tokens_out, duration_ms, attempt, is_cut)
