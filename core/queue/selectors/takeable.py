"""Which posts a person takes at all, for what is shown to them beside their own tasks."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import LiteralString

from core.accounts.selectors import Actor, Project
from core.db.prepared import rows
from core.queue.selectors.wards import CONSENTED, LIMITS, SHUT_BY, WARD_OF

_TAKEABLE: LiteralString = f"""
SELECT post.id FROM content_post AS post
CROSS JOIN ({LIMITS}) AS limits
LEFT JOIN queue_ward AS ward ON ward.id = {WARD_OF.format(post="post.id")}
WHERE post.id = ANY(%(posts)s::uuid[]) AND post.project_id = %(project)s AND NOT post.is_hidden
  AND (NOT %(is_person)s OR (
    {CONSENTED} AND NOT EXISTS (SELECT 1 FROM queue_closure AS closure WHERE {SHUT_BY})))
"""  # noqa: S608 - texts of ours


def posts_takeable(actor: Actor, project: Project, post_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the project's posts that the actor agreed to look at and no budget of theirs shuts now.

    The same conditions as of the claim that hands out work; a break that is due ends what is new, not this.
    """
    values = {
        "person": actor.user.pk,
        "project": project.pk,
        "posts": list(post_ids),
        "is_person": not actor.user.is_simulated,
    }
    return {found[0] for found in rows(_TAKEABLE, values)} if post_ids else set()
