"""What is gathered for one clause while a document is read, and the clause it makes with sensible defaults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policies.domain.clause_documents import (
    LONGEST_CLAUSE,
    LONGEST_LINE,
    LONGEST_TEXT,
    Answer,
    BlockType,
    ClauseDocument,
    ClauseKind,
    EvidenceKind,
    ExampleItem,
    ExamplesBlock,
    Modality,
    ProseBlock,
    Relation,
    Severity,
    TaxonomyCode,
)
from policies.domain.importing.example_texts import FoundExample
from policies.domain.importing.proposal import Note, NoteKind
from policies.domain.importing.roles import Label, is_graded

MOST_ITEMS = 100
MOST_EXAMPLE_BLOCKS = 12
MANY_EXAMPLES = 24

_MENTIONS = (
    (
        Modality.IMAGE,
        r"images?|imagery|pictures?|photo(s|graphs?)?|memes?|avatars?|symbols|screenshots?|drawings?|visual",
    ),
    (Modality.VIDEO, r"videos?|films?|clips?|footage|live[- ]?streams?"),
    (Modality.AUDIO, r"audio|sounds?|voice|music|songs?|podcasts?"),
)
_EVIDENCE = {
    Modality.TEXT: EvidenceKind.TEXT_SPAN,
    Modality.IMAGE: EvidenceKind.BOX,
    Modality.VIDEO: EvidenceKind.TIME_RANGE,
    Modality.AUDIO: EvidenceKind.TIME_RANGE,
}
_YES = ("yes", "1", "true", "violates", "violating", "invalid", "unsafe", "toxic")
_NO = ("no", "0", "false", "valid", "safe", "allowed", "non-violating", "none")
_PROSE = (
    BlockType.DEFINITION,
    BlockType.USE_WHEN,
    BlockType.AVOID_WHEN,
    BlockType.INTERPRETATION,
    BlockType.RATIONALE,
)


@dataclass(slots=True)
class Ruled:
    """An example; ``is_covered`` decides its block when its label is no answer.

    ``file`` is where it stood, empty for the draft's own.
    """

    example: FoundExample
    is_covered: bool
    file: str = ""


@dataclass(slots=True)
class ClauseDraft:
    """One clause as it is gathered: passages by block, examples, labels, grades."""

    title: str
    file: str
    line: int
    prose: dict[BlockType, list[str]] = field(default_factory=lambda: {kind: [] for kind in _PROSE})
    examples: list[Ruled] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    grades: list[str] = field(default_factory=list)
    severity_of: dict[str, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    codes: list[TaxonomyCode] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, block: BlockType, text: str) -> None:
        """Put a passage into a block; blank passages are nothing."""
        text = text.strip("\n").rstrip()
        if text.strip():
            self.prose[block].append(text)

    def note(self, kind: NoteKind, sentence: str, line: int = 0, *, file: str = "") -> None:
        """Say what became of a place of the document, or of another file."""
        self.notes.append(Note(kind, sentence, file or self.file, line or self.line))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was gathered."""
        return not self.examples and not any(self.prose.values())

    def taken_in(self, other: ClauseDraft) -> None:
        """Put everything of ``other`` behind what is here."""
        for kind, passages in other.prose.items():
            self.prose[kind] += passages
        self.examples += other.examples
        self.labels.update(other.labels)
        self.grades = self.grades or other.grades
        self.notes += other.notes


def clause_made(draft: ClauseDraft) -> ClauseDocument:
    """Return the clause a draft makes.

    Without labels it is answered yes or no. With labels each is an answer, or, where they are grades of one thing, a
    step of the severity scale beside yes and no. It is judged on text and on what its words mention, and points at
    evidence in the way each of these allows; nothing is required.
    """
    _definition_found(draft)
    answers, severities, ruling = _scales(draft)
    examples, counter = _split(draft, answers, ruling)
    blocks: list[ProseBlock | ExamplesBlock] = []
    for kind in _PROSE[:3]:
        blocks += _prose_blocks(draft, kind)
    blocks += _example_blocks(BlockType.EXAMPLES, examples)
    blocks += _example_blocks(BlockType.COUNTER_EXAMPLES, counter)
    for kind in _PROSE[3:]:
        blocks += _prose_blocks(draft, kind)
    modalities = _modalities(draft)
    kinds = dict.fromkeys(_EVIDENCE[modality] for modality in modalities)
    # Through the reader: identifiers of blocks are given there, and nothing unchecked leaves here.
    return ClauseDocument.model_validate(
        {
            "kind": ClauseKind.VERDICT,
            "title": draft.title[:LONGEST_LINE],
            "question": _question(draft, answers),
            "blocks": [block.model_dump(exclude={"id"}) for block in _within_bounds(draft, blocks)],
            "answers": answers,
            "severities": severities,
            "modalities": modalities,
            "evidence_kinds": [*kinds, EvidenceKind.WHOLE_POST],
            "relations": draft.relations[:40],
            "codes": draft.codes[:40],
        }
    )


