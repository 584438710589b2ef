"""How far the people who answered agree with what was ruled."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Count

from annotation.selectors.votes import verdicts_counted

Ruled = tuple[uuid.UUID, str, int, str]
"""Post, clause, meaning revision, answer."""


def votes_backing(project_id: uuid.UUID, ruled: Collection[Ruled]) -> dict[Ruled, float]:
    """Return, for each ruling, the share of people's answers that say the same, 0 to 1; none where nobody did."""
    places = {one[:3] for one in ruled}
    votes = (
        verdicts_counted(project_id)
        .filter(
            post_id__in={post_id for post_id, _, _ in places}, clause_key__in={key for _, key, _ in places}
        )
        .values_list("post_id", "clause_key", "meaning_revision", "answer")
        .annotate(count=Count("pk"))
        .order_by()
    )
    given: dict[tuple[uuid.UUID, str, int], dict[str, int]] = {}
    for post_id, key, meaning, answer, count in votes:
        given.setdefault((post_id, key, meaning), {})[answer] = count
    found: dict[Ruled, float] = {}
    for one in ruled:
        answers = given.get(one[:3])
        if answers:
            found[one] = answers.get(one[3], 0) / sum(answers.values())
    return found
