"""What a scan doubts an answer by, and when two posts count as twins."""

from __future__ import annotations

from enum import StrEnum

ALIKE_FROM = 0.95
"""Cosine from which two posts are twins, unless whoever starts a scan says otherwise."""


class SuspectKind(StrEnum):
    """Why an answer is doubted: heads that never saw it disbelieve it, or a twin has another answer."""

    ANSWER = "answer"
    DUPLICATE = "duplicate"


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
