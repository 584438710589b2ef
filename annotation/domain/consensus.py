"""From several people's answers to one clause of one post to what the project holds true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How a decision came about. ``undecided`` is a decision too: it says that a person must look."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    WEIGHTED = "weighted"
    ADJUDICATED = "adjudicated"
    RULED = "ruled"
    UNDECIDED = "undecided"


HUMAN_METHODS = frozenset({Method.ADJUDICATED, Method.RULED})
"""Decisions a person made after looking: never replaced by counting votes."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's answer to one clause of one post."""

    submission_id: str
    person_id: str
    answer: str
    severity: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the votes come to. ``answer`` is None exactly when the method is undecided.

    ``confidence`` lies between 0 and 1: the share of votes, or the posterior chance for the weighted method.
    """

    answer: str | None
    severity: int | None
    confidence: float
    method: Method
    submissions: tuple[str, ...]


def outcome_by_count(votes: Sequence[Vote], *, severities: Sequence[int]) -> Outcome:
    """Unanimous, else more than half, else undecided. One vote alone is unanimous.

    Raises
    ------
    ValueError
        When there is no vote.
    """
    if not votes:
        raise ValueError("there are no votes to decide on")
    tally = Counter(vote.answer for vote in votes)
    answer, support = min(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    share = support / len(votes)
    submissions = tuple(sorted(vote.submission_id for vote in votes))
    if share <= 0.5:
        return Outcome(None, None, share, Method.UNDECIDED, submissions)
    method = Method.UNANIMOUS if support == len(votes) else Method.MAJORITY
    return Outcome(answer, severity_of(votes, answer, severities=severities), share, method, submissions)


def outcome_by_weight(
    votes: Sequence[Vote], *, chances: Mapping[str, float], severities: Sequence[int], threshold: float
) -> Outcome:
    """The likeliest answer by the annotator model, when its chance reaches ``threshold``; else undecided.

    Parameters
    ----------
    chances
        Posterior chance of each answer; missing answers count as 0.
    threshold
        Above 0.5, so that two answers can never both reach it.
    """
    if not votes:
        raise ValueError("there are no votes to decide on")
    if not 0.5 < threshold <= 1:
        raise ValueError("the threshold must lie above 0.5 and not above 1")
    answer, chance = min(chances.items(), key=lambda pair: (-pair[1], pair[0]))
    submissions = tuple(sorted(vote.submission_id for vote in votes))
    if chance < threshold:
        return Outcome(None, None, chance, Method.UNDECIDED, submissions)
    return Outcome(
        answer, severity_of(votes, answer, severities=severities), chance, Method.WEIGHTED, submissions
    )


def severity_of(votes: Sequence[Vote], answer: str, *, severities: Sequence[int]) -> int | None:
    """The middle severity among those who gave ``answer``; of two middle ones the graver.

    ``severities`` is the scale, mildest first. None when nobody named one of the scale.
    """
    order = {severity: index for index, severity in enumerate(severities)}
    ranks = sorted(order[vote.severity] for vote in votes if vote.answer == answer and vote.severity in order)
    return severities[ranks[len(ranks) // 2]] if ranks else None