def _definition_found(draft: ClauseDraft) -> None:
    """Take the first block that has words for the definition, where nothing else defines the rule."""
    if draft.prose[BlockType.DEFINITION]:
        return
    for kind, name in ((BlockType.USE_WHEN, "list of what it covers"), (BlockType.INTERPRETATION, "notes")):
        if draft.prose[kind]:
            draft.prose[BlockType.DEFINITION], draft.prose[kind] = draft.prose[kind], []
            draft.note(
                NoteKind.ASSUMED, f"Nothing defines “{draft.title}”; its {name} became the definition."
            )
            return


def _question(draft: ClauseDraft, answers: Sequence[Answer]) -> str:
    if [answer.value for answer in answers] == ["yes", "no"]:
        return f"Does the post fall under “{draft.title}”?"[:LONGEST_LINE]
    return f"Which of these is the post, by the rule “{draft.title}”?"[:LONGEST_LINE]


def _scales(draft: ClauseDraft) -> tuple[list[Answer], list[Severity], dict[str, tuple[str, int | None]]]:
    """Return answers, severities, and for each label in lower case the (answer, severity) it stands for."""
    yes_no = [Answer(value="yes", label="Yes", harmful=True), Answer(value="no", label="No")]
    words: dict[str, tuple[str, int | None]] = dict.fromkeys(_YES, ("yes", None))
    words |= dict.fromkeys(_NO, ("no", None))
    grades = [Severity(value=at, label=name) for at, name in enumerate(draft.grades, start=1)]
    labels = list(draft.labels.values())[:20]
    harmful = [label for label in labels if label.is_harmful]
    is_binary = len(labels) <= 2 and all(label.value in words for label in labels)
    if not labels or is_binary:
        return yes_no, grades, words
    if is_graded([label.title for label in harmful]):
        steps = [
            Severity(value=_step(label, at), label=_line(label.title))
            for at, label in enumerate(harmful, start=1)
        ]
        values = {label.code.lower(): ("yes", step.value) for label, step in zip(harmful, steps, strict=True)}
        spared: dict[str, tuple[str, int | None]] = {
            label.code.lower(): ("no", None) for label in labels if not label.is_harmful
        }
        draft.note(
            NoteKind.ASSUMED, f"Its labels {_codes(labels)} are grades: they became the severity scale."
        )
        return yes_no, steps, {**words, **spared, **values}
    if not any(not label.is_harmful for label in labels):
        labels.append(Label("none", "None of these", is_harmful=False))
        draft.note(NoteKind.ASSUMED, "Every label names a harm, so “None of these” was added to the answers.")
    answers = [
        Answer(
            value=label.value or f"label-{at}",
            label=_line(label.title or label.code),
            harmful=bool(label.is_harmful),
        )
        for at, label in enumerate(labels)
    ]
    harm = ", ".join(label.code for label in labels if label.is_harmful)
    draft.note(NoteKind.ASSUMED, f"Its labels became the answers; taken as harmful: {harm or 'none'}.")
    mapped: dict[str, tuple[str, int | None]] = {
        label.code.lower(): (answer.value, None) for label, answer in zip(labels, answers, strict=True)
    }
    return answers, grades, mapped


def _step(label: Label, at: int) -> int:
    digits = re.search(r"(\d{1,2})$", label.code)
    return int(digits.group(1)) if digits else at


def _codes(labels: Iterable[Label]) -> str:
    return ", ".join(label.code for label in labels)


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LINE]


