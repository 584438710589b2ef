"""Taking in what a person answered about a post: checked and stored in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from annotation.domain.checks import document_problems
from annotation.domain.document import Evidence as EvidencePiece
from annotation.domain.document import LabelDocument, TextSpan
from annotation.domain.document import Verdict as VerdictDocument
from annotation.domain.questions import PartShape
from annotation.domain.suggestions import is_assisted
from annotation.errors import LabelDocumentInvalidError, NotALabelTaskError
from annotation.models import Citation, Evidence, Verdict
from annotation.selectors.citations import precedents_shown_to
from annotation.selectors.posts import part_shapes
from annotation.selectors.questions import clauses_asked, question_of
from annotation.services.settling import answer_left, lesson_settle
from annotation.services.suggestions import Reported, report_statements
from core.accounts.selectors import Actor, Capability, Project, door_opened
from core.content.selectors import ShownPost, shown_of, shown_statement
from core.db.identifiers import uuid7
from core.db.inserting import Stored, insertions_of
from core.db.prepared import Statement, together
from core.queue.selectors import GOLD_SOURCE, ONBOARDING, POST_OF_LEASE, lease_get
from core.queue.services import (
    Receipt,
    door_and_turn_statement,
    standing_of,
    standing_statements,
    submission_store,
)
from policies.selectors import ClauseView, ReleaseView, release_fixed

Onwards = Callable[[Project], list[Statement]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person sends in for one lease; ``submission_id`` is made where it was written."""

    lease_id: uuid.UUID
    submission_id: uuid.UUID
    document: dict[str, Any]
    active_ms: int
    supersedes_id: uuid.UUID | None = None
    suggestions: Reported | None = None


@transaction.atomic
def annotation_submit(actor: Actor, answer: Answer) -> Receipt:
    """Record one person's answers to a label task.

    The document is checked against the release the task was made under, whatever became of it since. Sent
    again under the same identifier it finds the first row; a late one is kept and marked.

    Raises
    ------
    NotFoundError, NotALabelTaskError, LabelDocumentInvalidError
        And what `core.queue.services.submission_store` raises.
    """
    project = lease_get(actor, answer.lease_id).task.project
    _, receipt, _ = answer_take_in(actor, project.pk, answer)
    return receipt


def answer_take_in(
    actor: Actor, project_id: uuid.UUID, answer: Answer, *, onwards: Onwards | None = None
) -> tuple[Project, Receipt, list[list[Any]] | None]:
    """Do what `annotation_submit` does, in the caller's transaction.

    Parameters
    ----------
    onwards
        What the caller wants to ask of the database after that, in the same exchange with it.

    Returns
    -------
    project, receipt, rows of ``onwards``
        The rows are ``None`` when the answer had been stored before: then they were not asked for.
    """
    door, *standing_rows, shown = together(
        [
            door_and_turn_statement(actor, project_id),
            *standing_statements(
                actor,
                project_id=project_id,
                lease_id=answer.lease_id,
                submission_id=answer.submission_id,
            ),
            shown_statement(
                POST_OF_LEASE, {"lease": answer.lease_id, "person": actor.user.pk}, also_hidden=True
            ),
        ]
    )
    project = door_opened(door, actor, needs=Capability.TASKS_WORK)
    standing = standing_of(project, standing_rows)
    task = standing.held
    if task.kind != "label" or task.post_id is None:
        raise NotALabelTaskError()
    release = release_fixed(task.release_id)
    parsed = _parsed(answer.document)
    stored = _checked(
        answer.submission_id,
        parsed,
        post=shown_of(shown)[task.post_id],
        release=release,
        clause_keys=task.clause_keys,
        citable=citable_for(parsed, person_id=actor.user.pk, task_id=task.task_id),
    )
    is_lesson = task.source == GOLD_SOURCE and ONBOARDING in task.context
    if not is_lesson:
        stored.append(answer_left(answer.submission_id))
    own = _stored(stored) + report_statements(
        answer.submission_id,
        parsed,
        answer.suggestions,
        lease_id=answer.lease_id,
        is_answered=answer.supersedes_id is not None,
    )
    receipt, found = submission_store(
        actor,
        standing,
        submission_id=answer.submission_id,
        document=answer.document,
        active_ms=answer.active_ms,
        supersedes_id=answer.supersedes_id,
        along=[*own, *(onwards(project) if onwards else [])],
    )
    if is_lesson and receipt.has_closed_the_task:
        lesson_settle(task, release, receipt.id, person_id=actor.user.pk, document=parsed)
    return project, receipt, found[len(own) :] if receipt.is_new else None


