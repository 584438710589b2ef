"""Which model of a clause suggests: what people decided one after the other, and what a way back leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class PromotionKind(StrEnum):
    """What was decided."""

    BY_ROUND = "by_round"
    PROMOTED = "promoted"
    THRESHOLD = "threshold"
    ROLLED_BACK = "rolled_back"
    WITHDRAWN = "withdrawn"


class ModelState(StrEnum):
    """What a model is to its clause."""

    PROMOTED = "promoted"
    WAS_PROMOTED = "was_promoted"
    NEVER = "never"


@dataclass(frozen=True)
class Promoted:
    """One decision about a clause; ``model`` is None where it took the promotion away."""

    ordinal: int
    kind: PromotionKind
    model: UUID | None


def promoted_before(decisions: Iterable[Promoted]) -> Promoted | None:
    """Return what held before the model that holds now; None where nothing does, or no other did.

    A way back takes the newest model away, so that going back twice goes back two models. A threshold that was stated
    anew belongs to its model; what stood while no model was promoted is passed over.

    Parameters
    ----------
    decisions
        Of one clause, oldest first.
    """
    held: list[Promoted] = []
    is_held = False
    for decision in decisions:
        if decision.kind is PromotionKind.WITHDRAWN:
            is_held = False
            continue
        if decision.kind is PromotionKind.ROLLED_BACK:
            held = held[:-1]
        if held and held[-1].model == decision.model:
            held[-1] = decision
        else:
            held.append(decision)
        is_held = True
    return held[-2] if is_held and len(held) > 1 else None
