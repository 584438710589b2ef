from __future__ import annotations

from tests.architecture.role_matrix import Endpoint

# A browser's session is no way in, whatever the roles: only a token is. Its tools are tried in this folder.
ENDPOINTS = [
    Endpoint(
        "agents:mcp",
        "POST",
        None,
        body=lambda world: {"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
        allowed=frozenset({401}),
    )
]
