"""From the name of a strategy to the strategy."""

from __future__ import annotations

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.strategies.coverage import KCenterStrategy
from active_learning.learners.strategies.protocol import Strategy
from active_learning.learners.strategies.uncertainty import (
    EntropyStrategy,
    LeastConfidenceStrategy,
    MarginStrategy,
    RandomStrategy,
)


def strategy_named(name: StrategyName) -> Strategy:
    """Return the strategy; modAL is imported only for its own."""
    if name in {StrategyName.COMMITTEE, StrategyName.RANKED_BATCH}:
        from active_learning.learners.strategies.modal_adapter import (
            ModalCommitteeStrategy,
            ModalRankedBatchStrategy,
        )

        return ModalCommitteeStrategy() if name is StrategyName.COMMITTEE else ModalRankedBatchStrategy()
    ours: dict[StrategyName, Strategy] = {
        StrategyName.RANDOM: RandomStrategy(),
        StrategyName.ENTROPY: EntropyStrategy(),
        StrategyName.MARGIN: MarginStrategy(),
        StrategyName.LEAST_CONFIDENCE: LeastConfidenceStrategy(),
        StrategyName.K_CENTER: KCenterStrategy(),
    }
    return ours[name]
