from __future__ import annotations

import uuid
from typing import Any

import numpy as np

from annotation.domain.document import LabelDocument
from annotation.domain.suggestions import draw_of, is_assisted, items_proposed, origins_of, outcomes

ID = uuid.UUID("01a1fead-4065-71c1-abaa-789b39a3744f")
BOX: dict[str, Any] = {
    "kind": "box", "part_id": str(uuid.UUID(int=1)), "asset_sha256": "ab" * 32, "is_occluded": False,
    "is_truncated": False, "note": "", "x": 1.0, "y": 2.0, "width": 3.0, "height": 4.0, "rotation": 0.0,
}  # fmt: skip
SAID: dict[str, Any] = {
    "clause_key": "hate",
    "answer": "yes",
    "severity": 2,
    "confidence": 0.8,
    "marks": [{"confidence": 0.3, "region": BOX}, {"confidence": None, "region": {**BOX, "x": 9.0}}],
}


def test_lots_are_even_and_the_same_for_the_same_lease() -> None:
    lots = [draw_of(7, str(uuid.UUID(int=number))) for number in range(4_000)]
    assert lots[5] == draw_of(7, str(uuid.UUID(int=5)))
    assert lots[5] != draw_of(8, str(uuid.UUID(int=5)))
    assert abs(np.mean(lots) - 0.5) < 0.02
    assert abs(np.mean(np.array(lots) < 0.2) - 0.2) < 0.02
    assert min(lots) >= 0 and max(lots) < 1


def test_items_below_the_least_confidence_are_not_proposed() -> None:
    assert [one.item for one in items_proposed(ID, SAID)] == [str(ID), f"{ID}#0", f"{ID}#1"]
    assert [one.item for one in items_proposed(ID, SAID, confidence_min=0.5)] == [str(ID), f"{ID}#1"]
    unsure = {**SAID, "confidence": None}
    assert [one.item for one in items_proposed(ID, unsure, confidence_min=0.9)] == [str(ID), f"{ID}#1"]


def test_a_mark_that_was_moved_after_it_was_accepted_is_a_changed_one() -> None:
    def outcome_of(**changed: Any) -> list[str]:
        mark = {**BOX, "id": "m", "origin": f"suggestion:{ID}#0", **changed}
        verdict = {"clause_key": "hate", "answer": "yes", "evidence": [mark]}
        document = LabelDocument.model_validate({"verdicts": [verdict]})
        assert list(origins_of(document)) == [f"{ID}#0"]
        assert is_assisted(document.verdicts[0])
        return [one["outcome"] for one in outcomes(items_proposed(ID, SAID), document, {str(ID)})]

    assert outcome_of() == ["rejected", "accepted", "ignored"]
    assert outcome_of(note="the left one") == ["rejected", "accepted", "ignored"]
    assert outcome_of(x=1.5) == ["rejected", "changed", "ignored"]
    assert outcome_of(is_occluded=True) == ["rejected", "changed", "ignored"]
