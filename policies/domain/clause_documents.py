"""What a clause says, as typed data: the shape is checked here, on every save of a draft.

A draft may be incomplete while someone writes it; what still stands between it and a release is listed by
`policies.domain.completeness`. Every field beyond the foundation's is optional with an empty default, and
the canonical form leaves empty fields out, so a field added later changes no hash of an older release.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Annotated, Any, Literal
from zlib import crc32

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

LONGEST_TEXT = 20_000
LONGEST_LINE = 500
LONGEST_CLAUSE = 200_000
LONGEST_WORDINGS = 1_000_000


class ClauseKind(StrEnum):
    """A question about one post, or a criterion to compare two responses on."""

    VERDICT = "verdict"
    AXIS = "axis"


class BlockType(StrEnum):
    """What a block of a clause is for."""

    DEFINITION = "definition"
    USE_WHEN = "use_when"
    AVOID_WHEN = "avoid_when"
    INTERPRETATION = "interpretation"
    EXAMPLES = "examples"
    COUNTER_EXAMPLES = "counter_examples"
    RATIONALE = "rationale"


class Modality(StrEnum):
    """What kinds of parts a clause can be judged on."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"


class EvidenceKind(StrEnum):
    """How an answer points at what it rests on."""

    WHOLE_POST = "whole_post"
    PART = "part"
    BOX = "box"
    ELLIPSE = "ellipse"
    POLYGON = "polygon"
    POLYLINE = "polyline"
    MASK = "mask"
    POINT = "point"
    TRACK = "track"
    TIME_RANGE = "time_range"
    FRAME = "frame"
    TEXT_SPAN = "text_span"


class RelationKind(StrEnum):
    """How a clause stands to another of the same release."""

    EXCLUDES = "excludes"
    TAKES_PRECEDENCE = "takes_precedence"
    EXEMPLIFIES = "exemplifies"
    SEE_ALSO = "see_also"


_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


def text_normalised(text: str) -> str:
    """Return ``text`` in NFC with ``\\n`` line ends, no blanks at line ends, no blank lines around it.

    Raises
    ------
    ValueError
        For characters that silently turn the reading direction: two texts that look alike would differ.
    """
    if _DIRECTION_MARKS.search(text):
        raise ValueError("Take out the invisible marks that turn the reading direction (such as U+202E).")
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def line_normalised(text: str) -> str:
    """Return ``text`` as one line in NFC, blanks collapsed.

    Raises
    ------
    ValueError
        When the result (which NFC can lengthen) has more than `LONGEST_LINE` characters.
    """
    line = " ".join(text_normalised(text).split())
    if len(line) > LONGEST_LINE:
        raise ValueError(f"This is longer than {LONGEST_LINE} characters.")
    return line


PASSAGE_PATTERN = (
    r"^(?:title|question|answers/[a-z0-9][a-z0-9_-]*|severities/[0-9]{1,3}"
    r"|blocks/[a-z0-9][a-z0-9_-]*(?:/why-[0-9a-f]{8})?)$"
)
KEY_PATTERN = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"

