"""What an import would write into a project, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from core.accounts.selectors import Actor, Capability, project_get
from core.content.selectors import assets_in
from policies.domain.clause_documents import ClauseDocument, ExamplesBlock
from policies.domain.completeness import clause_problems
from policies.domain.importing.proposal import (
    Note,
    NoteKind,
    Proposal,
    ProposedClause,
    clauses_renamed,
    key_free,
    notes_joined,
)
from policies.domain.importing.reading import proposal_read
from policies.domain.importing.sources import Given, SourceRefusedError
from policies.errors import ImportNothingError, ImportRefusedError
from policies.models import ClauseIdentity, Policy
from policies.selectors.access import policy_visible_get


@dataclass(frozen=True, slots=True)
class PreviewClause:
    """A proposed clause and what keeps it from being released: (field, sentence)."""

    clause: ProposedClause
    problems: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A proposal whose keys are free in the project, clause by clause."""

    proposal: Proposal
    clauses: tuple[PreviewClause, ...]


def import_preview(
    actor: Actor, *, project_id: UUID, given: Iterable[Given], policy_id: UUID | None = None
) -> ImportPreview:
    """Return what files would become, as a new policy or as a draft of ``policy_id``; nothing is written.

    Raises
    ------
    ImportRefusedError
        When the files cannot be looked at as a whole.
    ImportNothingError
        When no clause came out of them; every reason travels with its file and line.
    """
    project = project_get(actor, project_id, needs=Capability.POLICY_EDIT)
    policy = policy_visible_get(actor, policy_id, needs=Capability.POLICY_EDIT) if policy_id else None
    try:
        proposal = proposal_read(given)
    except SourceRefusedError as error:
        raise ImportRefusedError(problem=str(error)) from None
    if not proposal.clauses:
        raise ImportNothingError(
            [
                {"path": f"{note.file}:{note.line}" if note.line else note.file, "message": note.sentence}
                for note in proposal.notes
            ][:100]
        )
    if policy is not None and policy.project_id == project.pk:
        proposal = replace(proposal, key=policy.key)
    elif Policy.objects.filter(project=project, key=proposal.key).exists():
        taken = set(Policy.objects.filter(project=project).values_list("key", flat=True))
        proposal = replace(proposal, key=key_free(proposal.key, taken, otherwise="policy"))
    proposal = _media_known(_keys_free(proposal, project.pk, policy), project.pk)
    return ImportPreview(
        proposal=proposal,
        clauses=tuple(
            PreviewClause(clause, tuple(clause_problems(clause.document))) for clause in proposal.clauses
        ),
    )


def _keys_free(proposal: Proposal, project_id: UUID, policy: Policy | None) -> Proposal:
    """Give clauses whose key another policy of the project has one with the policy's key before it; say so."""
    rows = ClauseIdentity.objects.filter(project_id=project_id)
    if policy is not None:
        rows = rows.exclude(policy=policy)
    elsewhere = set(rows.values_list("key", flat=True))
    taken = {clause.key for clause in proposal.clauses} | elsewhere
    names: dict[str, str] = {}
    notes: list[Note] = []
    for clause in proposal.clauses:
        if clause.key in elsewhere:
            new = key_free(f"{proposal.key}-{clause.key}", taken)
            taken.add(new)
            names[clause.key] = new
            sentence = f"The key {clause.key} belongs to another policy here, so this clause is called {new}."
            notes.append(Note(NoteKind.CHANGED, sentence, clause.file, clause.line, new))
    if not names:
        return proposal
    kept = [replace(note, clause_key=names.get(note.clause_key, note.clause_key)) for note in proposal.notes]
    return replace(
        proposal,
        clauses=clauses_renamed(proposal.clauses, names),
        notes=tuple(notes_joined([*kept, *notes])),
        is_exact=False,
    )


def _media_known(proposal: Proposal, project_id: UUID) -> Proposal:
    """Take pictures out of examples that are none of this project's, and examples that then show nothing; say so."""
    cited = {asset for clause in proposal.clauses for asset in _assets(clause.document)}
    if not cited:
        return proposal
    known = {str(pk) for pk in assets_in(project_id).filter(pk__in=cited).values_list("pk", flat=True)}
    if cited <= known:
        return proposal
    clauses: list[ProposedClause] = []
    notes: list[Note] = []
    for clause in proposal.clauses:
        lost = [asset for asset in _assets(clause.document) if asset not in known]
        if lost:
            sentence = (
                f"{len(lost)} of its examples’ pictures or clips are not in this project and stay out. "
                "Bring the files in, then show them again."
            )
            notes.append(Note(NoteKind.LEFT_OUT, sentence, clause.file, clause.line, clause.key))
            clause = replace(clause, document=_without_media(clause.document, known))
        clauses.append(clause)
    return replace(proposal, clauses=tuple(clauses), notes=(*proposal.notes, *notes), is_exact=False)


def _assets(document: ClauseDocument) -> list[str]:
    return [
        shown.asset_id
        for block in document.blocks
        if isinstance(block, ExamplesBlock)
        for item in block.items
        for shown in item.media
    ]


def _without_media(document: ClauseDocument, known: set[str]) -> ClauseDocument:
    blocks = []
    for block in document.blocks:
        if isinstance(block, ExamplesBlock):
            items = [
                item.model_copy(
                    update={"media": tuple(shown for shown in item.media if shown.asset_id in known)}
                )
                for item in block.items
            ]
            block = block.model_copy(
                update={"items": tuple(item for item in items if item.text or item.media)}
            )
        blocks.append(block)
    return document.model_copy(update={"blocks": tuple(blocks)})
