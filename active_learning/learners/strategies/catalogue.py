"""From the name of a strategy to the strategy."""

from __future__ import annotations

from active_learning.domain.strategy_names import MODAL, StrategyName
from active_learning.learners.strategies.badge import BadgeStrategy
from active_learning.learners.strategies.coverage import KCenterStrategy, RankedBatchStrategy
from active_learning.learners.strategies.likeness import LikenessStrategy
from active_learning.learners.strategies.protocol import Strategy
from active_learning.learners.strategies.typical import TypicalStrategy
from active_learning.learners.strategies.uncertainty import (
    BaldStrategy,
    CommitteeStrategy,
    DensityStrategy,
    EntropyStrategy,
    ExpectedHarmStrategy,
    LeastConfidenceStrategy,
    MarginStrategy,
    RandomStrategy,
)


def strategy_named(name: StrategyName) -> Strategy:
    """Return the strategy; those of modAL only where it is installed."""
    if name in MODAL:
        # Not every worker has modAL, and those that do need it for these alone.
        from active_learning.learners.strategies.modal_adapter import modal_strategies

        return modal_strategies()[name]
    ours: tuple[Strategy, ...] = (
        RandomStrategy(),
        EntropyStrategy(),
        MarginStrategy(),
        LeastConfidenceStrategy(),
        BaldStrategy(),
        CommitteeStrategy(),
        BadgeStrategy(),
        KCenterStrategy(),
        RankedBatchStrategy(),
        TypicalStrategy(),
        DensityStrategy(),
        ExpectedHarmStrategy(),
        LikenessStrategy(),
    )
    return next(strategy for strategy in ours if strategy.name == name)
