"""Clauses that have to do with a question: found by words, by likeness and by rulings, then walked from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from agents.domain.identifiers import ClauseName
from agents.domain.walk import Edge, EdgeKind, walked
from core.accounts.selectors import Actor, Capability, capabilities_in
from policies.selectors import (
    ClauseView,
    LikeBy,
    ReleaseView,
    clauses_like,
    clauses_matching,
    precedents_found,
)

_ALIKE_MOST = 5
_ALIKE_FROM = 0.6
"""Encoders find any two texts somewhat alike; below this it says nothing."""


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A clause, why it was found and how well.

    Attributes
    ----------
    score
        Above 0 to 1; larger is more.
    via
        The steps from the clause that was found by itself; empty for one that was.
    """

    release: ReleaseView
    clause: ClauseView
    snippet: str
    score: float
    via: tuple[str, ...]


def clauses_found(
    actor: Actor, releases: Sequence[ReleaseView], *, query: str, modality: str | None, most: int
) -> list[FoundClause]:
    """Return up to ``most`` clauses of the releases, which the actor may see, best first."""
    places = {
        _place(release.id, key): (release, clause)
        for release in releases
        for key, clause in release.clauses.items()
    }
    seeds: dict[str, float] = {}
    snippets: dict[str, str] = {}
    for match in clauses_matching([release.id for release in releases], query):
        seeds[_place(match.release_id, match.clause_key)] = match.score
        snippets[_place(match.release_id, match.clause_key)] = match.snippet
    for match in clauses_like(releases, query):
        place = _place(match.release_id, match.clause_key)
        if match.score > seeds.get(place, 0.0):
            seeds[place], snippets[place] = match.score, match.snippet
    for place, score in _alike(actor, releases, query):
        seeds[place] = max(seeds.get(place, 0.0), score)
    edges = [edge for release in releases for edge in _edges(release)]
    found = []
    for reached in walked({place: score for place, score in seeds.items() if place in places}, edges):
        release, clause = places[reached.node]
        if modality is not None and clause.modalities and modality not in clause.modalities:
            continue
        snippet = snippets.get(reached.node) or clause.question or clause.title
        found.append(FoundClause(release, clause, snippet, reached.score, tuple(map(str, reached.via))))
    return found[:most]


def _alike(actor: Actor, releases: Sequence[ReleaseView], query: str) -> Iterator[tuple[str, float]]:
    """Yield the clauses that experts ruled on for posts alike, by encoders' vectors; letters are in the words already.

    It finds something where an encoder has read the query, and the posts.
    """
    for release in releases:
        if Capability.CONTENT_VIEW not in capabilities_in(actor, release.project_id):
            continue
        for one in precedents_found(
            actor, release.project_id, release_id=release.id, text=query, most=_ALIKE_MOST
        ):
            alike = one.likeness
            if alike is not None and alike.by != LikeBy.WORDS and alike.score >= _ALIKE_FROM:
                yield _place(release.id, one.clause_key), alike.score


def _edges(release: ReleaseView) -> Iterator[Edge]:
    for key, clause in release.clauses.items():
        own = _place(release.id, key)
        if clause.parent_key in release.clauses:
            parent = _place(release.id, clause.parent_key)
            yield Edge(own, parent, EdgeKind.PARENT)
            yield Edge(parent, own, EdgeKind.CHILD)
        for relation in clause.relations:
            if relation["clause_key"] in release.clauses and relation["kind"] in list(EdgeKind):
                other, kind = _place(release.id, relation["clause_key"]), EdgeKind(relation["kind"])
                yield Edge(own, other, kind)
                yield Edge(other, own, kind)


def _place(release_id: UUID, key: str) -> str:
    return str(ClauseName(release_id, key))
