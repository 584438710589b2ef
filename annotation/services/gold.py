"""Making, ending and offering posts with known answers."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.domain.document import LabelDocument
from annotation.domain.gold import holds_for
from annotation.errors import (
    GoldAlreadyError,
    GoldRetiredError,
    LabelDocumentInvalidError,
    NothingKnownError,
)
from annotation.models import Decision, GoldAnswer, GoldItem
from annotation.selectors.decisions import decisions_current
from annotation.selectors.questions import clauses_asked
from annotation.services.submissions import answer_statements
from annotation.services.tasks import clause_fits
from core.accounts.selectors import Actor, Capability, Project, project_by_id, project_get
from core.accounts.services import audit_record
from core.content.selectors import parts_of, post_get, posts_shown
from core.errors import NotFoundError
from core.queue.services import Offer, gold_offers_set, onboarding_step_drop
from policies.events import ReleasePublished, ReleaseRetired, ReleaseTookEffect
from policies.selectors import ReleaseView, answers_by_meaning, releases_current, releases_get

_NOT_ASKED_OF_GOLD = frozenset({"evidence_required", "reason_required", "severity_required"})
"""What people must give with an answer, but need not be known: then it is not held against anybody."""

_NOT_KNOWN = "Nothing is known of this clause here, so there is no meaning to know it from."
_NOT_YET = "In this release the clause has meaning {now}: choose that or an earlier one."
_OTHER_SCALE = (
    "An earlier meaning of this clause had no such answer: it can be known from meaning {least} on."
)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How near an answer must come: steps of the severity scale, and how alike marks must be; None leaves it out."""

    severity_within: int | None = None
    alike_min: float | None = None


@transaction.atomic
def gold_make(
    actor: Actor,
    post_id: uuid.UUID,
    *,
    release_id: uuid.UUID,
    document: dict[str, Any] | None = None,
    clause_keys: Collection[str] = (),
    tolerance: Tolerance = Tolerance(),
    explanation: str = "",
    reasons: Mapping[str, str] | None = None,
    meanings_from: Mapping[str, int] | None = None,
) -> GoldItem:
    """Make a post gold: its answers by hand, or from what was decided on it.

    Parameters
    ----------
    document
        A label document with the known answers; without it the decisions that stand are taken, undecided ones left out.
        It answers as many clauses as are known, and says of each what is known: proof is asked of nobody here.
    clause_keys
        Only these clauses; all that the document or the decisions speak of, when empty.
    tolerance
        For every clause. Evidence matters only where some is known.
    explanation, reasons
        Why the answers are right: of the post as a whole, and by clause key.
    meanings_from
        By clause key, the earliest meaning the answer is known for, 1 or more; else only what the clause means in
        the release.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ClauseNotAskableError, LabelDocumentInvalidError, NothingKnownError,
    GoldAlreadyError
    """
    project = post_get(actor, post_id, needs=Capability.QUALITY_KEEP).project
    release = releases_get([release_id]).get(release_id)
    if release is None or release.project_id != project.pk:
        raise NotFoundError()
    if GoldItem.objects.filter(post_id=post_id, retired_at__isnull=True).exists():
        raise GoldAlreadyError()
    if clause_keys:
        clauses_asked(release, clause_keys)
    known = (
        _from_decisions(project.pk, post_id, release)
        if document is None
        else _from_document(post_id, release, document)
    )
    known = [row for row in known if not clause_keys or row.clause_key in set(clause_keys)]
    if not known:
        raise NothingKnownError()
    _explain(known, reasons or {})
    _reach_back(known, release, meanings_from or {})
    item = GoldItem.objects.create(
        project=project,
        post_id=post_id,
        release_id=release_id,
        made_by=actor.user,
        explanation=explanation.strip(),
    )
    for row in known:
        row.item = item
        row.severity_within = tolerance.severity_within if row.severity is not None else None
        row.alike_min = tolerance.alike_min if row.evidence else None
    GoldAnswer.objects.bulk_create(known)
    offers_renew(project, [item])
    audit_record(
        actor,
        action="gold.make",
        project=project,
        target=item,
        data={"post": str(post_id), "clause_keys": sorted(row.clause_key for row in known)},
    )
    return item


