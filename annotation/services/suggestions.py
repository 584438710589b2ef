"""Suggestions of models: stored as facts, offered by lot when a task is handed out, reported with the answer."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from annotation.domain.document import LabelDocument, canonical_digest
from annotation.domain.suggestions import Timing, draw_of, origins_of, outcomes
from annotation.errors import LabelDocumentInvalidError, NothingOfferedError
from annotation.events import SuggestionsStored
from annotation.head_registry import heads_known
from annotation.models import Suggestion, SuggestionOffer, SuggestionReport, SuggestionRules
from annotation.selectors.suggestions import (
    OfferView,
    RulesView,
    SuggestionView,
    offer_of,
    offers_found,
    offers_statement,
    proposed_in,
    ready_statement,
    rules_forget,
    rules_get,
    rules_known,
    shown_document,
    suggestions_found,
    suggestions_named,
    suggestions_of,
)
from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.db.identifiers import uuid7
from core.db.inserting import insertion
from core.db.prepared import Statement, together
from core.errors import NotFoundError
from core.events import publish
from core.queue.selectors import HeldTask, Submission, lease_get
from policies.selectors import ReleaseView, release_fixed

_AT_ONCE = 2_000
SHOWN_MS_MAX = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class SuggestionDraft:
    """What a model proposes for one clause of one post; ``marks`` as `annotation.models.Suggestion` keeps them."""

    post_id: uuid.UUID
    clause_key: str
    answer: str | None
    confidence: float | None
    severity: int | None = None
    marks: tuple[dict[str, Any], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposer:
    """Who proposes: a head of this project by its identifier, or an engineer's own model by its name.

    ``under`` is what the head suggests under: what it says is stored once for each, so that its newest word stands
    last, also where it says again what it said before.
    """

    source: str
    model: str
    version: str = ""
    source_id: uuid.UUID | None = None
    under: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """What the page says of the suggestions of one task: how long they stood there, and which were rejected."""

    shown_ms: int
    rejected: frozenset[str]


@transaction.atomic
def suggestion_rules_change(
    actor: Actor, project_id: uuid.UUID, *, timing: str, share: float, confidence_min: float
) -> RulesView:
    """Say when a project shows suggestions, for tasks handed out from now on.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    """
    project = project_get(actor, project_id, needs=Capability.PROJECT_MANAGE)
    chosen = {"timing": Timing(timing).value, "share": share, "confidence_min": confidence_min}
    rules, _ = SuggestionRules.objects.update_or_create(
        project=project,
        defaults=chosen,
        create_defaults={**chosen, "seed": secrets.randbits(62)},
    )
    audit_record(actor, action="suggestions.change_rules", project=project, target=rules, data=chosen)
    transaction.on_commit(lambda: rules_forget(project_id))
    rules_forget(project_id)
    return rules_get(project_id)


@transaction.atomic
def suggestions_record(
    actor: Actor | None,
    project: Project,
    *,
    release: ReleaseView,
    proposer: Proposer,
    drafts: Iterable[SuggestionDraft],
) -> int:
    """Store what a model proposes; return how many were new. What was stored before is left as it is.

    The caller has checked clauses, answers and marks.
    """
    waiting: list[Suggestion] = []
    stored = 0
    for draft in drafts:
        waiting.append(_suggestion(project, release, proposer, draft))
        if len(waiting) == _AT_ONCE:
            stored += _store(project, waiting)
            waiting = []
    stored += _store(project, waiting)
    audit_record(
        actor,
        action="suggestions.record",
        project=project,
        data={"model": proposer.model, "version": proposer.version, "count": stored},
    )
    return stored


def _suggestion(
    project: Project, release: ReleaseView, proposer: Proposer, draft: SuggestionDraft
) -> Suggestion:
    revision = release.clauses[draft.clause_key].meaning_revision
    facts: dict[str, Any] = {
        "post": str(draft.post_id),
        "clause": [draft.clause_key, revision],
        "model": [proposer.source, proposer.model, proposer.version],
        "said": [draft.answer, draft.severity, draft.confidence],
        "marks": list(draft.marks),
    }
    if draft.reason:
        facts["reason"] = draft.reason
    if proposer.under is not None:
        facts["under"] = str(proposer.under)
    return Suggestion(
        project=project,
        post_id=draft.post_id,
        release_id=release.id,
        clause_key=draft.clause_key,
        meaning_revision=revision,
        source=proposer.source,
        source_id=proposer.source_id,
        model=proposer.model,
        version=proposer.version,
        answer=draft.answer,
        severity=draft.severity,
        confidence=draft.confidence,
        reason=draft.reason,
        marks=list(draft.marks),
        digest=canonical_digest(facts),
    )


def _store(project: Project, waiting: Sequence[Suggestion]) -> int:
    if not waiting:
        return 0
    digests = [one.digest for one in waiting]
    known = Suggestion.objects.filter(project=project, digest__in=digests).count()
    Suggestion.objects.bulk_create(waiting, ignore_conflicts=True)
    publish(SuggestionsStored(project.pk, tuple({one.post_id for one in waiting})))
    return len(set(digests)) - known


def offers_make(actor: Actor, project: Project, held: Sequence[HeldTask]) -> dict[uuid.UUID, dict[str, Any]]:
    """Draw for each task handed out whether suggestions are shown, and return what its page gets, by lease.

    In the caller's transaction, in which it is this person's turn. A task that was drawn for before keeps its lot.
    Nothing is asked of the database where the project shows none.
    """
    rules = rules_known(project.pk)
    tasks = [one for one in held if one.post_id is not None]
    if rules.timing == Timing.OFF or not tasks:
        return {}
    earlier, ready = together(
        [
            offers_statement([one.lease_id for one in tasks]),
            ready_statement(
                [one.post_id for one in tasks if one.post_id is not None], heads_known(project.pk)
            ),
        ]
    )
    offers = offers_found(earlier)
    known = {one.id: one for one in suggestions_found(ready)}
    fresh = [row for one in tasks if one.lease_id not in offers and (row := _offer(rules, one, known))]
    if fresh:
        together([insertion(fresh)])
        offers |= {row.lease_id: _view(row) for row in fresh}
    shown = [offer for offer in offers.values() if offer.is_open(is_answered=False)]
    missing = {uuid.UUID(item.partition("#")[0]) for offer in shown for item in offer.items} - set(known)
    known |= suggestions_named(missing)
    found = {
        one.lease_id: shown_document(offers.get(one.lease_id), known, is_answered=False, timing=rules.timing)
        for one in tasks
    }
    return {lease_id: document for lease_id, document in found.items() if document is not None}


def _offer(
    rules: RulesView, held: HeldTask, known: dict[uuid.UUID, SuggestionView]
) -> SuggestionOffer | None:
    """The lot of one lease; None where nothing is sure enough to be suggested."""
    clauses = release_fixed(held.release_id).clauses
    items = [
        proposed.item
        for suggestion in known.values()
        if suggestion.post_id == held.post_id
        and suggestion.clause_key in held.clause_keys
        and clauses[suggestion.clause_key].meaning_revision == suggestion.meaning_revision
        for proposed in suggestion.items(confidence_min=rules.confidence_min)
    ]
    if not items:
        return None
    draw = draw_of(rules.seed, str(held.lease_id))
    return SuggestionOffer(
        id=uuid7(),
        lease_id=held.lease_id,
        project_id=held.project_id,
        timing=str(rules.timing),
        is_shown=draw < rules.share,
        share=rules.share,
        draw=draw,
        confidence_min=rules.confidence_min,
        items=items,
    )


def _view(row: SuggestionOffer) -> OfferView:
    return OfferView(row.pk, row.lease_id, Timing(row.timing), row.is_shown, tuple(row.items))


def report_statements(
    submission_id: uuid.UUID,
    document: LabelDocument,
    reported: Reported | None,
    *,
    lease_id: uuid.UUID,
    is_answered: bool,
) -> list[Statement]:
    """Return the statement that stores what became of the suggestions, checked against what was offered.

    Where neither the document nor the page says anything of suggestions, nothing is asked and nothing stored.

    Parameters
    ----------
    is_answered
        Whether the person had answered this task before: then they may have seen what comes after the answer.

    Raises
    ------
    LabelDocumentInvalidError
        When the document or the report names something this person was not shown.
    """
    origins = origins_of(document)
    if reported is None and not origins:
        return []
    offer = offer_of(lease_id)
    is_open = offer is not None and offer.is_open(is_answered=is_answered)
    offered = set(offer.items) if offer is not None and is_open else set()
    problems = [
        {"path": path, "code": "suggestion_not_offered", "message": _NOT_OFFERED}
        for item, (path, _) in sorted(origins.items())
        if item not in offered
    ]
    if reported is not None:
        problems += [
            {"path": "suggestions.rejected", "code": "suggestion_not_offered", "message": _NOT_OFFERED}
            for item in sorted(reported.rejected - offered)
        ]
    if problems:
        raise LabelDocumentInvalidError(problems[:50])
    if offer is None or not is_open:
        return []
    row = _report(submission_id, document, reported or Reported(0, frozenset()), offer)
    return [insertion([row])]


_NOT_OFFERED = "This names a suggestion that was not shown for this task."


def _report(
    submission_id: uuid.UUID, document: LabelDocument, reported: Reported, offer: OfferView
) -> SuggestionReport:
    told = outcomes(proposed_in(offer, suggestions_of(offer)), document, reported.rejected)
    return SuggestionReport(
        id=uuid7(),
        offer_id=offer.id,
        submission_id=submission_id,
        shown_ms=max(0, min(reported.shown_ms, SHOWN_MS_MAX)),
        items=told,
    )


@transaction.atomic
def second_look(actor: Actor, lease_id: uuid.UUID) -> bool:
    """Note that a person who has answered is shown what a model thought; return whether there is anything to show.

    Raises
    ------
    NotFoundError
    """
    lease = lease_get(actor, lease_id)
    offer = offer_of(lease.pk)
    if offer is None or offer.timing != Timing.AFTER_ANSWER or not offer.is_shown:
        return False
    if _own_newest(actor, lease.task_id) is None:
        return False
    audit_record(
        actor,
        action="suggestions.show",
        project=lease.task.project,
        target=lease,
        data={"items": len(offer.items)},
    )
    return True


@transaction.atomic
def suggestions_report(actor: Actor, lease_id: uuid.UUID, reported: Reported) -> SuggestionReport:
    """Store what a person did with suggestions that came after their answer, when they left the answer as it is.

    Sent again, the first report is found.

    Raises
    ------
    NotFoundError, NothingOfferedError, LabelDocumentInvalidError
    """
    lease = lease_get(actor, lease_id)
    offer, submission = offer_of(lease.pk), _own_newest(actor, lease.task_id)
    if offer is None or submission is None or not offer.is_open(is_answered=True):
        raise NothingOfferedError()
    earlier = SuggestionReport.objects.filter(submission=submission).first()
    if earlier is not None:
        return earlier
    document = LabelDocument.model_validate(submission.document)
    together(report_statements(submission.pk, document, reported, lease_id=lease.pk, is_answered=True))
    audit_record(actor, action="suggestions.report", project=lease.task.project, target=lease)
    stored = SuggestionReport.objects.filter(submission=submission).first()
    if stored is None:
        raise NotFoundError()
    return stored


def _own_newest(actor: Actor, task_id: uuid.UUID) -> Submission | None:
    own = Submission.objects.filter(task_id=task_id, person_id=actor.user.pk, superseded_by__isnull=True)
    return own.order_by("-id").first()
