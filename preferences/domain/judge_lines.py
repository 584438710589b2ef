"""One line of a file of judges' answers that were given elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from preferences.domain.document import STRONGEST, Choice
from preferences.domain.judges import UNSAID_STRENGTH
from preferences.domain.pairs import PairLineError
from preferences.domain.shape_problems import sentence_of

_Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    judge: _Name
    version: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""
    external_id: _Name
    clause_key: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    answer: Literal["a", "b", "tie", "both_good", "both_unacceptable", "unclear"]
    strength: int | None = Field(default=None, ge=1, le=STRONGEST)
    shown_first: Literal["a", "b"] = "a"
    said: str = ""

    @model_validator(mode="after")
    def _strength_belongs_to_a_preference(self) -> Self:
        if self.strength is not None and self.answer not in ("a", "b"):
            raise ValueError("only the answers a and b have a strength")
        return self


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """An answer in stored order; ``choice`` is null where it was none. ``clause_key`` null: the file's axis."""

    judge: str
    version: str
    external_id: str
    clause_key: str | None
    choice: str | None
    value: int
    swapped: bool
    said: str


def judge_line_read(value: Any) -> JudgeLine:
    """Turn one parsed line into an answer; a preference without a strength gets the middle one.

    Raises
    ------
    PairLineError
        Saying what is wrong and where in the line.
    """
    if not isinstance(value, dict):
        raise PairLineError("A line must be a JSON object.")
    try:
        line = _Line.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(step) for step in found["loc"])
        raise PairLineError(f"{place}: {sentence_of(found)}" if place else sentence_of(found)) from error
    strength = line.strength or UNSAID_STRENGTH
    choice = {"a": str(Choice.PREFER), "b": str(Choice.PREFER), "unclear": None}.get(line.answer, line.answer)
    return JudgeLine(
        judge=line.judge,
        version=line.version,
        external_id=line.external_id,
        clause_key=line.clause_key,
        choice=choice,
        value={"a": -strength, "b": strength}.get(line.answer, 0),
        swapped=line.shown_first == "b",
        said=line.said,
    )
