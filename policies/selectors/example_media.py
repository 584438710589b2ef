"""Pictures, films and sounds that examples show: where they stand, and who may see them beside the rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from core.accounts.selectors import Actor
from core.content.selectors import Asset, Part, assets_in
from policies.domain.clause_documents import ClauseDocument, ExamplesBlock
from policies.models import Clause
from policies.models.release import PUBLISHED
from policies.precedent_registry import posts_held_out
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import clause_document_of


@dataclass(frozen=True, slots=True)
class ExampleAsset:
    """An asset that examples of a release show, and the post and part as which it is looked at."""

    asset: Asset
    post_id: UUID
    part_id: UUID


def posts_shown_in_examples(actor: Actor, project_id: UUID, post_ids: QuerySet[Any, UUID]) -> bool:
    """Return whether an example of a published release of the project shows media of one of these posts.

    The rule that lets everybody in the project see, covered until they ask, what a rule is explained by.
    """
    assets = Part.objects.filter(post_id__in=post_ids, asset__isnull=False).values_list("asset_id", flat=True)
    shown = Q()
    for asset_id in set(assets[:50]):
        shown |= Q(blocks__contains=[{"items": [{"media": [{"asset_id": str(asset_id)}]}]}])
    if not shown:
        return False
    return Clause.objects.filter(
        shown, release__policy__project_id=project_id, release__state__in=PUBLISHED
    ).exists()


def example_assets_of(actor: Actor, release_id: UUID) -> tuple[UUID, list[ExampleAsset]]:
    """Return the project and the assets its examples show that are still there, in the order of the release."""
    release = release_visible_get(actor, release_id)
    clauses = sorted(release.clauses.all(), key=lambda clause: (clause.position, clause.key))
    wanted = assets_cited(clause_document_of(clause) for clause in clauses)
    project_id = release.policy.project_id
    parts: dict[UUID, Part] = {}
    rows = Part.objects.filter(asset_id__in=wanted, post__project_id=project_id, post__is_hidden=False)
    for part in rows.select_related("asset").prefetch_related("asset__renditions").order_by("-post_id"):
        if part.asset_id is not None:
            parts[part.asset_id] = part
    return project_id, [
        ExampleAsset(asset=part.asset, post_id=part.post_id, part_id=part.pk)
        for part in (parts.get(asset_id) for asset_id in wanted)
        if part is not None and part.asset is not None
    ]


def assets_cited(documents: Iterable[ClauseDocument]) -> list[UUID]:
    """Return the assets that examples of these clauses show, each once, in order."""
    found = [
        UUID(shown.asset_id)
        for document in documents
        for block in document.blocks
        if isinstance(block, ExamplesBlock)
        for item in block.items
        for shown in item.media
    ]
    return list(dict.fromkeys(found))


def assets_missing(project_id: UUID, cited: Sequence[UUID]) -> set[UUID]:
    """Return which of these are none of the project's assets, or stand only in hidden posts."""
    if not cited:
        return set()
    known = assets_in(project_id).filter(pk__in=cited).values_list("pk", flat=True)
    return set(cited) - set(known)


def assets_measuring(project_id: UUID, cited: Sequence[UUID]) -> set[UUID]:
    """Return which of these stand in posts that measure: shown beside the rule, they would tell the answer."""
    if not cited:
        return set()
    stands = Part.objects.filter(asset_id__in=cited, post__project_id=project_id)
    rows = list(stands.values_list("asset_id", "post_id"))
    shut = posts_held_out(project_id, {post_id for _, post_id in rows})
    return {asset_id for asset_id, post_id in rows if post_id in shut and asset_id is not None}
