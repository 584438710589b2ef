"""What the project holds true now: of the decisions on one meaning of one clause of one post, the newest."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Left

from annotation.domain.consensus import Method
from annotation.models import Decision
from annotation.selectors.votes import meaning_filter
from core.content.selectors import Part

BEGINNING = Subquery(
    Part.objects.filter(post_id=OuterRef("post_id"), text__gt="")
    .order_by("position")
    .values(beginning=Left("text", 120))[:1]
)
"""How the post's first text begins, for people to know it by."""


def decisions_current(
    project_id: uuid.UUID,
    *,
    release_id: uuid.UUID | None = None,
    clause_keys: Collection[str] | None = None,
    include_undecided: bool = False,
) -> QuerySet[Decision]:
    """Return the project's current decisions, one for each post, clause and meaning.

    Parameters
    ----------
    release_id
        Only those that hold under this release, whichever release they were made under: a clause that means
        the same keeps its decisions. Without it, decisions on every meaning are returned.
    include_undecided
        Also those without an answer, which wait for a person.
    """
    newer = Decision.objects.filter(
        project_id=project_id,
        post_id=OuterRef("post_id"),
        clause_key=OuterRef("clause_key"),
        meaning_revision=OuterRef("meaning_revision"),
        id__gt=OuterRef("id"),
    )
    rows = Decision.objects.filter(~Exists(newer), project_id=project_id)
    if release_id is not None:
        rows = rows.filter(meaning_filter(project_id, release_id, clause_keys))
    elif clause_keys is not None:
        rows = rows.filter(clause_key__in=clause_keys)
    if not include_undecided:
        rows = rows.exclude(method=Method.UNDECIDED)
    return rows


def decisions_needing_a_person(
    project_id: uuid.UUID,
    *,
    release_id: uuid.UUID | None = None,
    clause_key: str | None = None,
    undecided_only: bool = False,
) -> QuerySet[Decision]:
    """Return the current decisions people did not agree on: undecided ones, and those carried by a
    majority.
    """
    keys = None if clause_key is None else [clause_key]
    methods = [Method.UNDECIDED] if undecided_only else [Method.UNDECIDED, Method.MAJORITY, Method.WEIGHTED]
    rows = decisions_current(project_id, release_id=release_id, clause_keys=keys, include_undecided=True)
    return rows.filter(method__in=methods, confidence__lt=1).annotate(
        external_id=F("post__external_id"), excerpt=Coalesce(BEGINNING, Value(""))
    )
