"""Over a socket and over standard input: a real client, a real server, a token between them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from redis.exceptions import ConnectionError as RedisConnectionError

from agents.api.views import BODY_MOST
from agents.models import Proposal
from agents.services import pace
from core.accounts.models import ApiToken, AuditEvent
from core.accounts.selectors import Capability
from core.accounts.services import token_create
from tests.agents.talking import shown_post
from tests.annotation import material
from tests.world import Caller, World

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


def token_of(world: World, *scopes: Capability) -> str:
    _, secret = token_create(
        world.actor("engineer"), name="helper", scopes=[str(one) for one in scopes or list(Capability)]
    )
    return secret


def over_http(url: str, token: str, act: Callable[[Client], Awaitable[Any]], *, mode: Any = "auto") -> Any:
    async def run() -> Any:
        async with (
            httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=60) as http,
            Client(streamable_http_client(f"{url}/mcp/", http_client=http), mode=mode) as client,
        ):
            return await act(client)

    return asyncio.run(run())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_agent_works_over_http_with_a_persons_token(committed: World, live_server: Any, mode: str) -> None:
    release, post = material.release_make(committed), shown_post(committed, text="They are vermin.")
    arguments = {
        "post_id": str(post.pk),
        "label": "yes",
        "severity": 3,
        "clause_ids": ["hate"],
        "rationale": "It demeans.",
        "confidence": 0.9,
        "idempotency_key": uuid.uuid4().hex,
    }

    async def act(client: Client) -> list[Any]:
        assert client.instructions is not None and "untrusted" in client.instructions
        tools = await client.list_tools()
        read = await client.call_tool("get_post", {"post_id": str(post.pk)})
        # Twice at once: one proposal.
        both = await asyncio.gather(*(client.call_tool("propose_judgment", arguments) for _ in range(2)))
        return [tools, read, *both]

    tools, read, one, other = over_http(live_server.url, token_of(committed), act, mode=mode)
    assert len(tools.tools) == 7
    assert read.structured_content["parts"][0]["text"]["text"] == "They are vermin."
    assert one.structured_content["proposal_id"] == other.structured_content["proposal_id"]
    assert one.structured_content["versions"][0]["label"] == release.label
    assert Proposal.objects.count() == 1
    assert AuditEvent.objects.filter(action="post.read_by_agent").count() == 1


def test_an_agent_works_over_standard_input(committed: World, live_server: Any, tmp_path: Any) -> None:
    release = material.release_make(committed)
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "CONCORD_URL": live_server.url,
        "CONCORD_TOKEN": token_of(committed),
        "CONCORD_CONFIG": str(tmp_path),
    }
    command = StdioServerParameters(
        command=sys.executable, args=["-c", "from concord.cli import main; main()", "mcp"], env=environment
    )

    async def run() -> list[Any]:
        async with Client(command, mode="legacy") as client:
            return [
                await client.list_tools(),
                await client.call_tool("search_policies", {"query": "attack on people"}),
                await client.call_tool("get_post", {"post_id": str(uuid.uuid4())}),
            ]

    tools, found, missing = asyncio.run(run())
    assert len(tools.tools) == 7
    assert found.structured_content["results"][0]["version"]["label"] == release.label
    assert missing.is_error
    assert json.loads(missing.content[0].text)["code"] == "not_found"


# What is refused before any tool is asked


def posted(body: Any, token: str | None = None, **headers: str) -> Any:
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    headers.setdefault("Accept", "application/json, text/event-stream")
    return Caller().post("/mcp/", body, **headers)


def test_without_a_valid_token_nothing_is_read(world: World) -> None:
    secret = token_of(world)
    for token in (None, "concord_" + "x" * 43, secret + "x"):
        refused = posted(LIST, token)
        assert refused.status_code == 401
        assert refused.json()["code"] == "sign_in_needed"
        assert "Bearer" in refused.headers["WWW-Authenticate"]
    # The body is not even looked at.
    assert Caller().client.post("/mcp/", b"\xff" * 10, content_type="text/plain").status_code == 401
    assert posted(LIST, secret).status_code == 200
    ApiToken.objects.update(revoked_at="2026-01-01T00:00Z")
    assert posted(LIST, secret).status_code == 401


def test_a_browsers_session_is_no_way_in(world: World) -> None:
    assert Caller(world.person("engineer")).post("/mcp/", LIST).status_code == 401


def test_another_sites_page_and_another_host_are_refused(world: World) -> None:
    secret = token_of(world)
    for origin in ("https://evil.example", "null", "http://testserver.evil.example", "https://testserver"):
        assert posted(LIST, secret, Origin=origin).json()["code"] == "origin_refused", origin
    assert posted(LIST, secret, Origin="http://testserver").status_code == 200
    rebound = Caller().client.post(
        "/mcp/",
        json.dumps(LIST),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}", "Accept": "application/json"},
        SERVER_NAME="evil.example",
    )
    assert rebound.status_code == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"jsonrpc": "2.0", "jsonrpc": "2.0"}', 400),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"a": "\\u0000"}}', 400),
        (b"[" * 5_000, 400),
        (b'"' + b"x" * BODY_MOST + b'"', 413),
        (b"[]", 400),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "no/such"}', 200),
    ],
)
def test_bodies_that_mean_nothing_or_too_much_are_refused(world: World, body: bytes, status: int) -> None:
    answer = Caller().client.post(
        "/mcp/",
        body,
        content_type="application/json",
        headers={
            "Authorization": f"Bearer {token_of(world)}",
            "Accept": "application/json, text/event-stream",
        },
    )
    assert answer.status_code == status, answer.content[:300]


def test_other_methods_and_types_are_not_offered(world: World) -> None:
    headers = {"Authorization": f"Bearer {token_of(world)}"}
    assert Caller().get("/mcp/", **headers).status_code == 405
    assert Caller().delete("/mcp/", **headers).status_code == 405
    sent = Caller().client.post("/mcp/", {"a": "b"}, headers=headers)
    assert sent.status_code == 415


def test_no_session_is_needed_between_requests(world: World) -> None:
    """Any web process answers any request: a call needs no handshake before it."""
    material.release_make(world)
    call = {
        "jsonrpc": "2.0",
        "id": 7,
        "method": "tools/call",
        "params": {"name": "search_policies", "arguments": {"query": "hate"}},
    }
    answer = posted(call, token_of(world))
    assert answer.status_code == 200
    assert "Mcp-Session-Id" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["result"]["structuredContent"]["results"]


def test_a_token_that_only_reads_cannot_propose(world: World) -> None:
    call = {
        "jsonrpc": "2.0",
        "id": 7,
        "method": "tools/call",
        "params": {"name": "propose_judgment", "arguments": {}},
    }
    answer = posted(call, token_of(world, Capability.CONTENT_VIEW)).json()["result"]
    assert answer["isError"] is True
    assert json.loads(answer["content"][0]["text"])["code"] == "token_scope_missing"


def test_a_token_that_calls_too_often_is_told_when_to_go_on(
    committed: World, live_server: Any, settings: Any
) -> None:
    settings.MCP_CALLS_PER_MINUTE = 3
    material.release_make(committed)
    token, other = token_of(committed), token_of(committed)

    async def act(client: Client) -> list[Any]:
        return [await client.call_tool("search_policies", {"query": "hate"}) for _ in range(4)]

    *allowed, refused = over_http(live_server.url, token, act)
    assert [one.is_error for one in allowed] == [False] * 3
    assert refused.is_error
    said = json.loads(refused.content[0].text)
    assert said["code"] == "calls_too_many"
    assert 1 <= said["retry_after_s"] <= 120
    assert said["detail"] == (
        f"A token makes at most 3 calls a minute. Wait {said['retry_after_s']} seconds, then go on."
    )
    assert not any(one.is_error for one in over_http(live_server.url, other, act)[:3]), (
        "each has its own count"
    )


def test_a_flood_of_messages_is_refused_at_the_door(world: World, client: Any, settings: Any) -> None:
    settings.MCP_CALLS_PER_MINUTE = 1
    headers = {"Authorization": f"Bearer {token_of(world)}", "Accept": "application/json, text/event-stream"}
    sent = [
        client.post("/mcp/", json.dumps(LIST), content_type="application/json", headers=headers)
        for _ in range(6)
    ]
    assert [one.status_code for one in sent] == [200] * 5 + [429]
    assert sent[-1].json()["code"] == "calls_too_many"
    assert 1 <= int(sent[-1]["Retry-After"]) <= 120


def test_without_redis_nothing_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.MCP_CALLS_PER_MINUTE = 1

    def gone(*_: object, **__: object) -> None:
        raise RedisConnectionError("gone")

    monkeypatch.setattr("agents.services.pace.cache.add", gone)
    for _ in range(3):
        pace.call_spend(world.actor("engineer"))
