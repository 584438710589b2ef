"""Everything somebody hands in as one proposal: the only door into this package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from policies.domain.clause_documents import LONGEST_LINE, BlockType, Relation, RelationKind
from policies.domain.importing.clause_draft import ClauseDraft, Ruled, clause_made
from policies.domain.importing.example_texts import FoundExample
from policies.domain.importing.harm_taxonomies import taxonomy_planned
from policies.domain.importing.labelled_rows import LabelledTable, table_read
from policies.domain.importing.own_json import (
    is_own_json,
    json_read,
    own_proposal,
    without_unknown_parents,
)
from policies.domain.importing.own_markdown import guide_proposal, is_own_markdown
from policies.domain.importing.planning import Planned, document_planned
from policies.domain.importing.proposal import (
    Note,
    NoteKind,
    Proposal,
    ProposedClause,
    key_free,
    key_from,
    notes_joined,
)
from policies.domain.importing.roles import Label, harm_of_name
from policies.domain.importing.sections import HeadedDocument, document_read
from policies.domain.importing.sources import Given, Source, sources_read

MOST_CLAUSES = 300
_GENERIC = {"policy", "criteria", "rules", "guidelines", ""}
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((?!https?://|mailto:)([^()\s]{0,500})\)")
_LONGEST_NOTES = 20_000


@dataclass(slots=True)
class _Gathered:
    """What the files gave: clauses planned, text for no single clause, tables."""

    planned: list[Planned] = field(default_factory=list)
    shared: list[ClauseDraft] = field(default_factory=list)
    tables: list[LabelledTable] = field(default_factory=list)
    title: str = ""
    prefix: str = ""


def proposal_read(given: Iterable[Given]) -> Proposal:
    """Read files into one proposed policy.

    A policy that Concord exported comes back as it was (one at a time). Otherwise every document gives a clause, or a
    tree of them; a harm taxonomy one clause a category; rows of labelled tables become examples of the clause that
    their file is named after or whose labels they carry.

    Raises
    ------
    SourceRefusedError
        When there is too much to look at, or an archive cannot be opened.
    """
    sources, notes = sources_read(given)
    files = tuple(source.name for source in sources)
    own = _own(sources, notes)
    if own is not None:
        return replace(_bounded(own), files=files)
    gathered = _gathered(sources, notes)
    _tables_in(gathered, notes)
    title = _policy_title(gathered, sources)
    clauses, clause_notes = _clauses(gathered.planned)
    proposal = Proposal(
        key=key_from(title) or "policy",
        title=title,
        release_notes=_shared_text(gathered.shared, notes),
        clauses=tuple(clauses),
        notes=tuple(notes_joined([*notes, *clause_notes])),
        files=files,
    )
    return _bounded(proposal)


def _own(sources: Sequence[Source], notes: list[Note]) -> Proposal | None:
    """Return the policy of the first exported file, when there is one; the other files are named as left out."""
    for source in sources:
        proposal = None
        if source.ending == "json":
            data = json_read(source, notes)
            if is_own_json(data):
                proposal = own_proposal(source, data, notes)
            elif data is not None:
                sentence = "It is JSON, but no policy that Concord exported."
                notes.append(Note(NoteKind.LEFT_OUT, sentence, source.name))
        elif source.ending in ("md", "markdown", "txt", "") and is_own_markdown(source.text):
            proposal = guide_proposal(source, notes)
        if proposal is None:
            continue
        others = [
            Note(NoteKind.LEFT_OUT, f"{source.name} is a whole policy, so only that was read.", other.name)
            for other in sources
            if other is not source
        ]
        return replace(
            proposal,
            clauses=tuple(without_unknown_parents(proposal.clauses)),
            notes=(*proposal.notes, *others),
        )
    return None


def _gathered(sources: Sequence[Source], notes: list[Note]) -> _Gathered:
    gathered = _Gathered()
    documents: list[HeadedDocument] = []
    for source in sources:
        if source.ending == "json":
            continue
        if source.ending in ("csv", "tsv"):
            table = table_read(source, notes)
            if table is not None:
                gathered.tables.append(table)
        elif source.ending in ("yaml", "yml"):
            planned = taxonomy_planned(source, notes)
            gathered.title = gathered.title or ("Harm taxonomy" if planned else "")
            gathered.planned += planned
        elif source.ending in ("md", "markdown", "txt") or not re.fullmatch(r"[a-z0-9]{1,5}", source.ending):
            documents.append(document_read(source, notes))
        else:
            sentence = (
                "Files of this kind are not read. Bring in .md, .txt, .csv, .json, .yaml or a .zip of them."
            )
            notes.append(Note(NoteKind.LEFT_OUT, sentence, source.name))
    prefix = gathered.prefix = _common_word([document.title for document in documents])
    for document in documents:
        _document_in(gathered, document, prefix=prefix, is_alone=len(documents) == 1)
    return gathered


def _document_in(gathered: _Gathered, document: HeadedDocument, *, prefix: str, is_alone: bool) -> None:
    title = clause_title(document.title, prefix=prefix)
    if title.lower() in _GENERIC:
        title = _title_of_file(document.source.stem)
    shared, planned = document_planned(document, title=title)
    if is_alone:
        whole = title if len(planned) == 1 or document.title.lower() in _GENERIC else document.title
        gathered.title = gathered.title or whole
    if shared.is_empty or (is_alone and len(planned) != 1):
        gathered.planned += planned
        if not shared.is_empty:
            gathered.shared.append(shared)
        return
    shared.title = title
    gathered.planned.append(Planned(shared, planned))


def clause_title(title: str, *, prefix: str = "") -> str:
    """Return a document's title as a clause's: without “Policy”, a mark such as (#DC), or what all begin with."""
    bare = re.sub(r"\s*\(#?[A-Z0-9-]{1,10}\)\s*$", "", title).strip()
    if prefix and bare.startswith(f"{prefix} "):
        bare = bare[len(prefix) + 1 :]
    shorter = re.sub(r"\s+(policy|rules?)$", "", bare, flags=re.IGNORECASE)
    return (shorter if len(shorter) > 2 else bare)[:LONGEST_LINE]


def _title_of_file(stem: str) -> str:
    words = " ".join(re.sub(r"[_-]+", " ", stem).split())
    return (words[:1].upper() + words[1:])[:LONGEST_LINE] or "Imported policy"


def _common_word(titles: Sequence[str]) -> str:
    """Return the first word of all titles, when there are several and it is one, such as the platform's name."""
    firsts = {title.split(" ", 1)[0] for title in titles if title}
    return firsts.pop() if len(titles) > 1 and len(firsts) == 1 and "" not in titles else ""


def _policy_title(gathered: _Gathered, sources: Sequence[Source]) -> str:
    if gathered.title:
        return gathered.title
    if len(gathered.planned) == 1:
        return gathered.planned[0].draft.title
    folders = {source.name.rpartition("/")[0].rpartition("/")[2] for source in sources}
    tops = {source.name.partition("/")[0] for source in sources if "/" in source.name}
    folder = folders.pop() if len(folders) == 1 else (tops.pop() if len(tops) == 1 else "")
    if folder:
        return _title_of_file(folder)
    return f"{gathered.prefix} rules" if gathered.prefix else "Imported policy"


def _walked(planned: Sequence[Planned]) -> list[Planned]:
    return [one for plan in planned for one in (plan, *_walked(plan.children))]


def _tables_in(gathered: _Gathered, notes: list[Note]) -> None:
    """Give the rows of each table to the clause they belong to; a table of its own becomes a clause."""
    for table in gathered.tables:
        everywhere = _walked(gathered.planned)
        stem = key_from(table.source.stem)
        labels = {row.label.lower() for row in table.rows}
        home = next(
            (
                one
                for one in everywhere
                if stem in (key_from(one.draft.title), key_from(Source(one.draft.file, "").stem))
            ),
            None,
        ) or next((one for one in everywhere if labels and labels <= one.draft.labels.keys()), None)
        if home is None and len(everywhere) == 1 and not any(row.clause for row in table.rows):
            home = everywhere[0]
        if home is None:
            home = Planned(ClauseDraft(_title_of_file(table.source.stem), table.source.name, 1))
            _labels_assumed(home.draft, table)
            gathered.planned.append(home)
        by_key = {key_from(one.draft.title): one for one in everywhere}
        by_key |= {one.code.lower(): one for one in everywhere if one.code}
        for row in table.rows:
            target = by_key.get(key_from(row.clause), home) if row.clause else home
            is_covered = harm_of_name(row.label) if row.label else True
            found = FoundExample(row.text, row.label, row.why, row.line)
            target.draft.examples.append(Ruled(found, is_covered, table.source.name))
        count = len({row.line for row in table.rows})
        sentence = f"{count} row{'' if count == 1 else 's'} became {len(table.rows)} examples of “{home.draft.title}”."
        notes.append(Note(NoteKind.MOVED, sentence, table.source.name))


def _labels_assumed(draft: ClauseDraft, table: LabelledTable) -> None:
    """Take the labels of a table that has no rule beside it as the answers, harmful by their names."""
    names = list(dict.fromkeys(row.label for row in table.rows if row.label))[:20]
    draft.add(
        BlockType.DEFINITION,
        f"What the {len(table.rows)} examples of {table.source.name} show. Write down what they have in common.",
    )
    for name in names:
        draft.labels[name.lower()] = Label(name, name, harm_of_name(name))
    draft.note(NoteKind.ASSUMED, "The table comes without a rule: its definition is yours to write.")


def _shared_text(drafts: Sequence[ClauseDraft], notes: list[Note]) -> str:
    """Return what belongs to no single clause, as the notes of the release, and say so."""
    pieces: list[str] = []
    for draft in drafts:
        lines = sorted(note.line for note in draft.notes if note.line) or [draft.line]
        for passages in draft.prose.values():
            pieces += passages
        pieces += [f"- Example: {ruled.example.text}" for ruled in draft.examples]
        sentence = "What stands above the clauses and belongs to none of them became the notes of the draft."
        notes.append(Note(NoteKind.MOVED, sentence, draft.file, lines[0]))
    text = "\n\n".join(pieces)
    if len(text) > _LONGEST_NOTES:
        notes.append(
            Note(NoteKind.LEFT_OUT, "The end of these notes is longer than notes may be.", drafts[0].file)
        )
    return text[:_LONGEST_NOTES]


def _clauses(planned: Sequence[Planned]) -> tuple[list[ProposedClause], list[Note]]:
    taken: set[str] = set()
    placed: list[tuple[str, str, Planned]] = []

    def place(plans: Sequence[Planned], parent: str) -> None:
        for plan in plans:
            if len(placed) == MOST_CLAUSES:
                return
            key = key_free(
                plan.draft.title, taken, otherwise=key_from(Source(plan.draft.file, "").stem) or "clause"
            )
            taken.add(key)
            placed.append((key, parent, plan))
            place(plan.children, key)

    place(planned, "")
    _links_resolved(placed)
    clauses: list[ProposedClause] = []
    notes: list[Note] = []
    lost = len(_walked(planned)) - len(placed)
    if lost:
        notes.append(_too_many(lost))
    for key, parent, plan in placed:
        document = clause_made(plan.draft)
        clauses.append(
            ProposedClause(
                key=key,
                parent_key=parent,
                document=document,
                file=plan.draft.file,
                line=plan.draft.line,
                is_left_out=bool(plan.why_left_out),
                why_left_out=plan.why_left_out,
            )
        )
        notes += [replace(note, clause_key=key) for note in plan.draft.notes]
    return clauses, notes


def _links_resolved(placed: Sequence[tuple[str, str, Planned]]) -> None:
    """Turn links into the repository the text came from into their words, and into “see also” where they lead to
    another clause of the import.
    """
    tops = [(Source(plan.draft.file, "").stem.lower(), key) for key, parent, plan in placed if not parent]
    stems = [stem for stem, _ in tops]
    homes = {stem: key for stem, key in tops if stems.count(stem) == 1}
    for key, _, plan in placed:
        draft = plan.draft
        found: set[str] = set()
        times = 0
        for passages in draft.prose.values():
            for at, text in enumerate(passages):
                for _, target in _LINK.findall(text):
                    times += 1
                    found.add(
                        target.partition("#")[0].rstrip("/").rpartition("/")[2].removesuffix(".md").lower()
                    )
                passages[at] = _LINK.sub(r"\1", text)
        others = sorted({homes[name] for name in found if name in homes and homes[name] != key})
        draft.relations += [Relation(kind=RelationKind.SEE_ALSO, clause_key=other) for other in others]
        if times:
            told = f"; “see also” names {', '.join(others)}" if others else ""
            links = "One link" if times == 1 else f"{times} links"
            draft.note(NoteKind.CHANGED, f"{links} into the document's own site became plain words{told}.")


def _bounded(proposal: Proposal) -> Proposal:
    """Keep as many clauses as one release holds; the others are named."""
    if len(proposal.clauses) <= MOST_CLAUSES:
        return proposal
    kept = without_unknown_parents(proposal.clauses[:MOST_CLAUSES])
    note = _too_many(len(proposal.clauses) - MOST_CLAUSES)
    return replace(proposal, clauses=tuple(kept), notes=(*proposal.notes, note))


def _too_many(lost: int) -> Note:
    sentence = (
        f"A policy holds at most {MOST_CLAUSES} clauses; the last {lost} are left out. Bring them in apart."
    )
    return Note(NoteKind.LEFT_OUT, sentence)
