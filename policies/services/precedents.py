"""Precedents: proposed with a ruling, approved by somebody else, retired with a reason; what was ruled stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.accounts.selectors import Actor, Capability, Project, User
from core.accounts.services import audit_record
from core.db.transactions import in_transaction
from core.events import publish
from policies.errors import (
    PrecedentOwnRulingError,
    PrecedentReasonError,
    PrecedentStaleError,
    PrecedentStateError,
)
from policies.events import PrecedentProposed
from policies.models import Precedent
from policies.models.precedent import PrecedentState
from policies.selectors.precedents import precedent_get

RULED_ANEW = "The post was ruled on anew."


@dataclass(frozen=True, slots=True)
class Ruled:
    """One clause as it was ruled: the answer, why, and the decision that says so."""

    clause_key: str
    meaning_revision: int
    answer: str
    severity: int | None
    reason: str
    decision_id: UUID


@in_transaction
def precedents_propose(
    actor: Actor,
    *,
    project: Project,
    post_id: UUID,
    release_id: UUID,
    ruling_id: UUID,
    ruled: Sequence[Ruled],
) -> list[Precedent]:
    """Store what was ruled as proposed precedents; earlier ones for the same places are retired.

    The app that decides has checked who may rule, and the answers.
    """
    made = []
    for one in ruled:
        precedents_overturn(
            actor,
            project=project,
            post_id=post_id,
            clause_key=one.clause_key,
            meaning_revision=one.meaning_revision,
            because=RULED_ANEW,
        )
        row = Precedent.objects.create(
            project=project,
            post_id=post_id,
            release_id=release_id,
            clause_key=one.clause_key,
            meaning_revision=one.meaning_revision,
            answer=one.answer,
            severity=one.severity,
            reason=one.reason.strip(),
            decision_id=one.decision_id,
            ruling_id=ruling_id,
            ruled_by=actor.user,
        )
        _audit(actor, row, "precedent.propose", project=project)
        made.append(row)
    if made:
        publish(PrecedentProposed(project.pk, post_id))
    return made


@transaction.atomic
def precedent_approve(actor: Actor, precedent_id: UUID) -> Precedent:
    """Make a proposed precedent one that annotators are shown.

    Raises
    ------
    PrecedentNotFoundError, CapabilityMissingError
    PrecedentOwnRulingError
        When the actor ruled it: two people stand behind a precedent.
    PrecedentStateError, PrecedentStaleError
    """
    row = _locked(precedent_get(actor, precedent_id, needs=Capability.POLICY_APPROVE))
    if row.state != PrecedentState.PROPOSED:
        raise PrecedentStateError(state=row.state, needed=PrecedentState.PROPOSED.value)
    if row.ruled_by_id == actor.user.pk:
        raise PrecedentOwnRulingError()
    if not precedent_get(actor, precedent_id).holds:  # type: ignore[attr-defined]
        raise PrecedentStaleError(key=row.clause_key)
    row.state, row.approved_by, row.approved_at = PrecedentState.APPROVED, actor.user, timezone.now()
    row.save(update_fields=["state", "approved_by", "approved_at"])
    _audit(actor, row, "precedent.approve")
    return precedent_get(actor, precedent_id)


@transaction.atomic
def precedent_retire(actor: Actor, precedent_id: UUID, *, reason: str) -> Precedent:
    """Show a precedent to annotators no more, for a reason that whoever cited it can read.

    Raises
    ------
    PrecedentNotFoundError, CapabilityMissingError, PrecedentStateError, PrecedentReasonError
    """
    row = _locked(precedent_get(actor, precedent_id, needs=Capability.POLICY_APPROVE))
    if row.state == PrecedentState.RETIRED:
        raise PrecedentStateError(state=row.state, needed="proposed or approved")
    if not reason.strip():
        raise PrecedentReasonError()
    _retire(row, actor.user, reason.strip())
    _audit(actor, row, "precedent.retire")
    return precedent_get(actor, precedent_id)


def precedents_overturn(
    actor: Actor,
    *,
    project: Project,
    post_id: UUID,
    clause_key: str,
    meaning_revision: int,
    because: str,
) -> int:
    """Retire what was ruled on one meaning of a clause of a post, in the transaction that decides it anew."""
    rows = (
        Precedent.objects.select_for_update()
        .filter(project=project, post_id=post_id, clause_key=clause_key, meaning_revision=meaning_revision)
        .exclude(state=PrecedentState.RETIRED)
    )
    found = list(rows)
    for row in found:
        _retire(row, actor.user, because)
        _audit(actor, row, "precedent.retire", project=project)
    return len(found)


def _locked(row: Precedent) -> Precedent:
    return Precedent.objects.select_for_update().get(pk=row.pk)


def _retire(row: Precedent, person: User, reason: str) -> None:
    row.state, row.retired_by, row.retired_at = PrecedentState.RETIRED, person, timezone.now()
    row.retired_reason = reason
    row.save(update_fields=["state", "retired_by", "retired_at", "retired_reason"])


def _audit(actor: Actor, row: Precedent, action: str, *, project: Project | None = None) -> None:
    audit_record(
        actor,
        action=action,
        project=project or row.project,
        target=row,
        data={"post": str(row.post_id), "clause": row.clause_key, "state": row.state},
    )
