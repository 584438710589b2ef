"""Which posts people are measured by."""

from __future__ import annotations

import uuid

from django.db.models import Q

from annotation.models import GoldItem


def posts_of_gold(project_id: uuid.UUID, post: str) -> Q:
    """Match posts that are gold now, hold the same as a gold post, or stand in one group with it."""
    gold = GoldItem.objects.filter(project_id=project_id, retired_at__isnull=True)
    grouped = gold.exclude(post__group_key="")
    return (
        Q(**{f"{post}pk__in": gold.values("post_id")})
        | Q(**{f"{post}content_sha256__in": gold.values("post__content_sha256")})
        | Q(**{f"{post}group_key__in": grouped.values("post__group_key")})
    )
