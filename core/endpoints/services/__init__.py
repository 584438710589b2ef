"""Writes of endpoints, and the one request by which a person tries one."""

from __future__ import annotations

from core.endpoints.services.endpoints import endpoint_add, endpoint_change, endpoint_retire
from core.endpoints.services.trying import Trial, endpoint_try

__all__ = ["Trial", "endpoint_add", "endpoint_change", "endpoint_retire", "endpoint_try"]
