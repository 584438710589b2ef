"""Tables of this app; private to it."""

from __future__ import annotations

from core.endpoints.models.endpoint import Endpoint

__all__ = ["Endpoint"]
