"""Which decided posts a judge is tried on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DecidedPost:
    """A post with people's answer to one clause."""

    post_id: UUID
    decision_id: UUID
    answer: str
    language: str


def by_lot(posts: Iterable[DecidedPost], *, seed: int, clause_key: str) -> list[DecidedPost]:
    """Return the posts in an order that follows from seed, clause and post alone."""
    salt = f"judging\0{seed}\0{clause_key}\0".encode()
    return sorted(posts, key=lambda post: hashlib.sha256(salt + post.post_id.bytes).digest())


def strata_of(posts: Iterable[DecidedPost]) -> dict[tuple[str, str], list[DecidedPost]]:
    """Return the posts by (answer, language), in their order."""
    found: dict[tuple[str, str], list[DecidedPost]] = {}
    for post in posts:
        found.setdefault((post.answer, post.language), []).append(post)
    return found


def sizes_by_stratum(available: Mapping[tuple[str, str], int], wanted: int) -> dict[tuple[str, str], int]:
    """Return how many posts to take of each stratum.

    Every answer gets the same share, as far as there are posts, so that rare answers are tried too; within an answer
    every language has its share, at least one post while there is room. What an answer cannot fill goes to the others.
    """
    by_answer: dict[str, dict[tuple[str, str], int]] = {}
    for stratum, count in available.items():
        by_answer.setdefault(stratum[0], {})[stratum] = count
    totals = {answer: sum(strata.values()) for answer, strata in by_answer.items()}
    taken = _level(totals, wanted)
    sizes: dict[tuple[str, str], int] = {}
    for answer, strata in by_answer.items():
        sizes |= _proportional(strata, taken[answer])
    return sizes


def _level(totals: Mapping[str, int], wanted: int) -> dict[str, int]:
    """Fill every vessel to one level, the small ones to the brim."""
    taken = dict.fromkeys(totals, 0)
    left = min(wanted, sum(totals.values()))
    while left > 0:
        open_ones = sorted(answer for answer in totals if taken[answer] < totals[answer])
        share = max(1, left // len(open_ones))
        for answer in open_ones:
            more = min(share, totals[answer] - taken[answer], left)
            taken[answer] += more
            left -= more
    return taken


def _proportional(strata: Mapping[tuple[str, str], int], wanted: int) -> dict[tuple[str, str], int]:
    total = sum(strata.values())
    sizes = {key: min(1, count) for key, count in strata.items()}
    order: Sequence[tuple[str, str]] = sorted(strata, key=lambda key: (-strata[key], key))
    if sum(sizes.values()) > wanted:
        return {key: int(place < wanted) for place, key in enumerate(order)}
    for key in order:
        room = wanted - sum(sizes.values())
        sizes[key] += max(0, min(room, strata[key] - sizes[key], wanted * strata[key] // total - sizes[key]))
    for key in order:
        room = wanted - sum(sizes.values())
        sizes[key] += min(room, strata[key] - sizes[key])
    return sizes
