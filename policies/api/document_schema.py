"""The OpenAPI schema of a clause's text, taken from the pydantic models that validate it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from policies.domain.clause_documents import ClauseDocument


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    """Return ``node`` with references filled in; names and defaults are left to the API."""
    if isinstance(node, list):
        return [_inlined(member, definitions) for member in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(definitions[node["$ref"].rsplit("/", 1)[-1]], definitions)
    node = {
        key: value
        for key, value in node.items()
        if key not in ("discriminator", "title", "description", "default")
    }
    return {
        key: _properties(value, definitions) if key == "properties" else _inlined(value, definitions)
        for key, value in node.items()
        if key != "$defs"
    }


def _properties(properties: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Keep the names of properties, which may be ``title`` too."""
    return {name: _inlined(schema, definitions) for name, schema in properties.items()}


def _schema(*, is_output: bool) -> dict[str, Any]:
    schema = ClauseDocument.model_json_schema(mode="serialization" if is_output else "validation")
    result: dict[str, Any] = _inlined(schema, schema.get("$defs", {}))
    return result


@extend_schema_field(_schema(is_output=False))
class ClauseDocumentInputField(serializers.JSONField):
    """What a writer sends; checked by the domain, which names every problem with its path."""


@extend_schema_field(_schema(is_output=True))
class ClauseDocumentOutputField(serializers.JSONField):
    """What a clause says, with every field present."""
