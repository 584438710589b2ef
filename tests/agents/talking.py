"""A real MCP client against our tools, without a network between them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import async_to_sync
from mcp import Client

from agents.api.server import server_for
from core.accounts.selectors import Actor, Capability
from core.accounts.services import token_create
from core.content.models import Post
from policies.selectors import posts_held_out
from tests.annotation import material
from tests.world import World


def shown_post(world: World, **fields: Any) -> Post:
    """A post by which nobody and nothing is measured; which ones models are measured by follows from identifiers."""
    while True:
        post = material.post_make(world, **fields)
        if not posts_held_out(world.project.pk, [post.pk]):
            return post


def agent(world: World, name: str = "engineer", *, without: tuple[Capability, ...] = ()) -> Actor:
    """A token of a person with all scopes but those left out, as the actor it makes."""
    scopes = frozenset(Capability) - set(without)
    token, _ = token_create(world.actor(name), name="helper", scopes=[str(one) for one in scopes])
    return Actor(world.person(name), scopes, token.pk)


def with_client(actor: Actor, act: Callable[[Client], Awaitable[Any]]) -> Any:
    """Open a session with the tools as the actor, and do something with it."""

    async def run() -> Any:
        async with Client(server_for(actor), mode="legacy") as client:
            return await act(client)

    return async_to_sync(run)()


def called(actor: Actor, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool gives; its words and its structure say the same."""
    result = with_client(actor, lambda client: client.call_tool(tool, arguments))
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return dict(result.structured_content)


def refused(actor: Actor, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool says instead of giving something."""
    result = with_client(actor, lambda client: client.call_tool(tool, arguments))
    assert result.is_error, result.structured_content
    return dict(json.loads(result.content[0].text))
