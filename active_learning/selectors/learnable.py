"""What there is to learn from before a round is started."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from annotation.selectors import decisions_current
from core.accounts.selectors import Project
from policies.selectors import releases_get


@dataclass(frozen=True)
class DecidedClause:
    """How many posts are decided on a clause under its meaning in a release, by answer."""

    clause_key: str
    answers: Mapping[str, int]


def clauses_decided(project: Project, release_id: uuid.UUID) -> list[DecidedClause]:
    """Return every question of the project's published release with its decided posts, in the release's order.

    A release that is not one of the project's has none.
    """
    release = releases_get([release_id]).get(release_id)
    if release is None or release.project_id != project.pk:
        return []
    counts: dict[str, dict[str, int]] = {}
    rows = decisions_current(project.pk, release_id=release.id).filter(post__is_hidden=False)
    tallies = rows.values_list("clause_key", "answer").annotate(total=Count("pk")).order_by("answer")
    for key, answer, total in tallies:
        if answer is not None:
            counts.setdefault(key, {})[answer] = total
    return [DecidedClause(clause.key, counts.get(clause.key, {})) for clause in release.verdict_clauses]
