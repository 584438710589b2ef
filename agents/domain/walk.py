"""From the clauses that a search finds to those that belong to them, along the edges of a policy."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

HOPS_MOST = 3
LEAST = 0.01
"""What weighs less than this share of its seed is not followed."""


class EdgeKind(StrEnum):
    """How one clause leads to another; in the tree, and by the relations that writers state."""

    PARENT = "parent"
    CHILD = "child"
    EXCLUDES = "excludes"
    TAKES_PRECEDENCE = "takes_precedence"
    EXEMPLIFIES = "exemplifies"
    SEE_ALSO = "see_also"


DECAY: Mapping[EdgeKind, float] = {
    EdgeKind.EXCLUDES: 0.7,
    EdgeKind.TAKES_PRECEDENCE: 0.7,
    EdgeKind.EXEMPLIFIES: 0.6,
    EdgeKind.PARENT: 0.5,
    EdgeKind.SEE_ALSO: 0.4,
    EdgeKind.CHILD: 0.35,
}
"""What is left of a score after one step. What bounds a clause or goes before it must be read with it; a chapter's
other clauses need not."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A step from one clause to another. Relations lead both ways, with the same weight."""

    start: str
    end: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Reached:
    """A clause that was found or walked to.

    Attributes
    ----------
    score
        0 to 1; larger is more.
    via
        The steps from the seed it owes its score to; empty for a seed of its own.
    """

    node: str
    score: float
    via: tuple[EdgeKind, ...]


def walked(seeds: Mapping[str, float], edges: Iterable[Edge], *, hops: int = HOPS_MOST) -> list[Reached]:
    """Return the seeds and what lies within ``hops`` steps of one, best first; ties by the clause's name.

    A clause's score is the best of its own as a seed and, over all paths to it, a seed's score times the decay of
    each step. Every step decays, so a circle is never worth walking, and nothing outranks the seed it was reached from.

    Parameters
    ----------
    seeds
        Scores from 0 to 1, by clause; others are cut to that. Seeds of 0 are left out.
    """
    ways: dict[str, list[Edge]] = {}
    for edge in edges:
        ways.setdefault(edge.start, []).append(edge)
    # Best first, and of equals the one with fewer steps: when a clause is taken from the heap there is no better path
    # to it left, but there may be a shorter one, from which the walk gets further.
    heap: list[tuple[float, int, str, tuple[EdgeKind, ...], float]] = [
        (-min(score, 1.0), 0, node, (), min(score, 1.0)) for node, score in seeds.items() if score > 0
    ]
    heapq.heapify(heap)
    best: dict[str, Reached] = {}
    fewest: dict[str, int] = {}
    while heap:
        minus, steps, node, via, seed = heapq.heappop(heap)
        if steps >= fewest.get(node, hops + 1):
            continue
        fewest[node] = steps
        best.setdefault(node, Reached(node, round(-minus, 4), via))
        for edge in ways.get(node, ()) if steps < hops else ():
            score = -minus * DECAY[edge.kind]
            if score >= seed * LEAST:
                heapq.heappush(heap, (-score, steps + 1, edge.end, (*via, edge.kind), seed))
    return sorted(best.values(), key=lambda one: (-one.score, one.node))
