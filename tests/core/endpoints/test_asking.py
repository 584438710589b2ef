from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest

from core.endpoints import connecting
from core.endpoints.chat import ChatClient, Target
from core.endpoints.domain.addresses import BaseAddress, base_address
from core.endpoints.domain.backing_off import wait_before_next
from core.endpoints.errors import (
    EndpointAddressError,
    EndpointAnswerError,
    EndpointCancelled,
    EndpointRefusedError,
    EndpointUnreachableError,
)
from tests.core.endpoints.stub import Heard, Said, Stub, stub_serving

QUESTION = [{"role": "user", "content": "ready?"}]


def target(stub: Stub, **changes: object) -> Target:
    host = stub.base_url.removeprefix("http://").removesuffix("/v1")
    fields: dict[str, object] = {
        "base": base_address(stub.base_url, named_hosts={host}),
        "model": "judge",
        "api_key": "sk-secret-secret",
        "concurrency": 2,
        "per_minute": None,
        "timeout_s": 5.0,
        **changes,
    }
    return Target(**fields)  # type: ignore[arg-type]


def test_an_answer_comes_with_what_the_endpoint_counted() -> None:
    said = Said("yes", tokens_in=31, tokens_out=2)
    with stub_serving(lambda heard, number: said) as stub, ChatClient(target(stub)) as client:
        found = client.completion(QUESTION, max_tokens=8, temperature=0.5, seed=7)
    assert (found.text, found.tokens_in, found.tokens_out, found.attempts) == ("yes", 31, 2, 1)
    sent = stub.heard[0]
    assert sent.headers["Authorization"] == "Bearer sk-secret-secret"
    assert (sent.body["model"], sent.body["seed"], sent.body["temperature"]) == ("judge", 7, 0.5)


def test_a_busy_endpoint_is_asked_again_no_sooner_than_it_said() -> None:
    moments: list[float] = []

    def busy_once(heard: Heard, number: int) -> Said:
        moments.append(time.monotonic())
        return Said(status=429, headers={"Retry-After": "1"}) if number == 1 else Said("no")

    with stub_serving(busy_once) as stub, ChatClient(target(stub)) as client:
        found = client.completion(QUESTION, max_tokens=8)
    assert (found.text, found.attempts) == ("no", 2)
    assert moments[1] - moments[0] >= 1.0


@pytest.mark.parametrize(("status", "asked"), [(401, 1), (404, 1), (302, 1), (503, 2)])
def test_a_refusal_is_told_without_the_endpoints_words(status: int, asked: int) -> None:
    said = Said(status=status, headers={"Location": "http://127.0.0.1:1/", "Retry-After": "0"})
    with (
        stub_serving(lambda heard, number: said) as stub,
        ChatClient(target(stub, attempts=2)) as client,
        pytest.raises(EndpointRefusedError) as refused,
    ):
        client.completion(QUESTION, max_tokens=8)
    assert len(stub.heard) == asked
    assert str(status) in refused.value.message
    assert "stub says no" not in refused.value.message


@pytest.mark.parametrize(
    "raw", [b"<html>", b"{}", b'{"choices": []}', b"[" * 100_000, b"x" * (5 * 1024 * 1024)]
)
def test_what_is_no_completion_is_said_to_be_none(raw: bytes) -> None:
    with (
        stub_serving(lambda heard, number: Said(raw=raw)) as stub,
        ChatClient(target(stub)) as client,
        pytest.raises(EndpointAnswerError),
    ):
        client.completion(QUESTION, max_tokens=8)


def test_an_endpoint_that_does_not_answer_in_time_is_given_up() -> None:
    never = threading.Event()
    with stub_serving(lambda heard, number: Said(wait=never)) as stub:
        hurried = target(stub, timeout_s=0.5, attempts=1)
        with ChatClient(hurried) as client, pytest.raises(EndpointUnreachableError):
            client.completion(QUESTION, max_tokens=8)
        never.set()


def test_stopping_ends_an_answer_under_way_at_once() -> None:
    never, begun = threading.Event(), threading.Event()

    def hang(heard: Heard, number: int) -> Said:
        begun.set()
        return Said(wait=never)

    with stub_serving(hang) as stub, ChatClient(target(stub, timeout_s=60.0)) as client:

        def stop_soon() -> None:
            begun.wait(10)
            client.stop()

        threading.Thread(target=stop_soon).start()
        started = time.monotonic()
        with pytest.raises(EndpointCancelled):
            client.completion(QUESTION, max_tokens=8)
        assert time.monotonic() - started < 10
        never.set()


def test_a_name_that_leads_inside_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    with stub_serving(lambda heard, number: Said("yes")) as stub:
        port = stub.server.server_address[1]
        monkeypatch.setattr(connecting, "addresses_of", lambda host, port: ["127.0.0.1"])
        rebound = BaseAddress("http", "models.example.org", int(port), "/v1", is_named=False)
        with ChatClient(target(stub, base=rebound)) as client, pytest.raises(EndpointAddressError):
            client.completion(QUESTION, max_tokens=8)
    assert stub.heard == []


def test_the_key_is_in_no_representation() -> None:
    with stub_serving(lambda heard, number: Said("yes")) as stub:
        assert "secret" not in repr(target(stub))


@pytest.mark.parametrize(
    ("attempt", "retry_after", "least", "most"),
    [
        (1, "", 0.25, 0.5),
        (3, "", 1.0, 2.0),
        (1, "7", 7.0, 7.0),
        (1, "Sat, 21 Nov 2026 12:00:30 GMT", 30.0, 30.0),
        (1, "99999", 60.0, 60.0),
        (1, "soon", 0.25, 0.5),
    ],
)
def test_waits_grow_and_are_never_shorter_than_asked(
    attempt: int, retry_after: str, least: float, most: float
) -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    waits = [
        wait_before_next(attempt, retry_after=retry_after, jitter=jitter, now=now) for jitter in (0.0, 1.0)
    ]
    assert waits == [least, most]
