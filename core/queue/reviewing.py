"""The words of review, the same for posts and for pairs: what a reviewer says, and why people disagreed."""

from __future__ import annotations

from enum import StrEnum


class ReviewOutcome(StrEnum):
    """``accepted`` leaves the answer; ``returned`` asks its author again.

    ``amended`` brings the reviewer's own: of a post it supersedes the answer, of a pair it counts beside it.
    """

    ACCEPTED = "accepted"
    AMENDED = "amended"
    RETURNED = "returned"


class ReasonCode(StrEnum):
    """Why people disagreed, as the adjudicator sees it. ``guideline_gap`` is a task for whoever writes the clause."""

    MISTAKE = "mistake"
    MISREAD_CLAUSE = "misread_clause"
    GUIDELINE_GAP = "guideline_gap"
    AMBIGUOUS_POST = "ambiguous_post"
    AMBIGUOUS_PROMPT = "ambiguous_prompt"
    MISSING_CONTEXT = "missing_context"
    OTHER = "other"


POST_REASONS = tuple(str(code) for code in ReasonCode if code is not ReasonCode.AMBIGUOUS_PROMPT)
PAIR_REASONS = tuple(str(code) for code in ReasonCode if code is not ReasonCode.AMBIGUOUS_POST)
_NEED_WORDS = frozenset({ReasonCode.GUIDELINE_GAP, ReasonCode.OTHER})


def reason_problems(reason_code: str, reason: str) -> list[dict[str, str]]:
    """Return what is wrong with a reason: a gap in the guideline, and what has no name, need words too."""
    if reason_code in _NEED_WORDS and not reason.strip():
        return [{"path": "reason", "message": "Say in a sentence what the clause leaves open."}]
    return []
