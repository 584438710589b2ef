"""An expert's ruling: decides clauses of a post with reasons, and may stand as a precedent for others like it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction

from annotation.domain.consensus import HUMAN_METHODS, Method
from annotation.errors import RulingInvalidError
from annotation.events import PostDecided
from annotation.models import Decision
from annotation.selectors.decisions import decisions_current
from annotation.selectors.questions import clauses_asked
from annotation.selectors.votes import verdicts_counted
from annotation.services.decisions import evidence_merged, post_lock
from core.accounts.selectors import Actor, Capability, Project, project_by_id, user_by_id
from core.accounts.services import audit_record
from core.content.selectors import post_get
from core.errors import NotFoundError
from core.events import publish
from core.queue.errors import DecisionChangedError
from policies.selectors import (
    ClauseView,
    PrecedentView,
    ReleaseView,
    precedent_views,
    precedents_open,
    releases_get,
)
from policies.services import Ruled, precedents_overturn, precedents_propose

DECIDED_ANEW = "The post was decided anew."


@dataclass(frozen=True, slots=True)
class ClauseRuling:
    """What is ruled of one clause; the reason is what others read."""

    clause_key: str
    answer: str
    severity: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """The decisions of one ruling, and the precedents of it that may be seen: none on a post that is held out."""

    id: uuid.UUID
    decisions: list[Decision]
    precedents: list[PrecedentView]


@transaction.atomic
def ruling_record(
    actor: Actor,
    post_id: uuid.UUID,
    *,
    ruling_id: uuid.UUID,
    release_id: uuid.UUID,
    rulings: Sequence[ClauseRuling],
    as_precedent: bool = True,
    seen: Mapping[str, uuid.UUID] = MappingProxyType({}),
) -> Ruling:
    """Settle clauses of a post under a release, as decisions that votes no longer change.

    Parameters
    ----------
    ruling_id
        Made by the client; sent again it finds what was ruled.
    as_precedent
        Whether others are to be held against it, once somebody else approved it.
    seen
        By clause, the decision that stood on the expert's screen.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ClauseNotAskableError, RulingInvalidError, DecisionChangedError
    """
    project = post_get(actor, post_id, needs=Capability.POLICY_EDIT).project
    release = releases_get([release_id]).get(release_id)
    if release is None or release.project_id != project.pk:
        raise NotFoundError()
    keys = [one.clause_key for one in rulings]
    clauses = {clause.key: clause for clause in clauses_asked(release, keys)}
    _check(rulings, clauses)
    post_lock(post_id)
    earlier = list(
        Decision.objects.filter(project=project, post_id=post_id, ruling_id=ruling_id).order_by("id")
    )
    if earlier:
        return _told(project, ruling_id, earlier)
    _refuse_changed(project, post_id, release, keys, seen)
    decisions = [
        _decision(actor, project, post_id, release, clauses[one.clause_key], one, ruling_id)
        for one in rulings
    ]
    if as_precedent:
        precedents_propose(
            actor,
            project=project,
            post_id=post_id,
            release_id=release.id,
            ruling_id=ruling_id,
            ruled=[
                Ruled(
                    row.clause_key, row.meaning_revision, row.answer or "", row.severity, row.reason, row.pk
                )
                for row in decisions
            ],
        )
    for row in decisions:
        publish(PostDecided(project.pk, post_id, row.clause_key, row.pk, False))
    return _told(project, ruling_id, decisions)


def precedents_follow(event: PostDecided) -> None:
    """Retire the precedent on a place that a person has decided otherwise since."""
    if event.is_undecided:
        return
    decision = Decision.objects.get(pk=event.decision_id)
    if decision.method not in HUMAN_METHODS or decision.decided_by_id is None:
        return
    if decision.method == Method.RULED:
        return
    ruled = (
        Decision.objects.filter(
            post_id=decision.post_id,
            clause_key=decision.clause_key,
            meaning_revision=decision.meaning_revision,
            method=Method.RULED,
        )
        .order_by("-id")
        .first()
    )
    person = user_by_id(decision.decided_by_id)
    if ruled is None or person is None or ruled.answer == decision.answer:
        return
    precedents_overturn(
        Actor(person),
        project=project_by_id(event.project_id),
        post_id=decision.post_id,
        clause_key=decision.clause_key,
        meaning_revision=decision.meaning_revision,
        because=DECIDED_ANEW,
    )


def _decision(
    actor: Actor,
    project: Project,
    post_id: uuid.UUID,
    release: ReleaseView,
    clause: ClauseView,
    ruled: ClauseRuling,
    ruling_id: uuid.UUID,
) -> Decision:
    cast = list(
        verdicts_counted(project.pk)
        .filter(post_id=post_id, clause_key=clause.key, meaning_revision=clause.meaning_revision)
        .select_related("submission")
        .prefetch_related("evidence")
        .order_by("id")
    )
    row = Decision.objects.create(
        project=project,
        post_id=post_id,
        release_id=release.id,
        clause_key=clause.key,
        meaning_revision=clause.meaning_revision,
        answer=ruled.answer,
        severity=ruled.severity,
        confidence=1.0,
        method=Method.RULED,
        submissions=[verdict.submission_id for verdict in cast],
        evidence=evidence_merged(cast, ruled.answer),
        decided_by=actor.user,
        reason=ruled.reason.strip(),
        ruling_id=ruling_id,
    )
    audit_record(
        actor,
        action="decision.rule",
        project=project,
        target=row,
        data={"post": str(post_id), "clause_key": clause.key, "ruling": str(ruling_id)},
    )
    return row


def _told(project: Project, ruling_id: uuid.UUID, decisions: list[Decision]) -> Ruling:
    rows = precedents_open(project.pk).filter(ruling_id=ruling_id).order_by("id")
    return Ruling(ruling_id, decisions, precedent_views(list(rows)))


def _refuse_changed(
    project: Project,
    post_id: uuid.UUID,
    release: ReleaseView,
    keys: Collection[str],
    seen: Mapping[str, uuid.UUID],
) -> None:
    if not seen:
        return
    current = decisions_current(project.pk, release_id=release.id, clause_keys=keys, include_undecided=True)
    for clause_key, newest in current.filter(post_id=post_id).values_list("clause_key", "pk"):
        if seen.get(clause_key, newest) != newest:
            raise DecisionChangedError()


def _check(rulings: Sequence[ClauseRuling], clauses: Mapping[str, ClauseView]) -> None:
    errors: list[dict[str, str]] = []
    said: set[str] = set()
    if not rulings:
        errors.append({"path": "rulings", "message": "Rule on at least one clause."})
    for at, one in enumerate(rulings):
        clause, path = clauses[one.clause_key], f"rulings.{at}"
        if one.clause_key in said:
            errors.append({"path": f"{path}.clause_key", "message": "This clause is ruled on twice."})
        said.add(one.clause_key)
        if one.answer not in clause.answer_values:
            choices = ", ".join(clause.answer_values)
            errors.append(
                {"path": f"{path}.answer", "message": f"Choose one of the clause's answers: {choices}."}
            )
        if one.severity is not None and one.severity not in clause.severity_values:
            errors.append({"path": f"{path}.severity", "message": "Choose a severity of the clause's scale."})
        needs_severity = clause.requires_severity and one.answer in clause.harmful_values
        if needs_severity and clause.severity_values and one.severity is None:
            errors.append({"path": f"{path}.severity", "message": "Choose a severity."})
        if not one.reason.strip():
            errors.append({"path": f"{path}.reason", "message": "Say why; others will be held against it."})
    if errors:
        raise RulingInvalidError(errors)
