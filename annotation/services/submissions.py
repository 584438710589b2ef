"""Taking in what a person answered about a post: checked, stored and decided on in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from annotation.domain.checks import document_problems
from annotation.domain.document import LabelDocument, TextSpan
from annotation.domain.document import Verdict as VerdictDocument
from annotation.domain.questions import PartShape
from annotation.errors import LabelDocumentInvalidError, NotALabelTaskError
from annotation.models import Evidence, Verdict
from annotation.selectors.posts import part_shapes
from annotation.selectors.questions import clauses_asked, question_of
from annotation.services.decisions import posts_decide
from core.accounts.selectors import Actor
from core.queue.selectors import Submission, lease_get
from core.queue.services import submission_record
from policies.selectors import ClauseView, ReleaseView, release_get


@transaction.atomic
def annotation_submit(
    actor: Actor,
    lease_id: uuid.UUID,
    *,
    submission_id: uuid.UUID,
    document: dict[str, Any],
    active_ms: int,
    supersedes_id: uuid.UUID | None = None,
) -> tuple[Submission, bool]:
    """Record one person's answers to a label task.

    The document is checked against the release the task was made under, whatever became of it since. Sent
    again under the same identifier it finds the first row; a late one is kept and marked.

    Returns
    -------
    submission, created

    Raises
    ------
    NotFoundError, NotALabelTaskError, LabelDocumentInvalidError
        And what `core.queue.services.submission_record` raises.
    """
    lease = lease_get(actor, lease_id)
    task = lease.task
    if task.kind != "label" or task.post_id is None:
        raise NotALabelTaskError()
    release = release_get(task.release_id)
    clauses = clauses_asked(release, task.clause_keys)
    parsed = _parsed(document)
    shapes = part_shapes(task.post_id, with_frames=_names_frames(parsed))
    _check(parsed, clauses, shapes)
    submission, created = submission_record(
        actor,
        submission_id=submission_id,
        lease_id=lease_id,
        document=document,
        active_ms=active_ms,
        supersedes_id=supersedes_id,
    )
    if created:
        _store(submission, task.post_id, release, parsed, shapes)
        if submission.slot_id is not None and submission.task.state == "closed":
            posts_decide(
                project_id=task.project_id,
                post_ids=[task.post_id],
                release=release,
                clause_keys=task.clause_keys,
            )
    return submission, created


def _parsed(document: dict[str, Any]) -> LabelDocument:
    try:
        return LabelDocument.model_validate(document)
    except ValidationError as raised:
        errors = [
            {
                "path": ".".join(str(step) for step in problem["loc"]),
                "code": problem["type"],
                "message": f"{problem['msg']}.",
            }
            for problem in raised.errors(include_url=False, include_context=False, include_input=False)[:50]
        ]
        raise LabelDocumentInvalidError(errors) from None


def _names_frames(document: LabelDocument) -> bool:
    """Whether checking the document takes a frame table; most do not, and a table is read from storage."""
    timed = ("frame", "track", "time_range")
    return any(
        piece.kind in timed or getattr(piece, "frame", None) is not None
        for verdict in document.verdicts
        for piece in verdict.evidence
    )


def _check(document: LabelDocument, clauses: Sequence[ClauseView], shapes: Sequence[PartShape]) -> None:
    questions = [question_of(clause) for clause in clauses]
    problems = document_problems(document, questions=questions, parts=shapes)
    if problems:
        raise LabelDocumentInvalidError(
            [
                {"path": problem.path, "code": problem.code, "message": problem.message}
                for problem in problems[:50]
            ]
        )


def _store(
    submission: Submission,
    post_id: uuid.UUID,
    release: ReleaseView,
    document: LabelDocument,
    shapes: Sequence[PartShape],
) -> None:
    texts = {shape.id: shape.text for shape in shapes}
    rows = [_verdict_row(submission, post_id, release, verdict) for verdict in document.verdicts]
    Verdict.objects.bulk_create(rows)
    Evidence.objects.bulk_create(
        Evidence(
            verdict=row,
            ordinal=ordinal,
            part_id=getattr(piece, "part_id", None),
            kind=piece.kind,
            data=evidence_data(piece, texts),
        )
        for row, verdict in zip(rows, document.verdicts, strict=True)
        for ordinal, piece in enumerate(verdict.evidence)
    )


def _verdict_row(
    submission: Submission, post_id: uuid.UUID, release: ReleaseView, verdict: VerdictDocument
) -> Verdict:
    return Verdict(
        submission=submission,
        project_id=release.project_id,
        post_id=post_id,
        release_id=release.id,
        clause_key=verdict.clause_key,
        meaning_revision=release.clauses[verdict.clause_key].meaning_revision,
        answer=verdict.answer,
        severity=verdict.severity,
        confidence=verdict.confidence,
        reason=verdict.reason.strip(),
    )


def evidence_data(piece: Any, texts: dict[str, str | None]) -> dict[str, Any]:
    """Return a piece of evidence as it is stored: unset fields left out, a marked text with its words."""
    data: dict[str, Any] = piece.model_dump(mode="json", exclude_none=True)
    if isinstance(piece, TextSpan):
        text = texts.get(str(piece.part_id)) or ""
        data["quote"] = text[piece.start : piece.end]
    return data