LANGUAGE_PATTERN = r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$"
UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN, max_length=35)]
AssetId = Annotated[str, StringConstraints(pattern=UUID_PATTERN)]
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=64)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
Line = Annotated[str, StringConstraints(max_length=LONGEST_LINE), AfterValidator(line_normalised)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(text_normalised)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class ProseBlock(_Document):
    """A block of markdown."""

    id: Slug = ""
    type: Literal[
        BlockType.DEFINITION,
        BlockType.USE_WHEN,
        BlockType.AVOID_WHEN,
        BlockType.INTERPRETATION,
        BlockType.RATIONALE,
    ]
    text: Text = ""


class ExampleMedia(_Document):
    """A picture, video or sound of the project that an example shows; readers see it covered first.

    ``note`` says what is in it for those who leave it covered.
    """

    asset_id: AssetId
    note: Line = ""


class ExampleItem(_Document):
    """One example: what was posted, how it is ruled (a value of the clause's answers), and why."""

    text: Text = ""
    ruling: Annotated[str, StringConstraints(max_length=64)] = ""
    why: Text = ""
    severity: Annotated[int, Field(ge=0, le=100)] | None = None
    media: Annotated[tuple[ExampleMedia, ...], Field(max_length=4)] = ()

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells this example from others: its text, or what it shows where it has none."""
        return (self.text,) if self.text else ("", *(shown.asset_id for shown in self.media))

    @property
    def name(self) -> str:
        """A short name that stays when examples are moved about: the CRC-32 of what tells this one from others."""
        return f"{crc32(chr(10).join(self.identity).encode()):08x}"


class ExamplesBlock(_Document):
    """Examples that the clause covers, or counter-examples that look alike and are not covered."""

    id: Slug = ""
    type: Literal[BlockType.EXAMPLES, BlockType.COUNTER_EXAMPLES]
    items: Annotated[tuple[ExampleItem, ...], Field(max_length=100)] = ()


Block = Annotated[ProseBlock | ExamplesBlock, Field(discriminator="type")]


class Answer(_Document):
    """One answer of a verdict clause; a harmful one triggers what the clause requires."""

    value: Slug
    label: Line
    harmful: bool = False


class Severity(_Document):
    """One step of a severity scale; a larger value is worse."""

    value: Annotated[int, Field(ge=0, le=100)]
    label: Line


class Requires(_Document):
    """What an annotator must add when the answer is harmful."""

    evidence: bool = False
    reason: bool = False
    severity: bool = False


class Relation(_Document):
    """A tie to another clause of the same release."""

    kind: RelationKind
    clause_key: Key


class TaxonomyCode(_Document):
    """The place of the clause in an outside taxonomy, such as ``mlcommons`` / ``S2``."""

    taxonomy: Slug
    code: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Passage(_Document):
    """One passage in another language, beside the source text it was made from.

    ``at`` is ``title``, ``question``, ``answers/<value>``, ``severities/<value>``, ``blocks/<id>``, or for why an
    example is ruled as it is ``blocks/<id>/why-<name of the example>``. Where ``source`` is no longer what the clause
    says there, the translation is stale.
    """

    at: Annotated[str, StringConstraints(pattern=PASSAGE_PATTERN, max_length=90)]
    text: Text = ""
    source: Text = ""


class Translation(_Document):
    """The same meaning in the words of another language, passage by passage."""

    language: Language
    passages: Annotated[tuple[Passage, ...], Field(max_length=300)] = ()

    @model_validator(mode="after")
    def _refuse_doubles(self) -> Translation:
        _refuse_twice("passage", [passage.at for passage in self.passages])
        return self


class ClauseDocument(_Document):
    """Everything a clause says. Key, parent and position belong to the release's outline, not to the text."""

    kind: ClauseKind
    title: Line
    question: Line = ""
    blocks: Annotated[tuple[Block, ...], Field(max_length=40)] = ()
    answers: Annotated[tuple[Answer, ...], Field(max_length=20)] = ()
    severities: Annotated[tuple[Severity, ...], Field(max_length=20)] = ()
    modalities: tuple[Modality, ...] = ()
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    requires: Requires = Requires()
    relations: Annotated[tuple[Relation, ...], Field(max_length=40)] = ()
    codes: Annotated[tuple[TaxonomyCode, ...], Field(max_length=40)] = ()
    language: Language | Literal[""] = ""
    translations: Annotated[tuple[Translation, ...], Field(max_length=40)] = ()

    @model_validator(mode="before")
    @classmethod
    def _name_blocks(cls, data: Any) -> Any:
        """Give blocks that came without an identifier one that depends on their type and order alone."""
        if not isinstance(data, dict) or not isinstance(data.get("blocks"), list | tuple):
            return data
        taken = {block["id"] for block in data["blocks"] if isinstance(block, dict) and block.get("id")}
        blocks = []
        for block in data["blocks"]:
            if isinstance(block, dict) and isinstance(block.get("type"), str) and not block.get("id"):
                block = {**block, "id": _free_id(str(block["type"]).replace("_", "-"), taken)}
                taken.add(block["id"])
            blocks.append(block)
        return {**data, "blocks": blocks}

    @model_validator(mode="after")
    def _refuse_doubles(self) -> ClauseDocument:
        _refuse_twice("block", [block.id for block in self.blocks])
        _refuse_twice("answer", [answer.value for answer in self.answers])
        _refuse_twice("severity", [severity.value for severity in self.severities])
        _refuse_twice("modality", list(self.modalities))
        _refuse_twice("evidence kind", list(self.evidence_kinds))
        _refuse_twice("relation", [(relation.kind, relation.clause_key) for relation in self.relations])
        languages = [translation.language.lower() for translation in self.translations]
        _refuse_twice("language", [*languages, *filter(None, [self.language.lower()])])
        if sum(map(_wording_length, self.translations)) > LONGEST_WORDINGS:
            raise ValueError(f"Translations of a clause hold at most {LONGEST_WORDINGS} characters.")
        if sum(_block_length(block) for block in self.blocks) > LONGEST_CLAUSE:
            raise ValueError(f"A clause holds at most {LONGEST_CLAUSE} characters. Divide it into two.")
        return self


def _block_length(block: ProseBlock | ExamplesBlock) -> int:
    if isinstance(block, ProseBlock):
        return len(block.text)
    return sum(len(item.text) + len(item.why) for item in block.items)


def _wording_length(translation: Translation) -> int:
    return sum(len(passage.text) + len(passage.source) for passage in translation.passages)


def _free_id(base: str, taken: set[Any]) -> str:
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def _refuse_twice(noun: str, values: list[Any]) -> None:
    if len(values) != len(set(values)):
        twice = next(value for index, value in enumerate(values) if value in values[:index])
        raise ValueError(f"The {noun} {twice!s} stands twice.")


def clause_document_read(data: Any) -> tuple[ClauseDocument | None, list[dict[str, str]]]:
    """Read ``data`` as a clause.

    Returns
    -------
    tuple
        The document and no errors, or ``None`` and each problem as ``{"path", "message"}``.
    """
    try:
        return ClauseDocument.model_validate(data), []
    except ValidationError as error:
        return None, [
            {"path": _path(problem["loc"]), "message": _sentence(problem["msg"])}
            for problem in error.errors()
        ]


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")


def _sentence(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message if message.endswith(".") else f"{message}."


def clause_json(document: ClauseDocument) -> dict[str, Any]:
    """Return ``document`` as plain JSON with every field present, as the API and the tables hold it."""
    return document.model_dump(mode="json")
