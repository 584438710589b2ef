"""The strategies a round may use: names and what they need, known without loading any of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StrategyName(StrEnum):
    """How a round chooses posts."""

    RANDOM = "random"
    ENTROPY = "entropy"
    MARGIN = "margin"
    LEAST_CONFIDENCE = "least_confidence"
    K_CENTER = "k_center"
    COMMITTEE = "committee"
    RANKED_BATCH = "ranked_batch"


@dataclass(frozen=True)
class StrategyFacts:
    """What the pages say of a strategy and what it needs to run."""

    label: str
    summary: str
    needs_head: bool


STRATEGIES: dict[StrategyName, StrategyFacts] = {
    StrategyName.RANDOM: StrategyFacts(
        "Random", "Every post has the same chance. The arm others are measured against.", False
    ),
    StrategyName.ENTROPY: StrategyFacts(
        "Entropy", "Posts whose predicted answers are spread the widest.", True
    ),
    StrategyName.MARGIN: StrategyFacts("Margin", "Posts whose two likeliest answers are closest.", True),
    StrategyName.LEAST_CONFIDENCE: StrategyFacts(
        "Least confidence", "Posts whose likeliest answer is the least likely.", True
    ),
    StrategyName.K_CENTER: StrategyFacts(
        "Coverage", "Posts farthest from everything already answered (k-center).", False
    ),
    StrategyName.COMMITTEE: StrategyFacts(
        "Committee", "Posts the members of the ensemble disagree on most (modAL, vote entropy).", True
    ),
    StrategyName.RANKED_BATCH: StrategyFacts(
        "Ranked batch", "Uncertain posts unlike each other and unlike answered ones (modAL).", True
    ),
}

COLD_START = StrategyName.K_CENTER
"""Used in place of a strategy that needs a head while there are too few decisions to train one."""
