"""JSON written by pydantic's serializer: what DRF's encoder writes, several times faster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json
from rest_framework.renderers import BaseRenderer


class QuickJSONRenderer(BaseRenderer):
    """For views that answer plain dictionaries of texts, numbers, UUIDs and times all day long."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else to_json(data)
