"""What each tool gives. Texts that people or programs wrote stand in an envelope that says so; see `agents.domain`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from agents.domain.untrusted import UntrustedText, untrusted
from policies.selectors import ReleaseView


class ToolOutput(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReleaseOutput(ToolOutput):
    """The release a result was made under."""

    label: str
    release_id: UUID
    policy_id: UUID
    policy_key: str
    number: int
    state: str
    effective_at: datetime
    content_sha256: str

    @classmethod
    def of(cls, release: ReleaseView) -> ReleaseOutput:
        """Return what agents are told of a release."""
        return cls(
            label=release.label,
            release_id=release.id,
            policy_id=release.policy_id,
            policy_key=release.policy_key,
            number=release.number,
            state=release.state,
            effective_at=release.effective_at,
            content_sha256=release.content_sha256,
        )


class FoundClauseOutput(ToolOutput):
    clause_id: str
    title: UntrustedText
    snippet: UntrustedText
    score: float
    via: list[str]
    meaning_revision: int
    version: ReleaseOutput


class SearchPoliciesOutput(ToolOutput):
    results: list[FoundClauseOutput]


class AnswerOutput(ToolOutput):
    value: str
    label: UntrustedText
    harmful: bool


class GetPolicyClauseOutput(ToolOutput):
    clause_id: str
    version: ReleaseOutput
    meaning_revision: int
    rendering: str
    text: UntrustedText
    tokens: int
    tokenizer: str
    includes: list[UntrustedText]
    excludes: list[UntrustedText]
    examples: list[UntrustedText]
    precedence: list[UntrustedText]
    answers: list[AnswerOutput]
    severities: list[int]
    notes: list[str]


class ClauseChangeOutput(ToolOutput):
    """``is_meaning``: answers of the earlier release do not hold under the later one.

    ``labels_affected`` counts these answers; None where the token may not see results.
    """

    clause_id: str
    change: Literal["added", "removed", "changed", "moved"]
    is_meaning: bool
    meaning_before: int | None
    meaning_after: int | None
    before: UntrustedText | None
    after: UntrustedText | None
    labels_affected: int | None
    affected: dict[str, int] | None


class DiffPolicyOutput(ToolOutput):
    version_from: ReleaseOutput
    version_to: ReleaseOutput
    results: list[ClauseChangeOutput]
    is_cut: bool


class PrecedentOutput(ToolOutput):
    """A ruling that still holds. ``agreement``: the share of people's answers that were the same; None without any."""

    precedent_id: UUID
    post_id: UUID
    label: str
    severity: int | None
    clause_ids: list[str]
    rationale: UntrustedText
    agreement: float | None
    likeness: float | None
    decided_at: datetime
    overturned: bool
    ruled_under: str
    meaning_revision: int


class FindPrecedentsOutput(ToolOutput):
    version: ReleaseOutput
    results: list[PrecedentOutput]


class PartOutput(ToolOutput):
    """One block of a post: a text in its envelope, or a medium as facts, with its address where that may be given."""

    part_id: UUID
    position: int
    kind: str
    language: str
    text: UntrustedText | None = None
    description: str | None = None
    sha256: str | None = None
    address: str | None = None


class GetPostOutput(ToolOutput):
    """``versions``: the releases in effect that a judgment of the post would be under."""

    post_id: UUID
    language: str
    severity: int
    severity_known_from: str
    categories: list[str]
    parts: list[PartOutput]
    versions: list[ReleaseOutput]


class ProposeJudgmentOutput(ToolOutput):
    proposal_id: UUID
    status: Literal["proposed"]
    is_new: bool
    versions: list[ReleaseOutput]


class EscalateOutput(ToolOutput):
    queue: str
    position: int
    version: ReleaseOutput


def envelopes(texts: tuple[str, ...]) -> list[UntrustedText]:
    """Return each text in its envelope."""
    return [untrusted(text) for text in texts]
