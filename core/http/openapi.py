"""What the generated OpenAPI document says about pages: which query parameters every list takes."""

from __future__ import annotations

from typing import Any

_PAGE_PARAMETERS: tuple[dict[str, Any], ...] = (
    {
        "in": "query",
        "name": "cursor",
        "schema": {"type": "string"},
        "description": "Where the page begins; taken from `next` or `previous` of another page.",
    },
    {
        "in": "query",
        "name": "page_size",
        "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
        "description": "How many rows at most.",
    },
)


def page_parameters_add(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add ``cursor`` and ``page_size`` to every operation that answers with a page; a spectacular hook."""
    for operations in result.get("paths", {}).values():
        operation = operations.get("get")
        if operation is None or not _answers_with_page(operation):
            continue
        parameters = operation.setdefault("parameters", [])
        named = {parameter.get("name") for parameter in parameters}
        parameters.extend(parameter for parameter in _PAGE_PARAMETERS if parameter["name"] not in named)
    return result


def _answers_with_page(operation: dict[str, Any]) -> bool:
    content = operation.get("responses", {}).get("200", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    return str(reference).endswith("Page")
