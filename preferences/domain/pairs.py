"""One line of a comparison import: our own shape, or TRL's ``chosen``/``rejected``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from preferences.domain.shape_problems import sentence_of

LONGEST_TEXT = 400_000
MOST_MESSAGES = 400

_Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class PairLineError(ValueError):
    """A line cannot become a comparison; the message is a sentence for the person who wrote the file."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Message(_Strict):
    """One turn of the conversation."""

    role: Literal["system", "user", "assistant"]
    content: str = Field(min_length=1, max_length=LONGEST_TEXT)


class _ResponseLine(_Strict):
    text: str = Field(max_length=LONGEST_TEXT)
    model: str = Field(default="", max_length=200)
    external_id: _Name | None = None


class _PairLine(_Strict):
    external_id: _Name | None = None
    prompt: str | list[Message] = Field(min_length=1, max_length=LONGEST_TEXT)
    system: str | None = Field(default=None, max_length=LONGEST_TEXT)
    post_external_id: _Name | None = None
    responses: list[_ResponseLine]
    language: str = Field(default="", max_length=35)
    metadata: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _two_responses(self) -> Self:
        if len(self.responses) != 2:
            raise ValueError(f"a comparison has two responses, this line has {len(self.responses)}")
        return self


class _TrlLine(BaseModel):
    """TRL's preference row. Columns beside these travel as metadata."""

    model_config = ConfigDict(extra="allow", strict=True)

    external_id: _Name | None = None
    prompt: str | list[Message] | None = None
    chosen: str | list[Message]
    rejected: str | list[Message]


@dataclass(frozen=True)
class ResponseRecord:
    """A response as imported; ``model`` is empty when the file does not say."""

    text: str
    model: str
    external_id: str | None

    @property
    def content_sha256(self) -> str:
        """Return the fingerprint of the text."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class PairRecord:
    """A comparison as imported: the conversation, with its system text first, and two responses to it."""

    external_id: str
    messages: tuple[tuple[str, str], ...]
    responses: tuple[ResponseRecord, ResponseRecord]
    post_external_id: str | None
    language: str
    metadata: dict[str, Any]

    @property
    def prompt_sha256(self) -> str:
        """Return the fingerprint of the conversation alone."""
        return _fingerprint([list(message) for message in self.messages])

    @property
    def content_sha256(self) -> str:
        """Return the fingerprint of all that is compared: conversation, post, responses in their order."""
        return _fingerprint(
            [
                [list(message) for message in self.messages],
                self.post_external_id,
                [[response.text, response.model, response.external_id] for response in self.responses],
            ]
        )


def pair_read(value: Any) -> PairRecord:
    """Turn one parsed line into a record.

    A line without ``external_id`` is named by its content, so importing it twice makes one comparison.

    Raises
    ------
    PairLineError
        Saying what is wrong and where in the line.
    """
    if not isinstance(value, dict):
        raise PairLineError("A line must be a JSON object.")
    try:
        if "responses" in value:
            return _from_pair(_PairLine.model_validate(value))
        if "chosen" in value or "rejected" in value:
            return _from_trl(_TrlLine.model_validate(value))
    except ValidationError as error:
        raise PairLineError(_sentence(error)) from error
    raise PairLineError("The line has neither 'responses' nor 'chosen' and 'rejected'.")


def _sentence(error: ValidationError) -> str:
    """Say the most specific of the problems found, and where it is."""
    found = max(
        error.errors(include_url=False, include_input=False, include_context=False),
        key=lambda each: len(each["loc"]),
    )
    # A step that names one branch of a union is no place in the line.
    place = ".".join(str(step) for step in found["loc"] if step not in ("str", "list[Message]"))
    return f"{place}: {sentence_of(found)}" if place else sentence_of(found)


def _from_pair(line: _PairLine) -> PairRecord:
    messages = [Message(role="user", content=line.prompt)] if isinstance(line.prompt, str) else line.prompt
    if line.system:
        if any(message.role == "system" for message in messages):
            raise PairLineError("The system text stands both in 'system' and in the messages; keep one.")
        messages = [Message(role="system", content=line.system), *messages]
    one, other = line.responses
    return _record(
        external_id=line.external_id,
        messages=messages,
        responses=(
            ResponseRecord(one.text, one.model.strip(), one.external_id),
            ResponseRecord(other.text, other.model.strip(), other.external_id),
        ),
        post_external_id=line.post_external_id,
        language=line.language,
        metadata=line.metadata,
    )


def _from_trl(line: _TrlLine) -> PairRecord:
    chosen, rejected = _as_messages(line.chosen), _as_messages(line.rejected)
    prompt = (
        [Message(role="user", content=line.prompt)]
        if isinstance(line.prompt, str)
        else list(line.prompt or [])
    )
    shared = _shared_turns(chosen, rejected)
    if len(chosen) - shared != 1 or len(rejected) - shared != 1:
        raise PairLineError("'chosen' and 'rejected' must differ in exactly one last turn.")
    if (
        prompt
        and shared
        and [turn.model_dump() for turn in chosen[:shared]] != [turn.model_dump() for turn in prompt]
    ):
        raise PairLineError("'prompt' is not the conversation that 'chosen' and 'rejected' start with.")
    last, other = chosen[-1], rejected[-1]
    if last.role != "assistant" or other.role != "assistant":
        raise PairLineError("The last turn of 'chosen' and 'rejected' must be the assistant's.")
    return _record(
        external_id=line.external_id,
        messages=prompt or chosen[:shared],
        responses=(ResponseRecord(last.content, "", None), ResponseRecord(other.content, "", None)),
        post_external_id=None,
        language="",
        metadata={**(line.model_extra or {}), "imported_preference": "a"},
    )


def _as_messages(turns: str | list[Message]) -> list[Message]:
    return [Message(role="assistant", content=turns)] if isinstance(turns, str) else turns


def _shared_turns(one: Sequence[Message], other: Sequence[Message]) -> int:
    """Return how many turns both conversations start with; their last turns are never counted."""
    limit = max(min(len(one), len(other)) - 1, 0)
    return next((place for place in range(limit) if one[place] != other[place]), limit)


def _record(
    *,
    external_id: str | None,
    messages: Sequence[Message],
    responses: tuple[ResponseRecord, ResponseRecord],
    post_external_id: str | None,
    language: str,
    metadata: dict[str, Any],
) -> PairRecord:
    _check_conversation(messages)
    if all(not response.text.strip() for response in responses):
        raise PairLineError("Both responses are empty.")
    if responses[0].text == responses[1].text:
        raise PairLineError("The two responses are the same text, so there is nothing to compare.")
    if responses[0].external_id is not None and responses[0].external_id == responses[1].external_id:
        raise PairLineError("The two responses have one external_id.")
    record = PairRecord(
        external_id=external_id or "",
        messages=tuple((message.role, message.content) for message in messages),
        responses=responses,
        post_external_id=post_external_id,
        language=language,
        metadata=metadata,
    )
    if external_id:
        return record
    return PairRecord(**{**record.__dict__, "external_id": f"sha256:{record.content_sha256}"})


def _check_conversation(messages: Sequence[Message]) -> None:
    if not messages:
        raise PairLineError("The line has no prompt.")
    if len(messages) > MOST_MESSAGES:
        raise PairLineError(f"The conversation has more than {MOST_MESSAGES} turns.")
    if any(message.role == "system" for message in messages[1:]):
        raise PairLineError("A system message can only come first.")
    if messages[-1].role != "user":
        raise PairLineError("The conversation must end with the user's turn; the responses answer it.")


def _fingerprint(value: Any) -> str:
    return sha256(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()
