"""A proposal that somebody has looked over, written as a draft in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.errors import InvalidFieldsError
from policies.domain.clause_documents import ClauseDocument, clause_document_read, clause_json
from policies.domain.outline import OutlineError, Placement, outline_checked
from policies.errors import ClauseKeyTakenError, ClauseLimitError, OutlineInvalidError
from policies.models import Clause, ClauseIdentity, DraftVersion, Policy, Release
from policies.models.clause import ClauseChange
from policies.models.draft_version import DraftAction
from policies.models.release import PUBLISHED
from policies.selectors.access import policy_visible_get
from policies.selectors.clauses import clause_document_of
from policies.services.clauses import MOST_CLAUSES
from policies.services.drafts import draft_state
from policies.services.history import head_version_keep
from policies.services.policies import policy_create

Row = Mapping[str, Any]


@transaction.atomic
def policy_import(
    actor: Actor,
    *,
    project_id: UUID,
    key: str,
    title: str,
    clauses: Sequence[Row],
    summary: str = "",
    notes: str = "",
    files: Sequence[Mapping[str, str]] = (),
    policy_id: UUID | None = None,
) -> Release:
    """Write a draft with these clauses, in a new policy or, with ``policy_id``, in one that is there.

    In a policy that has releases the draft is based on the newest: what it says already counts as unchanged, what it
    says otherwise waits for the author's decision, and what the import lacks is no longer asked.

    Parameters
    ----------
    clauses
        ``{"key", "parent_key", "document"}`` in reading order.
    files
        Where it came from, as ``{"name", "sha256"}``; kept in the audit trail.

    Raises
    ------
    InvalidFieldsError
        Naming every clause that cannot be used, as ``clauses[3].document.title``.
    ClauseKeyTakenError
        When another policy of the project has one of the keys, or one stands twice.
    """
    project = project_get(actor, project_id, needs=Capability.POLICY_EDIT)
    if policy_id is None:
        policy = policy_create(actor, project_id=project.pk, key=key, title=title, summary=summary)
    else:
        policy = policy_visible_get(actor, policy_id, needs=Capability.POLICY_EDIT)
    documents = _documents(clauses)
    order = _order(clauses)
    base = Release.objects.filter(policy=policy, state__in=PUBLISHED).order_by("-number").first()
    release = Release.objects.create(
        policy=policy, based_on=base, title=title, notes=notes, created_by=actor.user
    )
    _keys_taken(policy, [placement.key for placement in order])
    before = {clause.key: clause_document_of(clause) for clause in base.clauses.all()} if base else {}
    rows = [
        _clause(actor, release, placement, position, documents[placement.key], before.get(placement.key))
        for position, placement in enumerate(order)
    ]
    Clause.objects.bulk_create(rows)
    DraftVersion.objects.bulk_create(
        DraftVersion(
            release=release,
            clause_key=row.key,
            version=row.version,
            action=DraftAction.ADDED,
            document=clause_json(documents[row.key]),
            saved_by=actor.user,
        )
        for row in rows
    )
    head_version_keep(actor, release, draft_state(release))
    audit_record(
        actor,
        action="policy.import",
        project=project,
        target=release,
        data={
            "policy": policy.key,
            "clauses": len(rows),
            "files": [dict(file) for file in files],
            "based_on": str(base.pk) if base else None,
        },
    )
    return release


def _documents(clauses: Sequence[Row]) -> dict[str, ClauseDocument]:
    if len(clauses) > MOST_CLAUSES:
        raise ClauseLimitError(most=MOST_CLAUSES)
    errors: list[dict[str, str]] = []
    documents: dict[str, ClauseDocument] = {}
    for number, row in enumerate(clauses):
        document, problems = clause_document_read(row["document"])
        errors += [
            {**problem, "path": f"clauses[{number}].document.{problem['path']}".rstrip(".")}
            for problem in problems
        ]
        if row["key"] in documents:
            raise ClauseKeyTakenError(key=row["key"], where="this import")
        if document is not None:
            documents[row["key"]] = document
    if not clauses:
        errors.append({"path": "clauses", "message": "Choose at least one clause."})
    if errors:
        raise InvalidFieldsError(errors)
    return documents


def _order(clauses: Sequence[Row]) -> list[Placement]:
    placements = [Placement(row["key"], row.get("parent_key", "")) for row in clauses]
    try:
        return outline_checked(placements, keys={row["key"] for row in clauses})
    except OutlineError as error:
        raise OutlineInvalidError(problem=str(error)) from None


def _keys_taken(policy: Policy, keys: Sequence[str]) -> None:
    """Take the keys for this policy, for ever, in two statements."""
    known = {
        identity.key: identity
        for identity in ClauseIdentity.objects.select_related("policy").filter(
            project=policy.project, key__in=keys
        )
    }
    for key in keys:
        if key in known and known[key].policy_id != policy.pk:
            raise ClauseKeyTakenError(key=key, where=f"the policy “{known[key].policy.title}”")
    try:
        with transaction.atomic():
            ClauseIdentity.objects.bulk_create(
                ClauseIdentity(project=policy.project, policy=policy, key=key)
                for key in keys
                if key not in known
            )
    except IntegrityError as error:
        if "clause_key_once_per_project" in str(error):
            raise ClauseKeyTakenError(key=keys[0], where="another policy, since just now") from None
        raise


def _clause(
    actor: Actor,
    release: Release,
    placement: Placement,
    position: int,
    document: ClauseDocument,
    before: ClauseDocument | None,
) -> Clause:
    change = ClauseChange.NEW
    if before is not None:
        change = ClauseChange.NONE if before == document else ClauseChange.UNDECIDED
    return Clause(
        release=release,
        key=placement.key,
        parent_key=placement.parent_key,
        position=position,
        change=change,
        edited_by=actor.user,
        **clause_json(document),
    )
