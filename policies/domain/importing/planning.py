"""Which sections of a document are clauses, and which are blocks of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from policies.domain.clause_documents import BlockType
from policies.domain.importing.clause_draft import ClauseDraft, Ruled
from policies.domain.importing.example_texts import examples_found
from policies.domain.importing.plain_prose import prose_into
from policies.domain.importing.proposal import NoteKind
from policies.domain.importing.roles import Role, bare_title, label_of, labelled_clause, role_of, side_of
from policies.domain.importing.section_reading import section_into
from policies.domain.importing.sections import HeadedDocument, Section

DEEPEST_CLAUSE = 4


@dataclass(slots=True)
class Planned:
    """A clause to be, with those under it; ``why_left_out`` says why it is proposed but not chosen."""

    draft: ClauseDraft
    children: list[Planned] = field(default_factory=list)
    why_left_out: str = ""
    code: str = ""


def document_planned(document: HeadedDocument, *, title: str) -> tuple[ClauseDraft, list[Planned]]:
    """Return what a document says for all its clauses together, and its clauses in order.

    One clause for a document whose headings only name blocks or labels; one each for “(DRUGS) Drugs” and for
    “X – violates” with “X – safe”; otherwise a tree of one clause for every heading that names a subject. What stands
    above several clauses and belongs to none is the first part.
    """
    root = document.root
    file = document.source.name
    pairs = list(_with_parents(root))
    whole = ClauseDraft(title, file, root.line)
    if any(side_of(section.title) for section, _ in pairs):
        return _sided(document, whole)
    labelled = [section for section, _ in pairs if labelled_clause(section.title)]
    if labelled:
        return _labelled(root, labelled, whole)
    codes = {label.code for section, parent in pairs if (label := label_of(section.title, parent=parent))}
    if len(codes) >= 2 or not any(_is_subject(child) for child in root.children):
        prose_into(whole, root.lines)
        for child in root.children:
            section_into(whole, child)
        return ClauseDraft("", file, root.line), [Planned(whole, why_left_out=_why_left_out(title))]
    children: list[Planned] = []
    prose_into(whole, root.lines)
    _children_planned(whole, root, children, depth=1)
    for planned in children:
        planned.why_left_out = planned.why_left_out or _why_left_out(title)
    if len(children) == 1 and not children[0].why_left_out:
        only = children[0].draft
        whole.title = only.title
        whole.taken_in(only)
        return ClauseDraft("", file, root.line), [replace(children[0], draft=whole)]
    return whole, children


def _children_planned(draft: ClauseDraft, section: Section, into: list[Planned], *, depth: int) -> None:
    for child in section.children:
        role = role_of(child.title)
        if role is Role.GROUP and any(role_of(below.title) is Role.OTHER for below in child.children):
            prose_into(draft, child.lines)
            _children_planned(draft, child, into, depth=depth)
        elif role is Role.AFTERWARDS and depth == 1:
            into.append(_planned(draft, child, depth=DEEPEST_CLAUSE, why=_why_left_out(child.title)))
        elif role is Role.OTHER and depth <= DEEPEST_CLAUSE:
            into.append(_planned(draft, child, depth=depth + 1))
        else:
            section_into(draft, child)


def _planned(above: ClauseDraft, section: Section, *, depth: int, why: str = "") -> Planned:
    draft = ClauseDraft(bare_title(section.title), above.file, section.line)
    planned = Planned(draft, why_left_out=why)
    prose_into(draft, section.lines)
    if why:
        for child in section.children:
            section_into(draft, child)
    else:
        _children_planned(draft, section, planned.children, depth=depth)
    if draft.is_empty and planned.children:
        names = "\n".join(f"- {child.draft.title}" for child in planned.children)
        draft.add(BlockType.DEFINITION, f"What stands below it:\n\n{names}")
        draft.note(
            NoteKind.ASSUMED,
            f"“{draft.title}” has no text of its own; its definition lists what stands below it.",
        )
    return planned


def _is_subject(section: Section) -> bool:
    """Tell whether a heading names a subject of its own, or groups headings that do."""
    role = role_of(section.title)
    if role is Role.GROUP:
        return any(_is_subject(child) for child in section.children)
    return role is Role.OTHER and label_of(section.title) is None


def _why_left_out(title: str) -> str:
    if role_of(title) is not Role.AFTERWARDS:
        return ""
    return "It says what happens around the rules, not what a post is judged by. Bring it in if it is a rule."


def _with_parents(section: Section) -> Iterator[tuple[Section, str]]:
    for child in section.children:
        yield child, section.title
        yield from _with_parents(child)


def _labelled(
    root: Section, labelled: list[Section], whole: ClauseDraft
) -> tuple[ClauseDraft, list[Planned]]:
    """Plan a document whose headings name labels with both their sides, as CoPE policies do."""
    clauses = []
    for section in labelled:
        code, name = labelled_clause(section.title) or ("", section.title)
        draft = ClauseDraft(name, whole.file, section.line)
        prose_into(draft, section.lines)
        for child in section.children:
            section_into(draft, child)
        clauses.append(Planned(draft, code=code))
    prose_into(whole, root.lines)
    _rest_into(whole, root, {id(section) for section in labelled})
    if len(clauses) > 1:
        return whole, clauses
    whole.title = clauses[0].draft.title
    whole.taken_in(clauses[0].draft)
    return ClauseDraft("", whole.file, root.line), [replace(clauses[0], draft=whole)]


def _rest_into(draft: ClauseDraft, section: Section, taken: set[int]) -> None:
    """Read the sections that are not ``taken`` and hold none that is."""
    for child in section.children:
        if id(child) in taken:
            continue
        if any(id(below) in taken for below in child.walk()):
            prose_into(draft, child.lines)
            _rest_into(draft, child, taken)
        else:
            section_into(draft, child)


_RULING = re.compile(r"\b([A-Z][A-Za-z]{0,7}\d{0,2}|All(?: categories)?|all others)\s*=\s*([01])\b")


def _sided(document: HeadedDocument, whole: ClauseDraft) -> tuple[ClauseDraft, list[Planned]]:
    """Plan a document that gives each category what violates it and what is safe, and one table of definitions."""
    root = document.root
    drafts: dict[str, Planned] = {}
    taken: set[int] = set()
    for section, _ in _with_parents(root):
        side = side_of(section.title)
        if side is None:
            continue
        code, name = _code_and_name(side[0])
        planned = drafts.setdefault(
            code, Planned(ClauseDraft(name, document.source.name, section.line), code=code)
        )
        prose_into(planned.draft, section.lines, sure=BlockType.USE_WHEN if side[1] else BlockType.AVOID_WHEN)
        taken.add(id(section))
    for section, _ in _with_parents(root):
        rulings = _RULING.findall(section.title)
        if rulings:
            _ruled_into(drafts, section, rulings)
            taken.add(id(section))
        else:
            _definitions_into(drafts, section)
    prose_into(whole, root.lines)
    _rest_into(whole, root, taken)
    return whole, list(drafts.values())


def _code_and_name(subject: str) -> tuple[str, str]:
    found = re.fullmatch(r"([A-Z][A-Z0-9]{0,7})\s*\((.+)\)", subject)
    return (found.group(1), found.group(2).strip()) if found else (subject, subject)


def _ruled_into(drafts: dict[str, Planned], section: Section, rulings: list[tuple[str, str]]) -> None:
    """Give an example to every category its heading rules; “All = 0” is a counter-example everywhere."""
    told = {code: value == "1" for code, value in rulings}
    everywhere = told.get("All", told.get("All categories"))
    why = section.title.partition("(")[2].rstrip(")") if "previous" in section.title else ""
    for code, planned in drafts.items():
        is_covered = told.get(code, everywhere)
        if is_covered is None:
            continue
        for example in examples_found(section.lines):
            found = replace(example, label="yes" if is_covered else "no", why=example.why or why)
            planned.draft.examples.append(Ruled(found, is_covered))


def _definitions_into(drafts: dict[str, Planned], section: Section) -> None:
    """Take the rows “| S | Sexual | … |” or “- **S**: …” that define a category out of a section, for its clause."""
    kept = []
    for number, text in section.lines:
        bare = re.sub(r"\*\*|`", "", text).strip()
        cells = [cell.strip() for cell in bare.strip("|").split("|")]
        item = re.match(r"[-*+]\s+([A-Z][A-Z0-9]{0,7})\s*(?:\([^)]*\))?\s*[:–—-]\s+(.+)$", bare)
        code, words = ("", "")
        if bare.startswith("|") and len(cells) >= 2:
            code, words = cells[0], cells[-1]
        elif item:
            code, words = item.group(1), item.group(2)
        if code in drafts:
            drafts[code].draft.add(BlockType.DEFINITION, words)
        else:
            kept.append((number, text))
    if len(kept) < len(section.lines):
        rest = [row for row in kept if row[1].strip() and not re.fullmatch(r"\|?[\s:|-]+\|?", row[1].strip())]
        is_head = len(rest) == 1 and rest[0][1].strip().startswith("|")
        section.lines = [] if is_head else kept