@transaction.atomic
def gold_retire(actor: Actor, project_id: uuid.UUID, item_id: uuid.UUID, *, because: str) -> GoldItem:
    """Hand the item out no more; its results stay, marked as of a retired one.

    Raises
    ------
    NotFoundError, CapabilityMissingError, GoldRetiredError
    """
    project = project_get(actor, project_id, needs=Capability.QUALITY_KEEP)
    item = GoldItem.objects.select_for_update().filter(project=project, pk=item_id).first()
    if item is None:
        raise NotFoundError()
    if item.retired_at is not None:
        raise GoldRetiredError()
    item.retired_at, item.retired_by = timezone.now(), actor.user
    item.retired_because = because.strip()[:500]
    item.save(update_fields=["retired_at", "retired_by", "retired_because"])
    gold_offers_set(project, item_ids=[item.pk], offers=[])
    onboarding_step_drop(project, item.pk)
    audit_record(actor, action="gold.retire", project=project, target=item)
    return item


def gold_meets_release(event: ReleasePublished) -> None:
    """End the validity of answers to clauses that mean something else now, and offer the rest under the release."""
    raised = _revisions(event.release_id, event.raised_keys)
    stopped = GoldAnswer.objects.filter(
        item__project_id=event.project_id,
        item__release__policy_id=event.policy_id,
        clause_key__in=list(raised),
        meaning_to__isnull=True,
    )
    for answer in stopped:
        answer.meaning_to = max(answer.meaning_from, raised[answer.clause_key] - 1)
        answer.save(update_fields=["meaning_to"])
    _renew_all(event.project_id)


def gold_follows_release(event: ReleaseTookEffect) -> None:
    """Offer what still holds under a release whose day has come; what changed its meaning is not offered under it."""
    _renew_all(event.project_id)


def gold_leaves_release(event: ReleaseRetired) -> None:
    """Offer nothing under a release that is asked about no more."""
    _renew_all(event.project_id)


def offers_renew(project: Project, items: Sequence[GoldItem]) -> None:
    """Offer each item under every release in effect by which something is known of it, in the caller's transaction."""
    releases = [*releases_current(project.pk)]
    own = releases_get({item.release_id for item in items})
    releases += [release for release in own.values() if release.id not in {one.id for one in releases}]
    kinds = {
        post_id: {part.kind for part in parts}
        for post_id, parts in parts_of([i.post_id for i in items]).items()
    }
    answers: dict[uuid.UUID, list[GoldAnswer]] = {item.pk: [] for item in items}
    for answer in GoldAnswer.objects.filter(item__in=items):
        answers[answer.item_id].append(answer)
    offers = [
        offer
        for item in items
        for release in releases
        if release.policy_id == own[item.release_id].policy_id and release.state == "released"
        for offer in _offers(item, release, answers[item.pk], kinds[item.post_id])
    ]
    gold_offers_set(project, item_ids=[item.pk for item in items], offers=offers)


def _offers(
    item: GoldItem, release: ReleaseView, answers: Sequence[GoldAnswer], kinds: Collection[str]
) -> list[Offer]:
    asked = [clause for clause in release.verdict_clauses if clause_fits(clause, kinds)]
    known = {
        answer.clause_key
        for answer in answers
        for clause in asked
        if clause.key == answer.clause_key
        and holds_for(answer.meaning_from, answer.meaning_to, clause.meaning_revision)
    }
    keys = [clause.key for clause in asked]
    return [Offer(item.pk, item.post_id, release.id, keys, sorted(known))] if known else []


