"""The decided posts a judge is tried on."""

from __future__ import annotations

import uuid

from django.db.models import Q

from active_learning.domain.judging_samples import DecidedPost, by_lot, sizes_by_stratum, strata_of
from annotation.selectors import decisions_current
from core.content.selectors import Part, posts_in
from policies.selectors import posts_held_out

_SPARE = 50
"""How many more posts of a stratum than wanted are looked at; some measure, or hold nothing to be judged."""


def judging_sample(
    project_id: uuid.UUID,
    *,
    decided_under: uuid.UUID,
    clause_key: str,
    wanted: int,
    seed: int,
    held_out: bool,
    with_images: bool,
) -> list[DecidedPost]:
    """Return decided posts by lot, each answer as often as another where there are enough, in an order by lot.

    Hidden posts are never among them, nor posts without anything the judge can read. With ``held_out`` only posts by
    which models and people are measured are; without it none of them.
    """
    rows = (
        decisions_current(project_id, release_id=decided_under, clause_keys=[clause_key])
        .filter(post__is_hidden=False)
        .values_list("post_id", "pk", "answer", "post__language")
    )
    decided = (
        DecidedPost(post_id, decision_id, answer, language)
        for post_id, decision_id, answer, language in rows.iterator(chunk_size=10_000)
        if answer is not None
    )
    # A fifth of the posts measures: to find so many of those, more must be looked at.
    factor = 10 if held_out else 2
    strata = {
        key: posts[: wanted * factor + _SPARE]
        for key, posts in strata_of(by_lot(decided, seed=seed, clause_key=clause_key)).items()
    }
    looked_at = [post.post_id for posts in strata.values() for post in posts]
    measuring = posts_held_out(project_id, looked_at)
    usable = _readable(project_id, looked_at, with_images=with_images)
    left = {
        key: [p for p in posts if (p.post_id in measuring) == held_out and p.post_id in usable]
        for key, posts in strata.items()
    }
    sizes = sizes_by_stratum({key: len(posts) for key, posts in left.items() if posts}, wanted)
    chosen = [post for key, size in sizes.items() for post in left[key][:size]]
    return by_lot(chosen, seed=seed, clause_key=clause_key)


def _readable(project_id: uuid.UUID, post_ids: list[uuid.UUID], *, with_images: bool) -> set[uuid.UUID]:
    """Return those of the posts that hold a text, or a picture where the judge reads pictures."""
    holds = Q(text__gt="")
    if with_images:
        holds |= Q(asset__kind="image", asset__state="ready")
    posts = posts_in(project_id).filter(pk__in=post_ids)
    return set(Part.objects.filter(holds, post__in=posts).values_list("post_id", flat=True))