def _split(
    draft: ClauseDraft, answers: Sequence[Answer], ruling: dict[str, tuple[str, int | None]]
) -> tuple[list[ExampleItem], list[ExampleItem]]:
    """Sort examples by their ruling into those the clause covers and those it does not, doubles taken out."""
    harmful = {answer.value: answer.harmful for answer in answers}
    covered = next((answer.value for answer in answers if answer.harmful), "")
    spared = next((answer.value for answer in answers if not answer.harmful), "")
    sides: tuple[list[ExampleItem], list[ExampleItem]] = ([], [])
    seen: dict[str, str] = {}
    doubles: dict[str, list[int]] = {}
    unknown: dict[str, Ruled] = {}
    for ruled in draft.examples:
        example = ruled.example
        text = example.text.strip()[:LONGEST_TEXT]
        if not text:
            continue
        answer, severity = ruling.get(example.label.lower(), ("", None))
        if not answer and example.label:
            unknown.setdefault(example.label, ruled)
        elif not answer and len(answers) == 2:
            answer = covered if ruled.is_covered else spared
        if text in seen:
            if seen[text] != answer:
                sentence = "The same example stands twice with different rulings."
                draft.note(NoteKind.CHANGED, sentence, example.line, file=ruled.file)
            else:
                doubles.setdefault(ruled.file, []).append(example.line)
                continue
        seen[text] = answer
        is_covered = harmful.get(answer, ruled.is_covered)
        why = example.why if answer or not example.label else f"{example.label}. {example.why}".strip(" .")
        item = ExampleItem(text=text, ruling=answer, why=why[:LONGEST_TEXT], severity=severity)
        sides[0 if is_covered else 1].append(item)
    for file, lines in doubles.items():
        sentence = f"{len(lines)} example{'' if len(lines) == 1 else 's'} stood there already, word for word."
        draft.note(NoteKind.LEFT_OUT, sentence, lines[0], file=file)
    for label, ruled in list(unknown.items())[:5]:
        sentence = f"“{label[:60]}” is no answer of this clause; it became the reason beside the example."
        draft.note(NoteKind.MOVED, sentence, ruled.example.line, file=ruled.file)
    if len(sides[0]) + len(sides[1]) > MANY_EXAMPLES:
        number = len(sides[0]) + len(sides[1])
        sentence = f"It has {number} examples, and annotators read them all. Keep the telling ones."
        draft.note(NoteKind.ASSUMED, sentence)
    return sides


def _prose_blocks(draft: ClauseDraft, kind: BlockType) -> list[ProseBlock]:
    pieces: list[str] = []
    for passage in draft.prose[kind]:
        for piece in _cut(passage, LONGEST_TEXT):
            if pieces and len(pieces[-1]) + len(piece) + 2 <= LONGEST_TEXT:
                pieces[-1] = f"{pieces[-1]}\n\n{piece}"
            else:
                pieces.append(piece)
    return [ProseBlock(type=kind, text=piece) for piece in pieces]  # type: ignore[arg-type]


def _cut(text: str, most: int) -> list[str]:
    pieces = []
    while len(text) > most:
        at = max(text.rfind("\n", 0, most), text.rfind(" ", 0, most), 1)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip("\n")
    return [*pieces, text]


def _example_blocks(kind: BlockType, items: Sequence[ExampleItem]) -> list[ExamplesBlock]:
    return [
        ExamplesBlock(type=kind, items=tuple(items[at : at + MOST_ITEMS]))  # type: ignore[arg-type]
        for at in range(0, len(items), MOST_ITEMS)
    ]


def _within_bounds(
    draft: ClauseDraft, blocks: Sequence[ProseBlock | ExamplesBlock]
) -> tuple[ProseBlock | ExamplesBlock, ...]:
    """Keep as many blocks and examples as a clause holds, in order; what does not fit is named."""
    left, lost, example_blocks = LONGEST_CLAUSE, 0, 0
    kept: list[ProseBlock | ExamplesBlock] = []
    prose = sum(len(block.text) for block in blocks if isinstance(block, ProseBlock))
    left -= prose
    for block in blocks:
        if isinstance(block, ProseBlock):
            kept.append(block)
            continue
        items = []
        example_blocks += 1
        for item in block.items:
            size = len(item.text) + len(item.why)
            if size <= left and example_blocks <= MOST_EXAMPLE_BLOCKS:
                items.append(item)
                left -= size
            else:
                lost += 1
        if items:
            kept.append(block.model_copy(update={"items": tuple(items)}))
    if lost:
        draft.note(
            NoteKind.LEFT_OUT, f"{lost} examples do not fit into one clause. Divide it, or keep fewer."
        )
    if left < 0 or len(kept) > 40:
        draft.note(
            NoteKind.LEFT_OUT, "The text is longer than one clause holds; its end is left out. Divide it."
        )
        kept = _first_of(kept)
    return tuple(kept)


def _first_of(blocks: Sequence[ProseBlock | ExamplesBlock]) -> list[ProseBlock | ExamplesBlock]:
    kept: list[ProseBlock | ExamplesBlock] = []
    size = 0
    for block in blocks[:40]:
        own = (
            len(block.text)
            if isinstance(block, ProseBlock)
            else sum(len(i.text) + len(i.why) for i in block.items)
        )
        if size + own <= LONGEST_CLAUSE:
            kept.append(block)
            size += own
    return kept


def _modalities(draft: ClauseDraft) -> list[Modality]:
    words = "\n".join(passage for passages in draft.prose.values() for passage in passages)[:LONGEST_CLAUSE]
    mentioned = [
        modality for modality, pattern in _MENTIONS if re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE)
    ]
    return [Modality.TEXT, *mentioned]
