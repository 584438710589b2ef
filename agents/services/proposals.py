from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from agents.errors import ProposalDiffersError
from agents.models import Proposal
from annotation.services import judgment_propose
from core.accounts.selectors import Actor, Capability, api_tokens_of
from core.accounts.services import audit_record
from core.content.selectors import post_get
from policies.selectors import ReleaseView, releases_get

_SAID_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Proposed:
    """A stored proposal, the releases it was made under, and whether it was stored only now."""

    id: uuid.UUID
    releases: list[ReleaseView]
    is_new: bool


def proposal_make(
    actor: Actor,
    post_id: uuid.UUID,
    *,
    clause_keys: Sequence[str],
    answer: str,
    severity: int | None,
    confidence: float,
    rationale: str,
    idempotency_key: str,
) -> Proposed:
    """Store what an agent proposes: one answer to some clauses of a post, offered to people as a suggestion.

    The actor's same key and the same proposal find the first. Which token proposed is told from the token, never
    from what it says of itself, and its name never equals a model's.

    Raises
    ------
    NotFoundError, CapabilityMissingError, TokenScopeMissingError, ProposalInvalidError
    ProposalDiffersError
        When the key was used for another proposal.
    """
    said = [str(post_id), sorted(set(clause_keys)), answer, severity, confidence, rationale]
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
    try:
        return _made(
            actor,
            post_id,
            clause_keys=clause_keys,
            answer=answer,
            severity=severity,
            confidence=confidence,
            rationale=rationale,
            idempotency_key=idempotency_key,
            digest=digest,
        )
    except IntegrityError:
        # Somebody stored the same key meanwhile.
        found = _earlier(actor, post_id, idempotency_key, digest)
        if found is None:
            raise
        return found


@transaction.atomic
def _made(
    actor: Actor,
    post_id: uuid.UUID,
    *,
    clause_keys: Sequence[str],
    answer: str,
    severity: int | None,
    confidence: float,
    rationale: str,
    idempotency_key: str,
    digest: str,
) -> Proposed:
    earlier = _earlier(actor, post_id, idempotency_key, digest)
    if earlier is not None:
        return earlier
    proposer = _name_of(actor)
    releases = judgment_propose(
        actor,
        post_id,
        clause_keys=clause_keys,
        answer=answer,
        severity=severity,
        confidence=confidence,
        rationale=rationale,
        proposer=proposer,
    )
    project = post_get(actor, post_id, needs=Capability.PROPOSALS_WRITE).project
    row = Proposal.objects.create(
        project=project,
        post_id=post_id,
        person=actor.user,
        token_id=actor.token_id,
        proposer=proposer,
        idempotency_key=idempotency_key,
        digest=digest,
        release_ids=[release.id for release in releases],
        clause_keys=list(dict.fromkeys(clause_keys)),
        answer=answer,
        severity=severity,
        confidence=confidence,
        rationale=rationale,
    )
    audit_record(actor, action="proposal.make", project=project, target=row, data={"post": str(post_id)})
    return Proposed(row.pk, releases, True)


def _earlier(actor: Actor, post_id: uuid.UUID, idempotency_key: str, digest: str) -> Proposed | None:
    row = Proposal.objects.filter(person=actor.user, idempotency_key=idempotency_key).first()
    if row is None:
        return None
    if row.digest != digest:
        raise ProposalDiffersError()
    post_get(actor, post_id, needs=Capability.PROPOSALS_WRITE)
    return Proposed(row.pk, list(releases_get(row.release_ids).values()), False)


def _name_of(actor: Actor) -> str:
    if actor.token_id is None:
        return "agent/browser"
    token = api_tokens_of(actor).filter(pk=actor.token_id).values_list("name", flat=True).first()
    return f"agent/{(token or '')[:_SAID_LENGTH]}"
