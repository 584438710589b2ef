from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from active_learning.domain.promotions import PromotionKind
from active_learning.errors import (
    ModelMeaningPassedError,
    ModelNotPromotedError,
    ModelPromotedError,
    NoModelBeforeError,
    PromotionPassedError,
)
from active_learning.models import ModelVersion, Promotion
from active_learning.selectors.evaluations import threshold_for
from active_learning.selectors.promotions import (
    meaning_holds,
    meanings_current,
    promotion_held,
    promotion_newest,
    standing_of,
)
from active_learning.services.models import suggestions_begin
from annotation.services import heads_forget
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record


@dataclass(frozen=True)
class _New:
    """What is to hold from now on."""

    kind: PromotionKind
    model: ModelVersion | None
    threshold: float | None = None
    stated: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def model_promote(actor: Actor, model: ModelVersion, *, after: int, reason: str) -> Promotion:
    """Let a model suggest for its clause, in place of the one that did.

    One that its round promoted can be promoted by a person too: then no later round takes its place by itself.

    Parameters
    ----------
    after
        The ordinal of the newest decision the person saw; 0 where there was none.

    Raises
    ------
    NotFoundError, CapabilityMissingError, PromotionPassedError, ModelPromotedError, ModelMeaningPassedError
    """
    held = promotion_held(model)
    if held is not None and held.decided_by_id is not None:
        raise ModelPromotedError()
    return _decided(actor, model, _New(PromotionKind.PROMOTED, model), after=after, reason=reason)


@transaction.atomic
def model_roll_back(actor: Actor, model: ModelVersion, *, after: int, reason: str) -> Promotion:
    """Let the model that was promoted before this one suggest again, from its own threshold on.

    Raises
    ------
    NotFoundError, CapabilityMissingError, PromotionPassedError, ModelNotPromotedError, NoModelBeforeError,
    ModelMeaningPassedError
    """
    _held(model, after)
    before = standing_of(model).before
    if before is None:
        raise NoModelBeforeError()
    new = _New(PromotionKind.ROLLED_BACK, before.model, before.threshold, before.stated)
    return _decided(actor, model, new, after=after, reason=reason)


@transaction.atomic
def model_withdraw(actor: Actor, model: ModelVersion, *, after: int, reason: str) -> Promotion:
    """Take the promotion away: no model suggests for the clause until a person promotes one.

    Raises
    ------
    NotFoundError, CapabilityMissingError, PromotionPassedError, ModelNotPromotedError
    """
    _held(model, after)
    return _decided(actor, model, _New(PromotionKind.WITHDRAWN, None), after=after, reason=reason)


@transaction.atomic
def model_threshold_state(
    actor: Actor,
    model: ModelVersion,
    *,
    after: int,
    reason: str,
    figure: str | None,
    at_least: float | None,
) -> Promotion:
    """Have the promoted model suggest a harmful answer from that chance on by which a figure is what is stated.

    Without a figure it suggests its likeliest answer again.

    Raises
    ------
    NotFoundError, CapabilityMissingError, PromotionPassedError, ModelNotPromotedError, ModelMeaningPassedError,
    ThresholdUnreachableError
    """
    _held(model, after)
    new = _New(PromotionKind.THRESHOLD, model)
    if figure is not None and at_least is not None:
        chosen = threshold_for(model, figure=figure, at_least=at_least)
        stated = {"figure": figure, "at_least": at_least} | {
            name: asdict(getattr(chosen, name)) for name in ("precision", "recall", "f1")
        }
        new = _New(PromotionKind.THRESHOLD, model, chosen.threshold, stated)
    return _decided(actor, model, new, after=after, reason=reason)


def round_promotes(model: ModelVersion) -> Promotion | None:
    """Promote the model a round just trained, while no person has decided about the clause; None where one has.

    In the round's transaction. A model whose clause has another meaning by now is left unpromoted.
    """
    newest = promotion_newest(model.project_id, model.clause_key)
    by_people = Promotion.objects.filter(
        project_id=model.project_id, clause_key=model.clause_key, decided_by__isnull=False
    )
    if by_people.exists() or not meaning_holds(model, meanings_current(model.project_id)):
        return None
    try:
        with transaction.atomic():
            new = _New(PromotionKind.BY_ROUND, model)
            made = _made(model, new, after=0 if newest is None else newest.ordinal)
    except IntegrityError:  # a person decided meanwhile, and that counts
        return None
    audit_record(None, action="model.promote", project=model.project, target=model)
    _tell(model.project_id)
    return made


def _held(model: ModelVersion, after: int) -> None:
    newest = promotion_newest(model.project_id, model.clause_key)
    if newest is not None and newest.ordinal != after:
        raise PromotionPassedError()
    if newest is None or newest.model_id != model.pk:
        raise ModelNotPromotedError()


def _decided(actor: Actor, model: ModelVersion, new: _New, *, after: int, reason: str) -> Promotion:
    """Store one decision; of two about the same state of things the second finds its place taken."""
    project = project_get(actor, model.project_id, needs=Capability.MODELS_PROMOTE)
    newest = promotion_newest(model.project_id, model.clause_key)
    if after != (0 if newest is None else newest.ordinal):
        raise PromotionPassedError()
    if new.model is not None and not meaning_holds(new.model, meanings_current(model.project_id)):
        raise ModelMeaningPassedError(number=new.model.number)
    try:
        with transaction.atomic():
            made = _made(model, new, after=after, actor=actor, reason=reason)
    except IntegrityError:
        raise PromotionPassedError() from None
    audit_record(
        actor,
        action=_ACTIONS[new.kind],
        project=project,
        target=model,
        data={
            "clause": model.clause_key,
            "promotes": None if new.model is None else new.model.number,
            "threshold": new.threshold,
        },
    )
    _tell(model.project_id)
    if new.model is not None:
        suggestions_begin(actor, project, new.model)
    return made


_ACTIONS = {
    PromotionKind.PROMOTED: "model.promote",
    PromotionKind.THRESHOLD: "model.state_threshold",
    PromotionKind.ROLLED_BACK: "model.roll_back",
    PromotionKind.WITHDRAWN: "model.withdraw",
}


def _made(
    model: ModelVersion, new: _New, *, after: int, actor: Actor | None = None, reason: str = ""
) -> Promotion:
    return Promotion.objects.create(
        project_id=model.project_id,
        clause_key=model.clause_key,
        ordinal=after + 1,
        kind=new.kind.value,
        model=new.model,
        threshold=new.threshold,
        stated=dict(new.stated),
        reason=reason.strip(),
        decided_by=None if actor is None else actor.user,
    )


def _tell(project_id: uuid.UUID) -> None:
    """Have this process see at once whose suggestions count from now on."""
    heads_forget(project_id)
    transaction.on_commit(lambda: heads_forget(project_id))
