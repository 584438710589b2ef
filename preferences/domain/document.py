"""The judgment document: what a person says about two responses, in the order they were shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from preferences.domain.shape_problems import sentence_of

STRONGEST = 3
TEXT_LIMIT = 20_000
REWRITE_LIMIT = 200_000

ClauseKey = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]


class Choice(StrEnum):
    """What an axis answer says; the last three all leave the strength at zero and mean different things."""

    PREFER = "prefer"
    TIE = "tie"
    BOTH_GOOD = "both_good"
    BOTH_UNACCEPTABLE = "both_unacceptable"


class Position(StrEnum):
    """Where a response was shown. A person, and their browser, know nothing else about it."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    FIFTH = "fifth"
    SIXTH = "sixth"
    SEVENTH = "seventh"
    EIGHTH = "eighth"
    NINTH = "ninth"
    TENTH = "tenth"


POSITIONS = tuple(Position)
PAIR = (Position.FIRST, Position.SECOND)


class Strict(BaseModel):
    """A part of a document: nothing unknown, nothing converted, nothing changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AxisChoice(Strict):
    """The answer on one axis.

    ``value`` runs from −3 (the first is much better) to 3 (the second is much better), and is zero for
    everything that is not a preference.
    """

    clause_key: ClauseKey
    choice: Choice = Field(strict=False)
    value: int = Field(default=0, ge=-STRONGEST, le=STRONGEST)

    @model_validator(mode="after")
    def _strength_belongs_to_a_preference(self) -> Self:
        if (self.choice is Choice.PREFER) != (self.value != 0):
            raise ValueError(
                "a preference has a strength from 1 to 3 on one side; every other choice has none"
            )
        return self


class ResponseOpinion(Strict):
    """What the person holds of one response alone. ``acceptable`` stays null when they did not say."""

    position: Position = Field(strict=False)
    acceptable: bool | None = None
    severity: int | None = Field(default=None, ge=1, le=100)
    clause_keys: list[ClauseKey] = Field(default_factory=list, max_length=50)


class Rewrite(Strict):
    """A better version of one response, written by the person who judged it."""

    position: Position = Field(strict=False)
    text: str = Field(min_length=1, max_length=REWRITE_LIMIT)


class Said(Strict):
    """What is said besides the axes, of a pair as of a slate."""

    responses: list[ResponseOpinion] = Field(default_factory=list, max_length=len(POSITIONS))
    flags: list[Word] = Field(default_factory=list, max_length=20)
    reason_codes: list[Word] = Field(default_factory=list, max_length=20)
    reason: str = Field(default="", max_length=TEXT_LIMIT)
    confidence: float | None = Field(default=None, ge=0, le=1, strict=False)


class JudgmentDocument(Said):
    """Everything a person sends for one comparison, in shown order."""

    axes: list[AxisChoice] = Field(max_length=50)
    rewrites: list[Rewrite] = Field(default_factory=list, max_length=2)


class DocumentShapeError(ValueError):
    """The document does not have the shape above; ``problems`` names each place and what is wrong there."""

    def __init__(self, problems: list[dict[str, str]]) -> None:
        super().__init__(problems[0]["message"] if problems else "The document has the wrong shape.")
        self.problems = problems


_Document = TypeVar("_Document", bound=Said)


def document_parse(raw: dict[str, Any], shape: type[_Document]) -> _Document:
    """Read a document of one shape: ``JudgmentDocument``, or what slates have.

    Raises
    ------
    DocumentShapeError
        With one problem per place, at most twenty.
    """
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        problems = [
            {
                "path": ".".join(str(step) for step in found["loc"]) or "document",
                "message": sentence_of(found),
            }
            for found in error.errors(include_url=False, include_input=False, include_context=False)[:20]
        ]
        raise DocumentShapeError(problems) from error
