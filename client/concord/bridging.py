"""``concord mcp``: a server's tools for agents, over standard input and output.

An agent's program starts it; it holds the token and passes calls on to the server's ``/mcp/``. It adds nothing and
keeps nothing: what a token may is decided there.
"""

from __future__ import annotations

import asyncio
from typing import Any

from concord.credentials import Credentials
from concord.errors import ConcordError


def mcp_serve(credentials: Credentials) -> None:
    """Serve until standard input ends.

    Raises
    ------
    ConcordError
        ``mcp_missing`` when the package of the protocol is not installed; ``mcp_ended`` when the server went away.
    """
    try:
        import mcp  # noqa: F401
    except ImportError:
        raise ConcordError(
            "mcp_missing", 'Install the client with its extra: pip install "concord-client[mcp]".'
        ) from None
    try:
        asyncio.run(_serve(credentials))
    except (ExceptionGroup, OSError) as error:
        raise ConcordError(
            "mcp_ended", f"{credentials.url} went away ({error}). Start this again."
        ) from error


async def _serve(credentials: Credentials) -> None:
    import httpx2
    import mcp_types as types
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client
    from mcp.server.lowlevel import Server
    from mcp.server.stdio import stdio_server

    headers = {"Authorization": f"Bearer {credentials.token}", "User-Agent": "concord-client/0.1"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=httpx2.Timeout(30, read=300)) as http,
        Client(streamable_http_client(f"{credentials.url}/mcp/", http_client=http)) as upstream,
    ):

        async def list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
            return await upstream.list_tools()

        async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
            return await upstream.call_tool(params.name, params.arguments)

        server: Server[dict[str, Any]] = Server(
            "concord",
            title="Concord",
            instructions=upstream.instructions,
            on_list_tools=list_tools,
            on_call_tool=call_tool,
        )
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())
