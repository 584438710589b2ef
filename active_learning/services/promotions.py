from __future__ import annotations

import uuid

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
    return _decided(actor, model, PromotionKind.PROMOTED, after=after, reason=reason, promoted=model)


@transaction.atomic
def model_roll_back(actor: Actor, model: ModelVersion, *, after: int, reason: str) -> Promotion:
    """Let the model that was promoted before this one suggest again.

    Raises
    ------
    NotFoundError, CapabilityMissingError, PromotionPassedError, ModelNotPromotedError, NoModelBeforeError,
    ModelMeaningPassedError
    """
    _held(model, after)
    before = standing_of(model).before
    if before is None:
        raise NoModelBeforeError()
    return _decided(actor, model, PromotionKind.ROLLED_BACK, after=after, reason=reason, promoted=before)


@transaction.atomic
def model_withdraw(actor: Actor, model: ModelVersion, *, after: int, reason: str) -> Promotion:
    """Take the promotion away: no model suggests for the clause until a person promotes one.

    Raises
    ------
    NotFoundError, CapabilityMissingError, PromotionPassedError, ModelNotPromotedError
    """
    _held(model, after)
    return _decided(actor, model, PromotionKind.WITHDRAWN, after=after, reason=reason, promoted=None)


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
            made = _made(model, PromotionKind.BY_ROUND, after=0 if newest is None else newest.ordinal)
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


def _decided(
    actor: Actor,
    model: ModelVersion,
    kind: PromotionKind,
    *,
    after: int,
    reason: str,
    promoted: ModelVersion | None,
) -> Promotion:
    """Store one decision; of two about the same state of things the second finds its place taken."""
    project = project_get(actor, model.project_id, needs=Capability.MODELS_PROMOTE)
    newest = promotion_newest(model.project_id, model.clause_key)
    if after != (0 if newest is None else newest.ordinal):
        raise PromotionPassedError()
    if promoted is not None and not meaning_holds(promoted, meanings_current(model.project_id)):
        raise ModelMeaningPassedError(number=promoted.number)
    try:
        with transaction.atomic():
            made = _made(model, kind, after=after, promoted=promoted, actor=actor, reason=reason)
    except IntegrityError:
        raise PromotionPassedError() from None
    audit_record(
        actor,
        action=_ACTIONS[kind],
        project=project,
        target=model,
        data={"clause": model.clause_key, "promotes": None if promoted is None else promoted.number},
    )
    _tell(model.project_id)
    if promoted is not None:
        suggestions_begin(actor, project, promoted)
    return made


_ACTIONS = {
    PromotionKind.PROMOTED: "model.promote",
    PromotionKind.ROLLED_BACK: "model.roll_back",
    PromotionKind.WITHDRAWN: "model.withdraw",
}


def _made(
    model: ModelVersion,
    kind: PromotionKind,
    *,
    after: int,
    promoted: ModelVersion | None = None,
    actor: Actor | None = None,
    reason: str = "",
) -> Promotion:
    return Promotion.objects.create(
        project_id=model.project_id,
        clause_key=model.clause_key,
        ordinal=after + 1,
        kind=kind.value,
        model=model if kind is PromotionKind.BY_ROUND else promoted,
        reason=reason.strip(),
        decided_by=None if actor is None else actor.user,
    )


def _tell(project_id: uuid.UUID) -> None:
    """Have this process see at once whose suggestions count from now on."""
    heads_forget(project_id)
    transaction.on_commit(lambda: heads_forget(project_id))
