"""What precedents need to know from the apps above; filled once, when Django is ready.

Policies store rulings, but which posts are held out for measuring, how alike two posts look to an encoder, and how
often a precedent was cited, only upper apps know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from core.content.selectors import posts_in
from policies.domain.likeness import Likeness

HeldOutRule = Callable[[UUID, str], Q]
"""Takes a project and how its posts are reached (``""`` from posts themselves, ``"post__"`` from what refers to one);
matches those by which somebody or something is measured."""

CitationRule = Callable[[Collection[UUID]], Mapping[UUID, int]]
"""Takes precedents; returns how many answers that stand cite each."""


class LikenessSource(Protocol):
    """Encoders' vectors, asked which posts are alike."""

    def to_posts(
        self, *, texts: Sequence[str], assets: Sequence[str], post_ids: Collection[UUID]
    ) -> Mapping[UUID, Likeness]:
        """Return how alike each post is to the texts and the assets (by SHA-256); without a vector it is left out."""
        ...

    def among(self, post_ids: Collection[UUID]) -> Mapping[tuple[UUID, UUID], Likeness]:
        """Return how alike each two of the posts are, the smaller identifier first; unknown pairs are left out."""
        ...

    def to_texts(self, asked: str, texts: Collection[str]) -> Mapping[str, float]:
        """Return how alike each text is to the one asked, 0 to 1; without a vector of both it is left out."""
        ...


_held_out: list[HeldOutRule] = []
_citations: list[CitationRule] = []
_likeness: list[LikenessSource] = []


def held_out_rule_register(rule: HeldOutRule) -> None:
    """Ask ``rule`` too which posts are held out; twice is the same as once."""
    if rule not in _held_out:
        _held_out.append(rule)


def citation_rule_register(rule: CitationRule) -> None:
    """Have ``rule`` count citations; twice is the same as once."""
    if rule not in _citations:
        _citations.append(rule)


def likeness_source_register(source: LikenessSource) -> None:
    """Ask ``source`` which posts are alike, before words are compared; a later one takes the place of it."""
    _likeness[:] = [source]


def held_out(project_id: UUID, post: str = "") -> Q:
    """Match the posts that are held out, by whatever rule; ``post`` says how they are reached."""
    found = Q(pk__in=[])
    for rule in _held_out:
        found |= rule(project_id, post)
    return found


def posts_held_out(project_id: UUID, post_ids: Collection[UUID]) -> set[UUID]:
    """Return those of a project's posts that are held out, by whatever rule."""
    if not post_ids:
        return set()
    rows = posts_in(project_id, also_hidden=True).filter(held_out(project_id), pk__in=list(post_ids))
    return set(rows.values_list("pk", flat=True))


def citations_counted(precedent_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how often each precedent is cited; 0 where nobody does."""
    found = dict.fromkeys(precedent_ids, 0)
    for rule in _citations if found else ():
        for precedent_id, count in rule(precedent_ids).items():
            found[precedent_id] += count
    return found


def likeness_to_posts(
    *, texts: Sequence[str], assets: Sequence[str], post_ids: Collection[UUID]
) -> dict[UUID, Likeness]:
    """Return what encoders say; empty where there is none, or none has read these."""
    if not _likeness or not post_ids or not (texts or assets):
        return {}
    return dict(_likeness[0].to_posts(texts=texts, assets=assets, post_ids=post_ids))


def likeness_among(post_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], Likeness]:
    """Return what encoders say of each two posts; empty where there is none, or none has read these."""
    return dict(_likeness[0].among(post_ids)) if _likeness and post_ids else {}


def likeness_to_texts(asked: str, texts: Collection[str]) -> dict[str, float]:
    """Return what encoders say of each text; empty where there is none, or none has read these."""
    return dict(_likeness[0].to_texts(asked, texts)) if _likeness and texts else {}
