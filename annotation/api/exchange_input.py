"""What an exchange sends, read by pydantic: it comes with every answer, and DRF's serializers take a tenth of it.

`annotation.api.serializers.ExchangeInput` says the same for the documentation; a test holds the two together.
"""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotation.services import Answer, Reported
from annotation.services.suggestions import SHOWN_MS_MAX
from core.errors import InvalidFieldsError

_UNKNOWN = "This field is not known here or is set by the server."


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SentReport(_Sent):
    """What became of the suggestions shown with a task."""

    shown_ms: Annotated[int, Field(ge=0, le=SHOWN_MS_MAX, strict=True)]
    rejected: Annotated[list[Annotated[str, Field(max_length=44)]], Field(max_length=4_000)] = Field(
        default_factory=list
    )

    def as_reported(self) -> Reported:
        """Return it as the service takes it."""
        return Reported(self.shown_ms, frozenset(self.rejected))


class SentAnswer(_Sent):
    """One answer."""

    lease_id: uuid.UUID
    id: uuid.UUID
    document: dict[str, Any]
    active_ms: Annotated[int, Field(ge=0, le=86_400_000, strict=True)]
    supersedes_id: uuid.UUID | None = None
    suggestions: SentReport | None = None

    def as_answer(self) -> Answer:
        """Return it as the service takes it."""
        told = None if self.suggestions is None else self.suggestions.as_reported()
        return Answer(self.lease_id, self.id, self.document, self.active_ms, self.supersedes_id, told)


class SentExchange(_Sent):
    """An answer, where there is one, and what the page holds and wants."""

    answer: SentAnswer | None = None
    holding: Annotated[list[uuid.UUID], Field(max_length=5)] = Field(default_factory=list)
    take: Annotated[int, Field(ge=0, le=3, strict=True)] = 1


def exchange_read(data: Any) -> SentExchange:
    """Return what was sent.

    Raises
    ------
    InvalidFieldsError
        Naming each field and what is wrong with it.
    """
    try:
        return SentExchange.model_validate(data)
    except ValidationError as raised:
        problems = raised.errors(include_url=False, include_context=False, include_input=False)
    raise InvalidFieldsError(
        [
            {
                "path": ".".join(str(step) for step in problem["loc"])[:200],
                "message": _UNKNOWN if problem["type"] == "extra_forbidden" else f"{problem['msg']}.",
            }
            for problem in problems[:50]
        ]
    )
