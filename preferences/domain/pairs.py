"""One line of an import: responses to one prompt in our own shape, or TRL's ``chosen``/``rejected``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from preferences.domain.fingerprints import fingerprint, text_sha256
from preferences.domain.forms import MOST_RESPONSES
from preferences.domain.shape_problems import sentence_of

LONGEST_TEXT = 400_000
MOST_MESSAGES = 400
MOST_MEDIA = 10

_Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class PairLineError(ValueError):
    """A line cannot become a comparison; the message is a sentence for the person who wrote the file."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class MediaLine(_Strict):
    """A file that was uploaded: its SHA-256 or the name it was uploaded under."""

    kind: Literal["image", "video", "audio"]
    asset: _Name
    label: str = Field(default="", max_length=100)


class _HarmLine(_Strict):
    severity: int = Field(ge=0, le=4)
    categories: list[Annotated[str, StringConstraints(pattern="^[a-z][a-z_]{0,39}$")]] = Field(
        default_factory=list, max_length=20
    )


class Message(_Strict):
    """One turn of the conversation: a text, media, or both."""

    role: Literal["system", "user", "assistant"]
    content: str = Field(default="", max_length=LONGEST_TEXT)
    media: list[MediaLine] = Field(default_factory=list, max_length=MOST_MEDIA)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.content and not self.media:
            raise ValueError("a message needs content or media")
        return self


class _ResponseLine(_Strict):
    text: str = Field(default="", max_length=LONGEST_TEXT)
    media: list[MediaLine] = Field(default_factory=list, max_length=MOST_MEDIA)
    model: str = Field(default="", max_length=200)
    external_id: _Name | None = None


class KnownLine(_Strict):
    """What is right about a comparison, by axis: the outcomes in the order of the line's responses, ``a`` the first."""

    answers: dict[str, list[str]] = Field(min_length=1, max_length=50)
    kind: Literal["gold", "attention"] = "gold"
    explanation: str = Field(default="", max_length=5_000)


class _PairLine(_Strict):
    external_id: _Name | None = None
    prompt: str | list[Message] = Field(min_length=1, max_length=LONGEST_TEXT)
    system: str | None = Field(default=None, max_length=LONGEST_TEXT)
    post_external_id: _Name | None = None
    responses: list[_ResponseLine]
    language: str = Field(default="", max_length=35)
    metadata: dict[str, Any] = Field(default_factory=dict)
    gold: KnownLine | None = None
    harm: _HarmLine | None = None

    @model_validator(mode="after")
    def _some_responses(self) -> Self:
        if len(self.responses) > MOST_RESPONSES:
            raise ValueError(
                f"a line has at most {MOST_RESPONSES} responses, this one has {len(self.responses)}"
            )
        if self.gold is not None and len(self.responses) != 2:
            raise ValueError("known answers are of two responses")
        return self


class _TrlLine(BaseModel):
    """TRL's preference row. Columns beside these travel as metadata."""

    model_config = ConfigDict(extra="allow", strict=True)

    external_id: _Name | None = None
    prompt: str | list[Message] | None = None
    chosen: str | list[Message]
    rejected: str | list[Message]


@dataclass(frozen=True)
class MediaRecord:
    """A file that a prompt or a response shows: its kind, and the SHA-256 or name it was uploaded under."""

    kind: str
    asset: str
    label: str = ""


@dataclass(frozen=True)
class ResponseRecord:
    """A response as imported; ``model`` is empty when the file does not say."""

    text: str
    model: str
    external_id: str | None
    media: tuple[MediaRecord, ...] = ()

    @property
    def content_sha256(self) -> str:
        """Return the fingerprint of the text, and of the media if there are any."""
        return _said_sha256(self.text, self.media)


@dataclass(frozen=True)
class LineRecord:
    """A conversation as imported, with its system text first, and the responses to it.

    ``message_media`` are the media of those messages that have any, by place; ``harm`` what the file says of the
    harm in all media of the line: severity 0 to 4, and kinds. Two responses become a comparison; one, or more than
    two, a slate; none, a prompt that waits for responses.
    """

    external_id: str
    messages: tuple[tuple[str, str], ...]
    responses: tuple[ResponseRecord, ...]
    post_external_id: str | None
    language: str
    metadata: dict[str, Any]
    gold: KnownLine | None = None
    message_media: tuple[tuple[int, tuple[MediaRecord, ...]], ...] = ()
    harm: tuple[int, tuple[str, ...]] | None = None

    @property
    def prompt_media(self) -> tuple[MediaRecord, ...]:
        """Return all media of the conversation, in its order."""
        return tuple(one for _, media in self.message_media for one in media)

    @property
    def stored_messages(self) -> list[dict[str, Any]]:
        """Return the conversation as it is stored: media by their places among all of it."""
        found: list[dict[str, Any]] = [{"role": role, "content": said} for role, said in self.messages]
        place = 0
        for message, media in self.message_media:
            found[message]["media"] = list(range(place, place + len(media)))
            place += len(media)
        return found

    @property
    def is_pair(self) -> bool:
        """Say whether two responses are compared."""
        return len(self.responses) == 2

    @property
    def prompt_sha256(self) -> str:
        """Return the fingerprint of the conversation alone."""
        return fingerprint(self._conversation)

    @property
    def stands_on(self) -> tuple[str, str] | None:
        """Return the fingerprints of the prompt and the response that the last turn goes on from, if it does."""
        if len(self.messages) < 3 or [role for role, _ in self.messages[-3:-1]] != ["user", "assistant"]:
            return None
        place = len(self.messages) - 2
        return (
            fingerprint(self._conversation[:place]),
            _said_sha256(self.messages[place][1], dict(self.message_media).get(place, ())),
        )

    @property
    def _conversation(self) -> list[Any]:
        said: list[Any] = [list(message) for message in self.messages]
        for place, media in self.message_media:
            said[place] = [*said[place], _said_of(media)]
        return said

    @property
    def content_sha256(self) -> str:
        """Return the fingerprint of all that is compared: conversation, post, responses in their order."""
        return fingerprint(
            [
                self._conversation,
                self.post_external_id,
                [
                    [response.text, response.model, response.external_id]
                    + ([_said_of(response.media)] if response.media else [])
                    for response in self.responses
                ],
            ]
        )


