"""Reads of endpoints; what other apps may use is re-exported here."""

from __future__ import annotations

from core.endpoints.models import Endpoint
from core.endpoints.selectors.endpoints import (
    calls_cost,
    endpoint_get,
    endpoint_in_project,
    endpoint_prices,
    endpoint_target,
    endpoints_in,
)

__all__ = [
    "Endpoint",
    "calls_cost",
    "endpoint_get",
    "endpoint_in_project",
    "endpoint_prices",
    "endpoint_target",
    "endpoints_in",
]
