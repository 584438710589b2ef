"""What each tool takes. The schemas that agents read are made from these."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

K_MOST = 20
CLAUSES_MOST = 20

Query = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Rationale = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=110)]
Count = Annotated[int, Field(ge=1, le=K_MOST)]
ClauseId = Annotated[Name, Field(description="As search_policies gives it, or a clause key alone.")]
Version = Annotated[
    str,
    StringConstraints(min_length=1, max_length=110),
    Field(description="safety@3, 3 or a release_id; left out, the release in effect."),
]


class ToolInput(BaseModel):
    """Closed: an argument that the tool does not know is an error, never dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SearchPoliciesInput(ToolInput):
    query: Annotated[Query, Field(description="A question, some words, or the text of a post.")]
    modality: Annotated[
        Literal["text", "image", "video", "audio"] | None, Field(description="Only clauses about such media.")
    ] = None
    version: Version | None = None
    k: Count = 5


class GetPolicyClauseInput(ToolInput):
    clause_id: ClauseId
    version: Version | None = None
    rendering: Annotated[
        Literal["guideline", "safeguard", "cope", "shieldgemma", "llamaguard"],
        Field(description="For whom the text is written."),
    ] = "guideline"


class DiffPolicyInput(ToolInput):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    policy_id: UUID
    from_: Annotated[Version, Field(alias="from")]
    to: Version


class FindPrecedentsInput(ToolInput):
    policy_id: UUID
    text: Query | None = None
    post_id: UUID | None = None
    media_sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] | None = None
    k: Count = 5

    @model_validator(mode="after")
    def _one_of_three(self) -> FindPrecedentsInput:
        if sum(given is not None for given in (self.text, self.post_id, self.media_sha256)) != 1:
            raise ValueError("Name exactly one of text, post_id and media_sha256.")
        return self


class GetPostInput(ToolInput):
    post_id: UUID


class ProposeJudgmentInput(ToolInput):
    post_id: UUID
    label: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="One of the clause's answers."
    )
    severity: Annotated[int, Field(ge=0, le=100)] | None = Field(
        default=None, description="A step of the clause's scale."
    )
    clause_ids: Annotated[list[ClauseId], Field(min_length=1, max_length=CLAUSES_MOST)]
    rationale: Rationale
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    idempotency_key: Annotated[str, StringConstraints(pattern=r"^[!-~]{8,120}$")] = Field(
        description="Made by the caller, such as a UUID; the same call again finds the first."
    )


class EscalateInput(ToolInput):
    post_id: UUID
    reason: Reason
    to_queue: Annotated[
        Literal["policy_experts"], Field(description="Who is asked: those who keep the policy.")
    ] = "policy_experts"
    clause_id: ClauseId | None = None
