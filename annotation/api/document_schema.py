"""The JSON Schema of a label document, as OpenAPI shows it: made from the domain's models, never written
twice.
"""

from __future__ import annotations

from typing import Any

from annotation.domain.document import LabelDocument

_LEFT_OUT = frozenset({"title", "discriminator", "default"})


def label_document_schema() -> dict[str, Any]:
    """Return one self-contained schema: what pydantic keeps in ``$defs`` is put where it is used."""
    schema = LabelDocument.model_json_schema()
    definitions = schema.pop("$defs", {})
    resolved: dict[str, Any] = _inlined(schema, definitions)
    return resolved


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inlined(member, definitions) for member in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].removeprefix("#/$defs/")
        return _inlined(definitions[name], definitions)
    if "prefixItems" in node:
        # A point: OpenAPI generators read a fixed pair of numbers best as a plain list of two.
        return {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    # A field with a default may be left out; saying the default too makes generated types demand it.
    return {key: _inlined(value, definitions) for key, value in node.items() if key not in _LEFT_OUT}


LABEL_DOCUMENT_SCHEMA = label_document_schema()
