"""How the demo's clauses are put together from their blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

HARMFUL_OR_ALLOWED = [
    {"value": "violates", "label": "Violates", "harmful": True},
    {"value": "allowed", "label": "Allowed", "harmful": False},
]
_LEVELS = ("Low", "Medium", "High")


def example(text: str, ruling: str, why: str, *, severity: int | None = None) -> dict[str, Any]:
    """Return one example with its ruling and the reason for it."""
    return {"text": text, "ruling": ruling, "why": why, "severity": severity}


def verdict(
    *,
    title: str,
    question: str,
    modalities: Sequence[str],
    evidence_kinds: Sequence[str],
    requires: dict[str, bool] | None = None,
    severities: Sequence[str] = (),
    relations: Sequence[dict[str, str]] = (),
    codes: Sequence[dict[str, str]] = (),
    **blocks: Any,
) -> dict[str, Any]:
    """Return a clause that is answered ``violates`` or ``allowed``; ``severities`` explain low, medium, high."""
    return {
        "kind": "verdict",
        "title": title,
        "question": question,
        "blocks": _blocks(**blocks),
        "answers": HARMFUL_OR_ALLOWED,
        "severities": [
            {"value": level, "label": f"{_LEVELS[level - 1]}: {meaning}"}
            for level, meaning in enumerate(severities, start=1)
        ],
        "modalities": list(modalities),
        "evidence_kinds": list(evidence_kinds),
        "requires": requires or {},
        "relations": list(relations),
        "codes": list(codes),
    }


def clear_or_not(*, title: str, question: str, **blocks: Any) -> dict[str, Any]:
    """Return a clause about the text itself, answered ``clear`` or ``unclear``; neither is harmful."""
    return {
        "kind": "verdict",
        "title": title,
        "question": question,
        "blocks": _blocks(**blocks),
        "answers": [{"value": "clear", "label": "Clear"}, {"value": "unclear", "label": "Unclear"}],
        "modalities": ["text", "image", "video", "audio"],
    }


def axis(*, title: str, question: str, **blocks: Any) -> dict[str, Any]:
    """Return a criterion on which two responses are compared."""
    return {"kind": "axis", "title": title, "question": question, "blocks": _blocks(**blocks)}


def changed(document: dict[str, Any], *, question: str | None = None, **texts: str) -> dict[str, Any]:
    """Return ``document`` with another question or with the text of the named blocks replaced."""
    blocks = [
        {**block, "text": texts[block["type"]]} if block["type"] in texts else block
        for block in document["blocks"]
    ]
    return {**document, "question": question or document["question"], "blocks": blocks}


def _blocks(
    *,
    definition: str,
    use_when: str,
    avoid_when: str,
    rationale: str,
    examples: Sequence[dict[str, Any]] = (),
    counter_examples: Sequence[dict[str, Any]] = (),
) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = [
        {"type": "definition", "text": definition},
        {"type": "use_when", "text": use_when},
        {"type": "avoid_when", "text": avoid_when},
    ]
    if examples:
        blocks.append({"type": "examples", "items": list(examples)})
    if counter_examples:
        blocks.append({"type": "counter_examples", "items": list(counter_examples)})
    return [*blocks, {"type": "rationale", "text": rationale}]
