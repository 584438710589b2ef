from __future__ import annotations

import uuid
from collections.abc import Sequence

from core.content.selectors import parts_of
from policies.selectors import ClauseView

POSTS_AT_ONCE = 500


def posts_with_media(post_ids: Sequence[uuid.UUID], clause: ClauseView) -> set[uuid.UUID]:
    """Return the posts that have media the clause is about; a clause that names none is about everything."""
    if not clause.modalities:
        return set(post_ids)
    found: set[uuid.UUID] = set()
    for start in range(0, len(post_ids), POSTS_AT_ONCE):
        for post_id, parts in parts_of(post_ids[start : start + POSTS_AT_ONCE]).items():
            kinds = {part.kind if part.asset_id is not None else "text" for part in parts}
            if not kinds.isdisjoint(clause.modalities):
                found.add(post_id)
    return found
