"""How many people are asked what, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

OVERLAP_MOST = 50


def clauses_by_slot(
    clause_keys: Sequence[str], *, overlap: int, overlaps: Mapping[str, int]
) -> list[list[str]]:
    """Return what each slot of a task is asked: a clause stands in as many slots as people should answer it.

    Parameters
    ----------
    clause_keys
        What the task asks; their order is kept.
    overlap
        Answers to a clause of which ``overlaps`` says nothing.

    Returns
    -------
    list of list of str
        Fullest first; none is empty. Together they hold each clause exactly as often as it is wanted.
    """
    wanted = {key: max(1, min(overlaps.get(key, overlap), OVERLAP_MOST)) for key in clause_keys}
    most = max(wanted.values(), default=0)
    return [[key for key in clause_keys if wanted[key] > ordinal] for ordinal in range(most)]


def answers_expected(
    overlaps: Sequence[int], *, answers_most: int, disputed_shares: Sequence[float], gold_share: float
) -> float:
    """Return how many times a post is expected to be handed out, gold counted in.

    A post is asked as often as its most asked clause; one more person for each further answer that a dispute on any
    clause asks for, as long as it stays disputed, which is taken to be as likely each time.

    Parameters
    ----------
    overlaps
        Answers wanted of each clause.
    disputed_shares
        Share of posts on which people disagree on each clause, 0 to 1; those that ask for one more.
    """
    base = max(overlaps, default=0)
    settled = 1.0
    for share in disputed_shares:
        settled *= 1 - min(max(share, 0.0), 1.0)
    disputed = 1 - settled
    more = sum(disputed**step for step in range(1, max(answers_most - base, 0) + 1))
    return (base + more) / (1 - gold_share)