def answer_statements(
    submission_id: uuid.UUID,
    document: dict[str, Any],
    *,
    post: ShownPost,
    release: ReleaseView,
    clause_keys: Collection[str],
    shown_to: tuple[uuid.UUID, uuid.UUID] | None = None,
) -> list[Statement]:
    """Check a label document against what was asked; return the statements that store its verdicts and evidence.

    Parameters
    ----------
    shown_to
        Person and task beside which precedents may have been shown; none may be cited without.

    Raises
    ------
    LabelDocumentInvalidError
    """
    parsed = _parsed(document)
    citable = {} if shown_to is None else citable_for(parsed, person_id=shown_to[0], task_id=shown_to[1])
    return _stored(
        _checked(submission_id, parsed, post=post, release=release, clause_keys=clause_keys, citable=citable)
    )


def citable_for(document: LabelDocument, *, person_id: uuid.UUID, task_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return, of the precedents a document cites, those the person was shown beside the task, by their clause."""
    cited = {precedent_id for verdict in document.verdicts for precedent_id in verdict.precedents}
    return precedents_shown_to(person_id, task_id, cited) if cited else {}


def _checked(
    submission_id: uuid.UUID,
    document: LabelDocument,
    *,
    post: ShownPost,
    release: ReleaseView,
    clause_keys: Collection[str],
    citable: Mapping[uuid.UUID, str],
) -> list[Stored]:
    shapes = part_shapes(post, with_frames=names_frames(evidence_in(document)))
    _check(document, clauses_asked(release, clause_keys), shapes, citable)
    return _rows(submission_id, post.id, release, document, shapes)


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


def names_frames(pieces: Iterable[EvidencePiece]) -> bool:
    """Whether checking the pieces takes a frame table; most do not, and a table is read from storage."""
    timed = ("frame", "track", "time_range")
    return any(piece.kind in timed or getattr(piece, "frame", None) is not None for piece in pieces)


def evidence_in(document: LabelDocument) -> Iterator[EvidencePiece]:
    """Yield every piece of evidence of a document."""
    for verdict in document.verdicts:
        yield from verdict.evidence


def _check(
    document: LabelDocument,
    clauses: Sequence[ClauseView],
    shapes: Sequence[PartShape],
    citable: Mapping[uuid.UUID, str],
) -> None:
    questions = [question_of(clause) for clause in clauses]
    problems = document_problems(document, questions=questions, parts=shapes, citable=citable)
    if problems:
        raise LabelDocumentInvalidError(
            [
                {"path": problem.path, "code": problem.code, "message": problem.message}
                for problem in problems[:50]
            ]
        )


def _rows(
    submission_id: uuid.UUID,
    post_id: uuid.UUID,
    release: ReleaseView,
    document: LabelDocument,
    shapes: Sequence[PartShape],
) -> list[Stored]:
    """Return the rows of the verdicts, their evidence and what they cite, by table."""
    texts = {shape.id: shape.text for shape in shapes}
    verdicts, evidence, citations = [], [], []
    for verdict in document.verdicts:
        row = _verdict_row(submission_id, post_id, release, verdict)
        verdicts.append(row)
        evidence += [
            {
                "id": uuid7(),
                "verdict_id": row["id"],
                "ordinal": ordinal,
                "part_id": getattr(piece, "part_id", None),
                "kind": piece.kind,
                "data": evidence_data(piece, texts),
            }
            for ordinal, piece in enumerate(verdict.evidence)
        ]
        citations += [
            {"id": uuid7(), "verdict_id": row["id"], "precedent_id": precedent_id}
            for precedent_id in verdict.precedents
        ]
    stored: list[Stored] = [(Verdict, verdicts), (Evidence, evidence), (Citation, citations)]
    return [(model, rows) for model, rows in stored if rows]


def _stored(rows: Sequence[Stored]) -> list[Statement]:
    return [insertions_of(rows)] if rows else []


def _verdict_row(
    submission_id: uuid.UUID, post_id: uuid.UUID, release: ReleaseView, verdict: VerdictDocument
) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "submission_id": submission_id,
        "project_id": release.project_id,
        "post_id": post_id,
        "release_id": release.id,
        "clause_key": verdict.clause_key,
        "meaning_revision": release.clauses[verdict.clause_key].meaning_revision,
        "answer": verdict.answer,
        "severity": verdict.severity,
        "confidence": verdict.confidence,
        "reason": verdict.reason.strip(),
        "is_assisted": is_assisted(verdict),
    }


def evidence_data(piece: Any, texts: dict[str, str | None]) -> dict[str, Any]:
    """Return a piece of evidence as it is stored: unset fields left out, a marked text with its words."""
    data: dict[str, Any] = piece.model_dump(mode="json", exclude_none=True)
    if isinstance(piece, TextSpan):
        text = texts.get(str(piece.part_id)) or ""
        data["quote"] = text[piece.start : piece.end]
    return data
