"""Taking in what people say about slates: checked in shown order, stored by place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings

from core.accounts.selectors import Actor
from core.queue.selectors import AGAIN_SOURCE, Lease, Submission, Task
from core.queue.services import submission_beside
from policies.selectors import ReleaseView, release_get
from preferences.domain.asking import asked_by
from preferences.domain.document import POSITIONS, document_parse
from preferences.domain.orientation import order_drawn
from preferences.domain.slates import SlateDocument, document_reordered, slate_problems
from preferences.errors import ComparisonNotFoundError
from preferences.models import Slate, SlateAnswer, SlateOpinion, SlateOrder, SlatePlacement
from preferences.selectors.bundles import terms_of
from preferences.selectors.slates import form_of, slate_of
from preferences.services.refusing import document_read, problems_refuse
from preferences.services.settling import judgment_left


def slate_order_keep(lease: Lease, slate: Slate) -> list[int]:
    """Return the places of a slate's responses as the lease's person is shown them, drawn and stored the first time.

    The draw is keyed with the server's secret, as that of sides is; what is asked again is shown the other way round.
    """
    order, _ = SlateOrder.objects.get_or_create(
        task_id=lease.task_id, person_id=lease.person_id, defaults={"places": _drawn(lease, slate)}
    )
    return list(order.places)


def _drawn(lease: Lease, slate: Slate) -> list[int]:
    task = lease.task
    if task.source == AGAIN_SOURCE and task.source_id is not None:
        had = SlateOrder.objects.filter(task_id=task.source_id, person_id=lease.person_id)
        first = had.values_list("places", flat=True).first()
        if first is not None:
            return list(reversed(first))
    return order_drawn(seed=settings.SECRET_KEY, task_id=task.pk, person_id=lease.person_id, size=slate.size)


def slate_answer_read(
    raw: dict[str, Any], lease: Lease, slate: Slate, release: ReleaseView
) -> Callable[[Submission], None]:
    """Check what was sent about a slate; return what stores it with its submission.

    Raises
    ------
    JudgmentInvalidError
    """
    shown = slate_order_keep(lease, slate)
    document = _checked(raw, lease.task, slate, release)
    return lambda submission: _store(submission, document, slate, release, shown)


def slate_answer_beside(
    actor: Actor, reviewed: Submission, *, submission_id: UUID, document: dict[str, Any], active_ms: int
) -> Submission:
    """Store a reviewer's own answer beside the one they reviewed, in the caller's transaction.

    In their document the responses stand in stored order. Should they have had the slate on their own page, the answer
    is stored as it would read there.

    Raises
    ------
    JudgmentInvalidError
        And what `core.queue.services.submission_beside` raises.
    """
    task = reviewed.task
    slate, release = slate_of(task), release_get(task.release_id)
    if slate is None:
        raise ComparisonNotFoundError()
    said = _checked(document, task, slate, release)
    order, _ = SlateOrder.objects.get_or_create(
        task_id=task.pk, person_id=actor.user.pk, defaults={"places": list(range(slate.size))}
    )
    shown = list(order.places)
    said = document_reordered(said, shown=shown)
    submission, is_new = submission_beside(
        actor,
        reviewed.pk,
        submission_id=submission_id,
        document=said.model_dump(mode="json"),
        active_ms=active_ms,
    )
    if is_new:
        _store(submission, said, slate, release, shown)
        judgment_left(submission.pk)
    return submission


def _checked(raw: dict[str, Any], task: Task, slate: Slate, release: ReleaseView) -> SlateDocument:
    document = document_read(lambda: document_parse(raw, SlateDocument))
    terms = terms_of(task, release, shown=slate.size)
    problems_refuse(slate_problems(document, terms, form=form_of(task)))
    return document


def _store(
    submission: Submission,
    document: SlateDocument,
    slate: Slate,
    release: ReleaseView,
    shown: list[int],
) -> None:
    meanings = {clause.key: clause.meaning_revision for clause in release.clauses.values()}
    place_of = dict(zip(POSITIONS, shown, strict=False))
    answer = SlateAnswer.objects.create(
        submission=submission,
        project_id=slate.project_id,
        slate=slate,
        release_id=release.id,
        person_id=submission.person_id,
        form=str(form_of(submission.task)),
        shown=shown,
        asked=str(asked_by(submission.task.source)),
        flags=document.flags,
        reason_codes=document.reason_codes,
        reason=document.reason,
        confidence=document.confidence,
    )
    SlatePlacement.objects.bulk_create(
        SlatePlacement(
            answer=answer,
            clause_key=axis.clause_key,
            meaning_revision=meanings[axis.clause_key],
            place=place_of[placed.position],
            value=placed.value,
        )
        for axis in document.axes
        for placed in axis.places
    )
    SlateOpinion.objects.bulk_create(
        SlateOpinion(
            answer=answer,
            place=place_of[opinion.position],
            acceptable=opinion.acceptable,
            severity=opinion.severity,
            cited=[
                {"clause_key": key, "meaning_revision": meanings[key]}
                for key in dict.fromkeys(opinion.clause_keys)
            ],
        )
        for opinion in document.responses
    )
