from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Left

from core.accounts.selectors import Actor, Capability, project_get
from core.content.access import one_is_open_to
from core.content.models import Part, Post
from core.errors import NotFoundError


@dataclass(frozen=True)
class PostFilter:
    """Which posts of a project to list; ``None`` or empty asks for nothing in particular.

    Attributes
    ----------
    kind
        Posts with a part of this kind.
    text
        Posts whose external id, or one of whose texts, holds this, letter case aside.
    """

    kind: str | None = None
    language: str | None = None
    source: str | None = None
    group_key: str | None = None
    text: str | None = None
    external_ids: tuple[str, ...] = ()


def posts_in(
    project_id: uuid.UUID, *, also_hidden: bool = False, also_material: bool = False
) -> QuerySet[Post]:
    """Return the project's posts that are not hidden, or all of them; those that are material only when asked for."""
    posts = Post.objects.filter(project_id=project_id)
    if not also_material:
        posts = posts.filter(is_material=False)
    return posts if also_hidden else posts.filter(is_hidden=False)


def posts_filtered(project_id: uuid.UUID, wanted: PostFilter) -> QuerySet[Post]:
    """Return the project's posts that match all of ``wanted``, with their parts and assets."""
    found = posts_in(project_id)
    if wanted.kind:
        found = found.filter(Exists(Part.objects.filter(post_id=OuterRef("pk"), kind=wanted.kind)))
    if wanted.language:
        found = found.filter(language=wanted.language)
    if wanted.source:
        found = found.filter(source=wanted.source)
    if wanted.group_key:
        found = found.filter(group_key=wanted.group_key)
    if wanted.external_ids:
        found = found.filter(external_id__in=wanted.external_ids)
    if wanted.text:
        in_text = Part.objects.filter(post_id=OuterRef("pk"), text__icontains=wanted.text)
        found = found.filter(Q(external_id__icontains=wanted.text) | Exists(in_text))
    return with_parts(found)


def with_parts(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Fetch the parts of ``posts`` with their assets and renditions, in as many queries as there are tables."""
    parts = Part.objects.select_related("asset").prefetch_related("asset__renditions").order_by("position")
    return posts.prefetch_related(Prefetch("parts", queryset=parts))


def posts_with_parts(post_ids: Iterable[uuid.UUID]) -> list[Post]:
    """Return these posts with parts, assets and renditions at hand, by id; hidden ones are left out."""
    return list(with_parts(Post.objects.filter(pk__in=list(post_ids), is_hidden=False)).order_by("pk"))


def post_get(actor: Actor, post_id: uuid.UUID | str, *, needs: Capability) -> Post:
    """Return a post with its parts when ``actor`` may do ``needs`` in its project.

    Raises
    ------
    NotFoundError
        When there is no such post, it is hidden, or its project is not the actor's: all look the same.
    CapabilityMissingError
        When the actor's roles in its project do not allow ``needs``.
    """
    post = with_parts(Post.objects.filter(pk=post_id, is_hidden=False)).first()
    if post is None:
        raise NotFoundError()
    project_get(actor, post.project_id, needs=needs)
    return post


def post_open_to(actor: Actor, post_id: uuid.UUID | str) -> Post:
    """Return a post with its parts that ``actor`` may browse, or that was handed to them.

    Raises
    ------
    NotFoundError
        When there is no such post, or it is not theirs to see: all look the same.
    """
    post = post_get(actor, post_id, needs=Capability.PROJECT_VIEW)
    if not one_is_open_to(
        actor, post.project_id, Post.objects.filter(pk=post.pk).values_list("pk", flat=True)
    ):
        raise NotFoundError()
    return post


def parts_of(post_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Part]]:
    """Return the parts of each post, in their order, with assets."""
    found: dict[uuid.UUID, list[Part]] = {post_id: [] for post_id in post_ids}
    rows = Part.objects.filter(post_id__in=post_ids).select_related("asset").order_by("post_id", "position")
    for part in rows:
        found[part.post_id].append(part)
    return found


def beginnings_of(post_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return how each post's first text begins, at most 120 characters; hidden posts and those without have none."""
    rows = (
        Part.objects.filter(post_id__in=post_ids, post__is_hidden=False, text__gt="")
        .order_by("post_id", "position")
        .distinct("post_id")
        .values_list("post_id", Left("text", 120))
    )
    return dict(rows)
