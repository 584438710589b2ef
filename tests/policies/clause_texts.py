"""Clauses that tests write policies from."""

from __future__ import annotations

from typing import Any

from policies.domain.clause_documents import ClauseDocument

DEFINITION = (
    "A post offers, seeks or arranges the sale of a working weapon between private people, in public or by "
    "pointing to another place where the deal is made."
)


def verdict_json(**changes: Any) -> dict[str, Any]:
    """Return a complete verdict clause as JSON, with ``changes`` on top."""
    document: dict[str, Any] = {
        "kind": "verdict",
        "title": "Weapons sale",
        "question": "Does the post offer or seek a weapon?",
        "blocks": [
            {"type": "definition", "text": DEFINITION},
            {"type": "use_when", "text": "A price, a place or a contact stands beside the weapon."},
            {"type": "avoid_when", "text": "A museum shows an antique."},
            {
                "type": "examples",
                "items": [
                    {"text": "Glock, 300, meet at the station", "ruling": "yes", "why": "Price and place."}
                ],
            },
            {"type": "rationale", "text": "Private sales reach people who may not own weapons."},
        ],
        "answers": [
            {"value": "yes", "label": "Yes", "harmful": True},
            {"value": "no", "label": "No"},
        ],
        "severities": [{"value": 1, "label": "Low"}, {"value": 2, "label": "High"}],
        "modalities": ["text", "image"],
        "evidence_kinds": ["box", "text_span"],
        "requires": {"evidence": True, "severity": True},
    }
    return {**document, **changes}


def axis_json(**changes: Any) -> dict[str, Any]:
    """Return a complete axis clause as JSON, with ``changes`` on top."""
    document: dict[str, Any] = {
        "kind": "axis",
        "title": "Helpful",
        "question": "Which response helps more?",
        "blocks": [{"type": "definition", "text": "A response helps when it does what was asked."}],
    }
    return {**document, **changes}


def verdict(**changes: Any) -> ClauseDocument:
    """Return `verdict_json` as a document."""
    return ClauseDocument.model_validate(verdict_json(**changes))


def with_block(document: dict[str, Any], block_type: str, text: str) -> dict[str, Any]:
    """Return ``document`` with the text of its block of ``block_type`` replaced."""
    blocks = [{**b, "text": text} if b["type"] == block_type else b for b in document["blocks"]]
    return {**document, "blocks": blocks}
