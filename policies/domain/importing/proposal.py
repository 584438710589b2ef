"""What an import proposes: clauses, and a sentence for everything that was moved, assumed or left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from policies.domain.clause_documents import ClauseDocument

_LONGEST_KEY = 64


class NoteKind(StrEnum):
    """What a note tells.

    ``problem`` is a file that could not be read; ``left_out`` is text that is not in the proposal; ``moved`` is text
    that went where nothing in the document said it belongs; ``changed`` is text that differs from the document's;
    ``assumed`` is a setting that the document does not name.
    """

    PROBLEM = "problem"
    LEFT_OUT = "left_out"
    MOVED = "moved"
    CHANGED = "changed"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence on one place; ``line`` counts from 1, 0 for the file as such."""

    kind: NoteKind
    sentence: str
    file: str = ""
    line: int = 0
    clause_key: str = ""


@dataclass(frozen=True, slots=True)
class ProposedClause:
    """A clause as it would be written, and where it stood; ``is_left_out`` when it looks like no rule."""

    key: str
    parent_key: str
    document: ClauseDocument
    file: str
    line: int
    is_left_out: bool = False
    why_left_out: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A policy as an import would write it; ``release_notes`` hold what belongs to no single clause."""

    key: str
    title: str
    summary: str = ""
    release_notes: str = ""
    clauses: tuple[ProposedClause, ...] = ()
    notes: tuple[Note, ...] = ()
    is_exact: bool = False
    files: tuple[str, ...] = field(default=())


def key_from(title: str) -> str:
    """Return the key a title suggests, such as ``weapons-sale``; empty when it has no Latin letters or digits."""
    plain = unicodedata.normalize("NFKD", title)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")
    words = re.sub(r"^[0-9-]+", "", words)
    if len(words) > _LONGEST_KEY:
        words = words[: _LONGEST_KEY + 1].rpartition("-")[0] or words[:_LONGEST_KEY]
    return words.strip("-")


def key_free(title: str, taken: Collection[str], *, otherwise: str = "clause") -> str:
    """Return the key of `key_from` that is not in ``taken``, numbered when it must be."""
    wanted = key_from(title) or otherwise
    key, number = wanted, 1
    while key in taken:
        number += 1
        ending = f"-{number}"
        key = wanted[: _LONGEST_KEY - len(ending)].rstrip("-") + ending
    return key


def clauses_renamed(clauses: Iterable[ProposedClause], names: dict[str, str]) -> tuple[ProposedClause, ...]:
    """Return clauses with keys, parents and relations renamed by ``names`` (old → new)."""
    renamed = []
    for clause in clauses:
        relations = tuple(
            relation.model_copy(update={"clause_key": names.get(relation.clause_key, relation.clause_key)})
            for relation in clause.document.relations
        )
        document = clause.document.model_copy(update={"relations": relations})
        renamed.append(
            replace(
                clause,
                key=names.get(clause.key, clause.key),
                parent_key=names.get(clause.parent_key, clause.parent_key),
                document=document,
            )
        )
    return tuple(renamed)


def notes_joined(notes: Iterable[Note]) -> list[Note]:
    """Return notes with those of one sentence on one clause of one file made one, which names the lines."""
    groups: dict[Note, list[int]] = {}
    for note in notes:
        groups.setdefault(replace(note, line=0), []).append(note.line)
    joined: list[Note] = []
    for note, lines in groups.items():
        first, *others = lines
        if others and first:
            named = ", ".join(str(line) for line in lines[:8]) + (" and more" if len(lines) > 8 else "")
            note = replace(note, sentence=f"{note.sentence.removesuffix('.')} (lines {named}).")
        joined.append(replace(note, line=first))
    return joined
