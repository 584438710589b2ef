"""Which models are promoted, which were, and whether what they were trained to tell is still what is asked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from active_learning.domain.promotions import ModelState, Promoted, PromotionKind, promoted_before
from active_learning.models import ModelVersion, Promotion
from policies.selectors import releases_current

Meanings = Mapping[tuple[str, str], int]
"""(policy key, clause key) → the meaning revision in effect."""


@dataclass(frozen=True)
class Standing:
    """What was decided about a clause's model, newest first, and what a way back would lead to."""

    ordinal: int
    promotions: tuple[Promotion, ...]
    before: Promotion | None


def heads_promoted(project_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return the models that suggest in a project (`annotation.head_registry.HeadSource`)."""
    return frozenset(found.model_id for found in _holding(project_id) if found.model_id is not None)


def models_promoted() -> list[ModelVersion]:
    """Return the promoted models of all projects that are not archived."""
    rows = Promotion.objects.exclude(project__state="archived")
    rows = rows.order_by("project_id", "clause_key", "-ordinal").distinct("project_id", "clause_key")
    return [found.model for found in rows.select_related("model__project") if found.model is not None]


def promotion_held(model: ModelVersion) -> Promotion | None:
    """Return the decision by which the model is promoted now; None where it is not."""
    newest = promotion_newest(model.project_id, model.clause_key)
    return newest if newest is not None and newest.model_id == model.pk else None


def promotion_last(model: ModelVersion) -> Promotion | None:
    """Return the newest decision by which the model was promoted, whether it still is or not."""
    return Promotion.objects.filter(model=model).order_by("-ordinal").first()


def promotion_newest(project_id: uuid.UUID, clause_key: str) -> Promotion | None:
    """Return what was decided last about a clause's model."""
    return _of(project_id, clause_key).order_by("-ordinal").first()


def standing_of(model: ModelVersion) -> Standing:
    """Return what was decided about the model's clause."""
    rows = _of(model.project_id, model.clause_key).select_related("model__release__policy", "decided_by")
    found = list(rows.order_by("ordinal"))
    before = promoted_before(Promoted(one.ordinal, PromotionKind(one.kind), one.model_id) for one in found)
    by_ordinal = {one.ordinal: one for one in found}
    return Standing(
        ordinal=found[-1].ordinal if found else 0,
        promotions=tuple(reversed(found)),
        before=None if before is None else by_ordinal[before.ordinal],
    )


def with_state(models: QuerySet[ModelVersion]) -> QuerySet[ModelVersion]:
    """Add what `model_state` reads."""
    newest = Promotion.objects.filter(project=OuterRef("project"), clause_key=OuterRef("clause_key"))
    return models.annotate(
        promoted_id=Subquery(newest.order_by("-ordinal").values("model_id")[:1]),
        was_promoted=Exists(Promotion.objects.filter(model=OuterRef("pk"))),
    )


def model_state(model: ModelVersion) -> ModelState:
    """Return what a model of `with_state` is to its clause."""
    if getattr(model, "promoted_id", None) == model.pk:
        return ModelState.PROMOTED
    return ModelState.WAS_PROMOTED if getattr(model, "was_promoted", False) else ModelState.NEVER


def meanings_current(project_id: uuid.UUID) -> Meanings:
    """Return what clauses mean in the releases in effect, in two queries."""
    return {
        (release.policy_key, clause.key): clause.meaning_revision
        for release in releases_current(project_id)
        for clause in release.clauses.values()
    }


def meaning_holds(model: ModelVersion, meanings: Meanings) -> bool:
    """Return whether the model's clause still means what it was trained to tell; only then it suggests."""
    return meanings.get((model.release.policy.key, model.clause_key)) == model.meaning_revision


def _of(project_id: uuid.UUID, clause_key: str) -> QuerySet[Promotion]:
    return Promotion.objects.filter(project_id=project_id, clause_key=clause_key)


def _holding(project_id: uuid.UUID) -> QuerySet[Promotion]:
    rows = Promotion.objects.filter(project_id=project_id).order_by("clause_key", "-ordinal")
    return rows.distinct("clause_key")
