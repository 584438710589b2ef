"""The strategies a round may use: names and what they need, known without loading any of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec


class StrategyName(StrEnum):
    """How a round chooses posts."""

    RANDOM = "random"
    ENTROPY = "entropy"
    MARGIN = "margin"
    LEAST_CONFIDENCE = "least_confidence"
    BALD = "bald"
    COMMITTEE = "committee"
    BADGE = "badge"
    K_CENTER = "k_center"
    RANKED_BATCH = "ranked_batch"
    TYPICAL = "typical"
    DENSITY = "density"
    EXPECTED_HARM = "expected_harm"
    LIKENESS = "likeness"
    MODAL_LEARNER = "modal_learner"
    MODAL_CONSENSUS = "modal_consensus"
    MODAL_DIVERGENCE = "modal_divergence"


MODAL = frozenset({StrategyName.MODAL_LEARNER, StrategyName.MODAL_CONSENSUS, StrategyName.MODAL_DIVERGENCE})
"""Strategies that are modAL's own learners and committees."""


@dataclass(frozen=True)
class StrategyFacts:
    """What the pages say of a strategy and what it needs to run.

    Attributes
    ----------
    summary
        One sentence: what it chooses, and what that is good for.
    reason
        Why it chose a post, with ``{score}`` for the post's score.
    """

    label: str
    summary: str
    reason: str
    needs_head: bool
    needs_reference: bool = False


STRATEGIES: dict[StrategyName, StrategyFacts] = {
    StrategyName.RANDOM: StrategyFacts(
        "Random",
        "Every post has the same chance. The arm others are measured against.",
        "Drawn by lot.",
        False,
    ),
    StrategyName.ENTROPY: StrategyFacts(
        "Entropy",
        "Posts whose predicted answers are spread the widest.",
        "The predicted answers are spread: entropy {score}.",
        True,
    ),
    StrategyName.MARGIN: StrategyFacts(
        "Margin",
        "Posts whose two likeliest answers are closest.",
        "The two likeliest answers are close: one minus their gap is {score}.",
        True,
    ),
    StrategyName.LEAST_CONFIDENCE: StrategyFacts(
        "Least confidence",
        "Posts whose likeliest answer is the least likely.",
        "Even the likeliest answer is doubtful: {score} of the chance lies elsewhere.",
        True,
    ),
    StrategyName.BALD: StrategyFacts(
        "Disagreement (BALD)",
        "Posts on which the members of the ensemble are sure of different answers, so that the answer tells most.",
        "The ensemble’s members are sure of different answers: {score} nats to learn.",
        True,
    ),
    StrategyName.COMMITTEE: StrategyFacts(
        "Committee",
        "Posts the members of the ensemble vote on most differently.",
        "The ensemble’s members vote differently: vote entropy {score}.",
        True,
    ),
    StrategyName.BADGE: StrategyFacts(
        "Varied lessons (BADGE)",
        "Unsure posts that would each teach the head something else.",
        "What it would teach lies {score} from what was chosen before it.",
        True,
    ),
    StrategyName.K_CENTER: StrategyFacts(
        "Coverage",
        "Posts farthest from everything already answered (k-center).",
        "Its distance to the nearest answered or chosen post was {score}.",
        False,
    ),
    StrategyName.RANKED_BATCH: StrategyFacts(
        "Ranked batch",
        "Unsure posts unlike each other and unlike answered ones.",
        "Unsure and unlike what is answered or chosen: score {score}.",
        True,
    ),
    StrategyName.TYPICAL: StrategyFacts(
        "Typical clusters",
        "The most typical post of each part of the pool that nothing is known about: good with few answers.",
        "The most typical post of its cluster: typicality {score}.",
        False,
    ),
    StrategyName.DENSITY: StrategyFacts(
        "Density",
        "Unsure posts that are like many others, so that one answer stands for many.",
        "Unsure and like many posts: entropy × likeness is {score}.",
        True,
    ),
    StrategyName.EXPECTED_HARM: StrategyFacts(
        "Expected harm",
        "Posts most likely to break the rule, the worse breaches first: finds rare harm.",
        "The harm to be expected, as a share of the worst, is {score}.",
        True,
    ),
    StrategyName.LIKENESS: StrategyFacts(
        "Likeness",
        "Posts most like the post of a ruling, or like the clause’s own words.",
        "Its likeness to what was asked for is {score}.",
        False,
        needs_reference=True,
    ),
    StrategyName.MODAL_LEARNER: StrategyFacts(
        "modAL learner: uncertainty",
        "modAL’s active learner over the ensemble’s mean: posts whose likeliest answer is the least likely.",
        "To modAL’s learner {score} of the chance lies beside the likeliest answer.",
        True,
    ),
    StrategyName.MODAL_CONSENSUS: StrategyFacts(
        "modAL committee: consensus",
        "modAL’s committee of the ensemble’s members: posts whose mean prediction is spread the widest.",
        "What modAL’s committee predicts together is spread: entropy {score}.",
        True,
    ),
    StrategyName.MODAL_DIVERGENCE: StrategyFacts(
        "modAL committee: divergence",
        "modAL’s committee of the ensemble’s members: posts one member sees the most unlike the others.",
        "One member lies {score} nats from what modAL’s committee predicts together.",
        True,
    ),
}


def strategies_offered() -> dict[StrategyName, StrategyFacts]:
    """Return the strategies rounds can be started with here: modAL's own where modAL is installed."""
    has_modal = find_spec("modAL") is not None
    return {name: facts for name, facts in STRATEGIES.items() if has_modal or name not in MODAL}


COLD_START = StrategyName.K_CENTER
"""Used in place of a strategy that needs a head while there are too few decisions to train one.

Expected harm goes by the clause's own words then, where they tell posts apart (`active_learning.runs.zero_shot`).
"""
