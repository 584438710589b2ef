"""How two releases (or a draft and the release it comes from) differ: structure, words, meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from policies.domain.canonical import PlacedClause
from policies.domain.change_rule import Proposal, block_pairs, change_proposed
from policies.domain.clause_documents import ClauseDocument, ExampleItem, ExamplesBlock, ProseBlock
from policies.domain.word_difference import Segment, word_segments

Status = Literal["added", "removed", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One changed field outside the blocks, as people read it, with its words compared."""

    field: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """One example: its text and explanation compared, its ruling and its media (assets) before and after."""

    status: Status
    text: tuple[Segment, ...]
    why: tuple[Segment, ...]
    ruling_before: str
    ruling_after: str
    media_before: tuple[str, ...] = ()
    media_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockDifference:
    """One block: prose compared by word, or its examples one by one."""

    id: str
    type: str
    status: Status
    segments: tuple[Segment, ...] = ()
    items: tuple[ItemDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """One clause in two releases.

    ``meaning_before`` and ``meaning_after`` are ``None`` where the release has no such clause, or where a
    draft has not decided yet. ``is_held`` says whether answers of the earlier release hold under the later.
    """

    key: str
    title: str
    kind: str
    status: Status
    is_moved: bool
    meaning_before: int | None
    meaning_after: int | None
    is_held: bool
    proposal: Proposal | None
    fields: tuple[FieldDifference, ...] = ()
    blocks: tuple[BlockDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseDifference:
    """All clauses of both releases: those of the later in outline order, then the removed ones."""

    clauses: tuple[ClauseDifference, ...]

    def counts(self) -> dict[str, int]:
        """Return how many clauses were added, removed, changed, moved, and how many changed their meaning."""
        result = {
            status: sum(clause.status == status for clause in self.clauses)
            for status in ("added", "removed", "changed", "unchanged")
        }
        result["moved"] = sum(clause.is_moved for clause in self.clauses)
        result["meaning"] = sum(clause.status == "changed" and not clause.is_held for clause in self.clauses)
        return result


def release_difference(before: Sequence[PlacedClause], after: Sequence[PlacedClause]) -> ReleaseDifference:
    """Compare two releases clause by clause."""
    old = {clause.key: clause for clause in before}
    moved = _moved_keys(before, after)
    ordered = sorted(after, key=lambda clause: (clause.position, clause.key))
    rows = [
        _clause_difference(old.get(clause.key), clause, is_moved=clause.key in moved) for clause in ordered
    ]
    kept = {clause.key for clause in after}
    gone = sorted((c for c in before if c.key not in kept), key=lambda clause: (clause.position, clause.key))
    return ReleaseDifference((*rows, *(_removed(clause) for clause in gone)))


def _moved_keys(before: Sequence[PlacedClause], after: Sequence[PlacedClause]) -> set[str]:
    """Return the clauses under another parent, or in another order among the siblings both releases share."""
    parents = {clause.key: clause.parent_key for clause in before}
    moved = {
        clause.key for clause in after if clause.key in parents and parents[clause.key] != clause.parent_key
    }
    shared = {clause.key for clause in after if clause.key in parents} - moved
    for parent in {parents[key] for key in shared}:
        old, new = (
            [
                c.key
                for c in sorted(clauses, key=lambda c: c.position)
                if c.key in shared and c.parent_key == parent
            ]
            for clauses in (before, after)
        )
        moved |= set(old) - set(_longest_in_order(old, new))
    return moved


def _longest_in_order(old: list[str], new: list[str]) -> list[str]:
    """Return a longest run of ``new`` that stands in the same order in ``old``; the rest has moved."""
    place = {key: index for index, key in enumerate(old)}
    best: list[list[str]] = []
    for key in new:
        run = max((run for run in best if place[run[-1]] < place[key]), key=len, default=[])
        best.append([*run, key])
    return max(best, key=len, default=[])


def _clause_difference(
    before: PlacedClause | None, after: PlacedClause, *, is_moved: bool
) -> ClauseDifference:
    proposal = change_proposed(before.document if before else None, after.document)
    if before is None:
        status: Status = "added"
    else:
        status = "unchanged" if before.document == after.document else "changed"
    base = before.document if before else None
    meaning_before = before.meaning_revision if before else None
    return ClauseDifference(
        key=after.key,
        title=after.document.title,
        kind=after.document.kind.value,
        status=status,
        is_moved=is_moved,
        meaning_before=meaning_before,
        meaning_after=after.meaning_revision,
        is_held=meaning_before is not None and meaning_before == after.meaning_revision,
        proposal=proposal if status == "changed" else None,
        fields=field_differences(base, after.document) if status != "unchanged" else (),
        blocks=block_differences(base, after.document) if status != "unchanged" else (),
    )


def _removed(clause: PlacedClause) -> ClauseDifference:
    return ClauseDifference(
        key=clause.key,
        title=clause.document.title,
        kind=clause.document.kind.value,
        status="removed",
        is_moved=False,
        meaning_before=clause.meaning_revision,
        meaning_after=None,
        is_held=False,
        proposal=None,
        fields=field_differences(clause.document, None),
        blocks=block_differences(clause.document, None),
    )


def field_differences(
    before: ClauseDocument | None, after: ClauseDocument | None
) -> tuple[FieldDifference, ...]:
    """Return the fields outside the blocks that read differently, in the order people read them."""
    old, new = _readings(before), _readings(after)
    return tuple(
        FieldDifference(name, tuple(word_segments(old.get(name, ""), new.get(name, ""))))
        for name in _FIELDS
        if old.get(name, "") != new.get(name, "")
    )


def block_differences(
    before: ClauseDocument | None, after: ClauseDocument | None
) -> tuple[BlockDifference, ...]:
    """Return the blocks that differ, those of ``after`` first, in order."""
    if before is not None and after is not None:
        pairs = block_pairs(before, after)
    elif after is not None:
        pairs = [(None, block) for block in after.blocks]
    else:
        pairs = [(block, None) for block in (before.blocks if before else ())]
    return tuple(_block_difference(old, new) for old, new in pairs if old != new)


_FIELDS = (
    "title",
    "question",
    "kind",
    "answers",
    "severities",
    "modalities",
    "evidence_kinds",
    "requires",
    "relations",
    "codes",
    "language",
    "translations",
)


def _readings(document: ClauseDocument | None) -> Mapping[str, str]:
    """Return each field as one text, lists as comma-separated lines."""
    if document is None:
        return {}
    required = [name for name in ("evidence", "reason", "severity") if getattr(document.requires, name)]
    return {
        "title": document.title,
        "question": document.question,
        "kind": document.kind.value,
        "answers": "\n".join(
            f"{answer.label} ({answer.value}{', harmful' if answer.harmful else ''})"
            for answer in document.answers
        ),
        "severities": "\n".join(f"{severity.value} {severity.label}" for severity in document.severities),
        "modalities": ", ".join(sorted(document.modalities)),
        "evidence_kinds": ", ".join(sorted(kind.replace("_", " ") for kind in document.evidence_kinds)),
        "requires": ", ".join(required),
        "relations": "\n".join(f"{r.kind.replace('_', ' ')} {r.clause_key}" for r in document.relations),
        "codes": "\n".join(f"{code.taxonomy} {code.code}" for code in document.codes),
        "language": document.language,
        "translations": "\n".join(
            f"{translation.language} {passage.at}: {passage.text}"
            for translation in sorted(document.translations, key=lambda one: one.language)
            for passage in sorted(translation.passages, key=lambda one: one.at)
            if passage.text
        ),
    }


def _block_difference(
    before: ProseBlock | ExamplesBlock | None, after: ProseBlock | ExamplesBlock | None
) -> BlockDifference:
    block = after or before
    if block is None:
        raise ValueError("a pair of blocks has at least one block")
    status: Status = "added" if before is None else "removed" if after is None else "changed"
    if isinstance(block, ExamplesBlock):
        old = before.items if isinstance(before, ExamplesBlock) else ()
        new = after.items if isinstance(after, ExamplesBlock) else ()
        return BlockDifference(block.id, block.type.value, status, items=_item_differences(old, new))
    old_text = before.text if isinstance(before, ProseBlock) else ""
    new_text = after.text if isinstance(after, ProseBlock) else ""
    return BlockDifference(
        block.id, block.type.value, status, segments=tuple(word_segments(old_text, new_text))
    )


def _item_differences(old: Sequence[ExampleItem], new: Sequence[ExampleItem]) -> tuple[ItemDifference, ...]:
    """Pair examples by their text; those of the later list first, in order, then the ones that went out."""
    left: dict[tuple[str, ...], ExampleItem] = {item.identity: item for item in old}
    rows: list[ItemDifference] = []
    for item in new:
        twin = left.pop(item.identity, None)
        rows.append(_item_difference(twin, item))
    rows += [_item_difference(item, None) for item in left.values()]
    return tuple(rows)


def _item_difference(before: ExampleItem | None, after: ExampleItem | None) -> ItemDifference:
    status: Status
    if before is None or after is None:
        status = "added" if before is None else "removed"
    else:
        status = "unchanged" if before == after else "changed"

    def text(name: str) -> tuple[Segment, ...]:
        old: Any = getattr(before, name, "")
        new: Any = getattr(after, name, "")
        return tuple(word_segments(old, new))

    return ItemDifference(
        status=status,
        text=text("text"),
        why=text("why"),
        ruling_before=before.ruling if before else "",
        ruling_after=after.ruling if after else "",
        media_before=tuple(shown.asset_id for shown in before.media) if before else (),
        media_after=tuple(shown.asset_id for shown in after.media) if after else (),
    )
