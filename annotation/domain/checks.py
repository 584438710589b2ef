"""Checks of a label document against the clauses that were asked and the post they were asked about.

Nothing is raised here: all problems of a document come back together, each with the path it stands at, a
stable code and a sentence that says what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from annotation.domain.document import LabelDocument, Verdict
from annotation.domain.positions import position_problems
from annotation.domain.questions import PartShape, Question


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a document. ``path`` is dotted: ``verdicts.0.evidence.2.end``."""

    path: str
    code: str
    message: str


def document_problems(
    document: LabelDocument,
    *,
    questions: Sequence[Question],
    parts: Sequence[PartShape],
    citable: Mapping[UUID, str] = MappingProxyType({}),
) -> list[Problem]:
    """All problems of a document, in document order; an empty list means that it may be recorded.

    Every question must be answered exactly once, and nothing that was not asked may be answered.

    Parameters
    ----------
    citable
        The precedents that were shown to whoever answers, each with the clause it was shown for.
    """
    by_key = {question.clause_key: question for question in questions}
    by_part = {part.id: part for part in parts}
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, verdict in enumerate(document.verdicts):
        path = f"verdicts.{index}"
        question = by_key.get(verdict.clause_key)
        if question is None:
            message = f"The clause “{verdict.clause_key}” is not asked in this task."
            problems.append(Problem(f"{path}.clause_key", "clause_not_asked", message))
            continue
        if verdict.clause_key in seen:
            message = f"“{question.title}” is answered twice."
            problems.append(Problem(f"{path}.clause_key", "clause_answered_twice", message))
        seen.add(verdict.clause_key)
        problems += _verdict_problems(path, verdict, question, by_part)
        problems += _citation_problems(path, verdict, question, citable)
    for question in questions:
        if question.clause_key not in seen:
            message = f"“{question.title}” is not answered yet."
            problems.append(Problem("verdicts", "clause_not_answered", message))
    return problems


def _verdict_problems(
    path: str, verdict: Verdict, question: Question, parts: Mapping[str, PartShape]
) -> list[Problem]:
    problems = _scale_problems(path, verdict, question)
    problems += _requirement_problems(path, verdict, question)
    for index, evidence in enumerate(verdict.evidence):
        at = f"{path}.evidence.{index}"
        if evidence.kind not in question.evidence_kinds:
            taken = ", ".join(sorted(question.evidence_kinds)) or "none"
            message = f"“{question.title}” takes no evidence of kind {evidence.kind} (it takes: {taken})."
            problems.append(Problem(f"{at}.kind", "evidence_kind_not_taken", message))
            continue
        problems += [
            Problem(f"{at}{where}", code, text) for where, code, text in position_problems(evidence, parts)
        ]
    return problems


def _citation_problems(
    path: str, verdict: Verdict, question: Question, citable: Mapping[UUID, str]
) -> list[Problem]:
    problems = []
    for index, precedent_id in enumerate(verdict.precedents):
        at = f"{path}.precedents.{index}"
        if citable.get(precedent_id) != verdict.clause_key:
            message = f"“{question.title}” cites a precedent that was not shown beside it. Take it out."
            problems.append(Problem(at, "precedent_not_shown", message))
        elif precedent_id in verdict.precedents[:index]:
            message = f"“{question.title}” cites the same precedent twice. Take one out."
            problems.append(Problem(at, "precedent_cited_twice", message))
    return problems


def _scale_problems(path: str, verdict: Verdict, question: Question) -> list[Problem]:
    problems: list[Problem] = []
    if verdict.answer not in question.answers:
        choices = ", ".join(question.answers)
        message = f"“{verdict.answer}” is not an answer to “{question.title}” (choose one of: {choices})."
        problems.append(Problem(f"{path}.answer", "answer_not_in_scale", message))
    if verdict.severity is not None and verdict.severity not in question.severities:
        choices = ", ".join(map(str, question.severities)) or "it has none"
        message = f"“{verdict.severity}” is not a severity of “{question.title}” ({choices})."
        problems.append(Problem(f"{path}.severity", "severity_not_in_scale", message))
    return problems


def _requirement_problems(path: str, verdict: Verdict, question: Question) -> list[Problem]:
    """What is missing. Requirements hold for harmful answers only: a clean post needs no proof."""
    if verdict.answer not in question.harmful:
        return []
    problems: list[Problem] = []
    if question.requires.severity and question.severities and verdict.severity is None:
        message = f"Choose a severity for “{question.title}”."
        problems.append(Problem(f"{path}.severity", "severity_required", message))
    if question.requires.evidence and question.evidence_kinds and not verdict.evidence:
        message = f"Mark what in the post makes you answer “{question.title}” this way."
        problems.append(Problem(f"{path}.evidence", "evidence_required", message))
    if question.requires.reason and not verdict.reason.strip():
        message = f"Give a reason for your answer to “{question.title}”."
        problems.append(Problem(f"{path}.reason", "reason_required", message))
    return problems
