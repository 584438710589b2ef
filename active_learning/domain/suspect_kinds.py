"""What a scan doubts an answer by, and when two posts count as twins."""

from __future__ import annotations

from enum import StrEnum

ALIKE_FROM = 0.95
"""Cosine from which two posts are twins, unless whoever starts a scan says otherwise."""


class SuspectKind(StrEnum):
    """Why an answer is doubted.

    Heads that never saw it disbelieve it; a twin has another answer; with the post's other clauses it makes an unlikely
    set; people and heads together hardly believe it; one person's own stands against a strong consensus; what a
    person drew for it is not where others see it.
    """

    ANSWER = "answer"
    DUPLICATE = "duplicate"
    SET = "set"
    CONSENSUS = "consensus"
    VOTE = "vote"
    REGION = "region"


class BoxProblem(StrEnum):
    """What is wrong with a box: it is missing, at another place, or drawn for another clause than others see."""

    MISSING = "missing"
    PLACE = "place"
    NAME = "name"


class Look(StrEnum):
    """What a scan looks at: every clause alone, a post's clauses together, several people's answers, drawn boxes."""

    EACH = "each"
    TOGETHER = "together"
    PEOPLE = "people"
    REGIONS = "regions"


EVERY_LOOK = tuple(str(look) for look in Look)

HUMAN_METHODS = frozenset({"adjudicated", "ruled"})
"""Decisions of these methods were made by a person, not from people's answers."""


class TwinBy(StrEnum):
    """By what two posts are twins: the same content, near vectors, or a common group."""

    CONTENT = "content"
    VECTOR = "vector"
    GROUP = "group"


def group_alike_from(alike_from: float) -> float:
    """Return the cosine from which two posts of one group are twins: they may be twice as far apart as others.

    A group is an author or a conversation, so that belonging together alone makes no twins.
    """
    return max(1.0 - 2.0 * (1.0 - alike_from), -1.0)
