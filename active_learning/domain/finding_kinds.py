"""What a scan tells besides doubted answers, and from where it counts."""

from __future__ import annotations

from enum import StrEnum

from active_learning.domain.intervals import Share, share_measured

PEOPLE_FROM = 3
"""So many people must have answered a gold post before most of them count against it."""
AHEAD_FROM = 0.5
"""So far ahead must another answer be, out of sample, to count against a gold post's known one."""


class FindingKind(StrEnum):
    """A near-duplicate across the held-out set; gold whose known answer is contradicted; a post like none answered."""

    LEAKAGE = "leakage"
    GOLD = "gold"
    OUTLIER = "outlier"


def people_contradicting(answers: dict[str, int], known: str) -> tuple[str, Share] | None:
    """Return the answer that more than half of the people gave instead of the known one, and their share.

    None where it is the known one, nobody's, or fewer than three answered.

    Parameters
    ----------
    answers
        How many gave each answer.
    """
    total = sum(answers.values())
    if total < PEOPLE_FROM:
        return None
    leader = max(sorted(answers), key=lambda answer: answers[answer])
    if leader == known or 2 * answers[leader] <= total:
        return None
    return leader, share_measured(answers[leader], total)
