from __future__ import annotations

from config.settings.environment import ENVIRONMENT

__all__ = ["ENDPOINT_HOSTS", "MCP_CALLS_PER_MINUTE"]

ENDPOINT_HOSTS = ENVIRONMENT.endpoint_hosts
MCP_CALLS_PER_MINUTE = ENVIRONMENT.mcp_calls_per_minute
