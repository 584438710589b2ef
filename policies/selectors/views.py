"""Releases as other apps see them: frozen values, detached from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer a verdict clause offers, or one step of an axis by which single responses are rated."""

    value: str
    label: str
    harmful: bool


@dataclass(frozen=True, slots=True)
class SeverityView:
    """One step of a severity scale; a larger value is worse."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause as one published release says it."""

    key: str
    parent_key: str
    position: int
    kind: str
    title: str
    question: str
    blocks: tuple[Mapping[str, Any], ...]
    answers: tuple[AnswerView, ...]
    severities: tuple[SeverityView, ...]
    modalities: tuple[str, ...]
    evidence_kinds: tuple[str, ...]
    requires_evidence: bool
    requires_reason: bool
    requires_severity: bool
    relations: tuple[Mapping[str, str], ...]
    codes: tuple[Mapping[str, str], ...]
    meaning_revision: int
    change: str
    change_reason: str
    language: str = ""
    translations: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_axis(self) -> bool:
        """Whether this is a criterion to compare two responses on, not a question about a post."""
        return self.kind == "axis"

    @property
    def answer_values(self) -> tuple[str, ...]:
        """The values an answer may take, in the order of the scale; of an axis its steps, none for the usual ones."""
        return tuple(answer.value for answer in self.answers)

    @property
    def harmful_values(self) -> frozenset[str]:
        """The answers that say the post is harmful under this clause."""
        return frozenset(answer.value for answer in self.answers if answer.harmful)

    @property
    def severity_values(self) -> tuple[int, ...]:
        """The steps of the severity scale, mildest first."""
        return tuple(sorted(severity.value for severity in self.severities))


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A published (released or retired) release with its clauses in outline order."""

    id: UUID
    project_id: UUID
    policy_id: UUID
    policy_key: str
    number: int
    state: str
    title: str
    notes: str
    effective_at: datetime
    published_at: datetime
    content_sha256: str
    clauses: Mapping[str, ClauseView]

    @property
    def label(self) -> str:
        """The name people and exports cite, such as ``community-safety@3``."""
        return f"{self.policy_key}@{self.number}"

    @property
    def verdict_clauses(self) -> tuple[ClauseView, ...]:
        """The questions about a post, in outline order."""
        return tuple(clause for clause in self.clauses.values() if not clause.is_axis)

    @property
    def axis_clauses(self) -> tuple[ClauseView, ...]:
        """The criteria to compare two responses on, in outline order."""
        return tuple(clause for clause in self.clauses.values() if clause.is_axis)


@dataclass(frozen=True, slots=True)
class MeaningChange:
    """A clause whose meaning differs between two releases; ``None`` where the release has no such clause."""

    clause_key: str
    before: int | None
    after: int | None

    @property
    def is_removed(self) -> bool:
        """Whether the later release no longer asks the clause at all."""
        return self.after is None