def pair_read(value: Any) -> LineRecord:
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
    steps = [str(step) for step in found["loc"]]
    place = ".".join(step for step in steps if step != "str" and not step.startswith("list["))
    return f"{place}: {sentence_of(found)}" if place else sentence_of(found)


def _from_pair(line: _PairLine) -> LineRecord:
    messages = [Message(role="user", content=line.prompt)] if isinstance(line.prompt, str) else line.prompt
    if line.system:
        if any(message.role == "system" for message in messages):
            raise PairLineError("The system text stands both in 'system' and in the messages; keep one.")
        messages = [Message(role="system", content=line.system), *messages]
    return _record(
        external_id=line.external_id,
        messages=messages,
        responses=tuple(
            ResponseRecord(each.text, each.model.strip(), each.external_id, _media_of(each.media))
            for each in line.responses
        ),
        post_external_id=line.post_external_id,
        language=line.language,
        metadata=line.metadata,
        gold=line.gold,
        harm=None if line.harm is None else (line.harm.severity, tuple(line.harm.categories)),
    )


def _media_of(lines: Sequence[MediaLine]) -> tuple[MediaRecord, ...]:
    return tuple(MediaRecord(line.kind, line.asset, line.label) for line in lines)


def _said_of(media: Sequence[MediaRecord]) -> list[list[str]]:
    return [[one.kind, one.asset, one.label] for one in media]


def _from_trl(line: _TrlLine) -> LineRecord:
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
        responses=(
            ResponseRecord(last.content, "", None, _media_of(last.media)),
            ResponseRecord(other.content, "", None, _media_of(other.media)),
        ),
        post_external_id=None,
        language="",
        metadata={**(line.model_extra or {}), "imported_preference": "a"},
    )


def _said_sha256(text: str, media: Sequence[MediaRecord]) -> str:
    return fingerprint([text, _said_of(media)]) if media else text_sha256(text)


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
    responses: tuple[ResponseRecord, ...],
    post_external_id: str | None,
    language: str,
    metadata: dict[str, Any],
    gold: KnownLine | None = None,
    harm: tuple[int, tuple[str, ...]] | None = None,
) -> LineRecord:
    _check_conversation(messages)
    _check_responses(responses)
    record = LineRecord(
        external_id=external_id or "",
        messages=tuple((message.role, message.content) for message in messages),
        responses=responses,
        post_external_id=post_external_id,
        language=language,
        metadata=metadata,
        gold=gold,
        message_media=tuple(
            (place, _media_of(message.media)) for place, message in enumerate(messages) if message.media
        ),
        harm=harm,
    )
    if external_id:
        return record
    return LineRecord(**{**record.__dict__, "external_id": f"sha256:{record.content_sha256}"})


def _check_responses(responses: Sequence[ResponseRecord]) -> None:
    said = [bool(response.text.strip() or response.media) for response in responses]
    if responses and (not any(said) or (len(said) != 2 and not all(said))):
        raise PairLineError("Both responses are empty." if len(said) == 2 else "A response is empty.")
    if len({(response.text, response.media) for response in responses}) < len(responses):
        raise PairLineError("Two of the responses are the same, so there is nothing to compare.")
    names = [response.external_id for response in responses if response.external_id is not None]
    if len(set(names)) < len(names):
        raise PairLineError("Two of the responses have one external_id.")


def _check_conversation(messages: Sequence[Message]) -> None:
    if not messages:
        raise PairLineError("The line has no prompt.")
    if len(messages) > MOST_MESSAGES:
        raise PairLineError(f"The conversation has more than {MOST_MESSAGES} turns.")
    if any(message.role == "system" for message in messages[1:]):
        raise PairLineError("A system message can only come first.")
    if messages[-1].role != "user":
        raise PairLineError("The conversation must end with the user's turn; the responses answer it.")