def _renew_all(project_id: uuid.UUID) -> None:
    items = list(GoldItem.objects.filter(project_id=project_id, retired_at__isnull=True))
    if items:
        offers_renew(project_by_id(project_id), items)


def _revisions(release_id: uuid.UUID, keys: Collection[str]) -> Mapping[str, int]:
    clauses = releases_get([release_id])[release_id].clauses
    return {key: clauses[key].meaning_revision for key in keys if key in clauses}


def _explain(known: Sequence[GoldAnswer], reasons: Mapping[str, str]) -> None:
    by_key = {row.clause_key: row for row in known}
    stray = sorted(set(reasons) - set(by_key))
    if stray:
        message = "Nothing is known of this clause here, so there is nothing to give a reason for."
        raise LabelDocumentInvalidError(
            [{"path": f"reasons.{key}", "code": "clause_not_known", "message": message} for key in stray]
        )
    for key, reason in reasons.items():
        by_key[key].reason = reason.strip()


def _reach_back(known: Sequence[GoldAnswer], release: ReleaseView, meanings_from: Mapping[str, int]) -> None:
    """Say from which meaning on each answer is known; it must have been an answer under every one of them."""
    asked = answers_by_meaning(release.policy_id, meanings_from)
    stray = [
        (key, "clause_not_known", _NOT_KNOWN)
        for key in sorted(set(meanings_from) - {k.clause_key for k in known})
    ]
    for row in known:
        now = release.clauses[row.clause_key].meaning_revision
        row.meaning_from = meanings_from.get(row.clause_key, now)
        if row.meaning_from > now:
            stray.append((row.clause_key, "meaning_not_yet", _NOT_YET.format(now=now)))
        lacking = [
            meaning
            for meaning, answers in asked.get(row.clause_key, {}).items()
            if row.meaning_from <= meaning < now and row.answer not in answers
        ]
        if lacking:
            stray.append((row.clause_key, "answer_not_in_scale", _OTHER_SCALE.format(least=max(lacking) + 1)))
    if stray:
        raise LabelDocumentInvalidError(
            [{"path": f"meanings_from.{key}", "code": code, "message": text} for key, code, text in stray]
        )


def _from_document(post_id: uuid.UUID, release: ReleaseView, document: dict[str, Any]) -> list[GoldAnswer]:
    keys = [str(row.get("clause_key")) for row in document.get("verdicts", []) if isinstance(row, dict)]
    post = posts_shown([post_id])[post_id]
    try:
        answer_statements(uuid.uuid4(), document, post=post, release=release, clause_keys=keys)
    except LabelDocumentInvalidError as raised:
        wrong = [problem for problem in raised.errors if problem["code"] not in _NOT_ASKED_OF_GOLD]
        if wrong:
            raise LabelDocumentInvalidError(wrong) from None
    parsed = LabelDocument.model_validate(document)
    return [
        GoldAnswer(
            clause_key=verdict.clause_key,
            answer=verdict.answer,
            severity=verdict.severity,
            evidence=[piece.model_dump(mode="json", exclude_none=True) for piece in verdict.evidence],
        )
        for verdict in parsed.verdicts
    ]


def _from_decisions(project_id: uuid.UUID, post_id: uuid.UUID, release: ReleaseView) -> list[GoldAnswer]:
    rows = decisions_current(project_id, release_id=release.id).filter(post_id=post_id).order_by("clause_key")
    return [
        GoldAnswer(
            clause_key=row.clause_key,
            answer=row.answer or "",
            severity=row.severity,
            evidence=_regions(row),
            reason=row.reason,
        )
        for row in rows
    ]


def _regions(decision: Decision) -> list[dict[str, Any]]:
    """What more than half of those who gave the answer marked; of an adjudicated one, all of that."""
    return [
        merged["region"]
        for merged in decision.evidence
        if merged["support"] * 2 > merged["of"] or merged["of"] == 1
    ]
