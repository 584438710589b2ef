"""The text that a split or merged clause begins with; its author writes on from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policies.domain.clause_documents import (
    BlockType,
    ClauseDocument,
    ExampleItem,
    ExamplesBlock,
    ProseBlock,
)


def part_of(document: ClauseDocument, *, title: str) -> ClauseDocument:
    """Return the clause under another title, without translations: each part will say less than the whole."""
    return ClauseDocument.model_validate(
        {**document.model_dump(mode="json"), "title": title, "translations": []}
    )


def documents_merged(documents: Sequence[ClauseDocument], *, title: str) -> ClauseDocument:
    """Return one clause with the blocks of all ``documents``, blocks of one type joined in their order.

    Question, answers, severities and requirements are those of the first; what the clause may be judged on, its
    evidence, relations and codes are those of all. Translations are left out.

    Raises
    ------
    ValueError
        Without documents.
    """
    if not documents:
        raise ValueError("nothing to merge")
    first = documents[0]
    blocks: list[dict[str, Any]] = []
    for block_type in dict.fromkeys(block.type for document in documents for block in document.blocks):
        found = [block for document in documents for block in document.blocks if block.type is block_type]
        blocks.append(_joined(block_type, found))
    return ClauseDocument.model_validate(
        {
            **first.model_dump(mode="json"),
            "title": title,
            "blocks": blocks,
            "modalities": _all(documents, "modalities"),
            "evidence_kinds": _all(documents, "evidence_kinds"),
            "relations": _all(documents, "relations")[:40],
            "codes": _all(documents, "codes")[:40],
            "translations": [],
        }
    )


def _joined(block_type: BlockType, blocks: Sequence[ProseBlock | ExamplesBlock]) -> dict[str, Any]:
    if block_type in (BlockType.EXAMPLES, BlockType.COUNTER_EXAMPLES):
        items: list[ExampleItem] = []
        for block in blocks:
            items += block.items if isinstance(block, ExamplesBlock) else ()
        unlike = list({item.identity: item for item in items}.values())[:100]
        return {"type": block_type.value, "items": [item.model_dump(mode="json") for item in unlike]}
    texts = [block.text for block in blocks if isinstance(block, ProseBlock) and block.text]
    return {"type": block_type.value, "text": "\n\n".join(dict.fromkeys(texts))[:20_000]}


def _all(documents: Sequence[ClauseDocument], name: str) -> list[Any]:
    rows: list[Any] = []
    for document in documents:
        for member in document.model_dump(mode="json")[name]:
            if member not in rows:
                rows.append(member)
    return rows
