"""What a policy-as-prompt judge is given: the prompt of each question of a release or draft, and its answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from core.accounts.selectors import Actor
from policies.domain.clause_documents import ClauseKind
from policies.domain.rendering.renderings import RenderingKind, rendered
from policies.domain.rendering.safeguard import MOST_TOKENS
from policies.errors import ClauseNotFoundError
from policies.models import Release
from policies.models.release import PUBLISHED, ReleaseState
from policies.selectors.access import drafts_are_visible, release_visible_get
from policies.selectors.clauses import placed_clauses
from policies.selectors.releases import release_current
from policies.selectors.renderings import release_head
from policies.tokens import token_count


@dataclass(frozen=True, slots=True)
class JudgedClause:
    """One question as a judge reads it.

    Attributes
    ----------
    prompt
        The gpt-oss-safeguard rendering of the clause.
    tokens
        Its length, by `policies.tokens`.
    answers
        The values of its scale, in order.
    """

    key: str
    title: str
    prompt: str
    tokens: int
    answers: tuple[str, ...]
    modalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedRelease:
    """A release or draft as judges read it, as it stands at this moment.

    Attributes
    ----------
    label
        Such as ``community-safety@3``; a draft says that it is one.
    decided_under
        The published release whose decisions the text can be compared with: itself when it is published, else the
        one of its policy in effect, else the one it was drafted from.
    """

    id: UUID
    project_id: UUID
    policy_id: UUID
    label: str
    is_published: bool
    decided_under: UUID | None
    clauses: tuple[JudgedClause, ...]


def release_judged(
    actor: Actor, release_id: UUID, *, clause_keys: Collection[str] = (), budget: int = MOST_TOKENS
) -> JudgedRelease:
    """Return a release or draft the actor may see as judges read it; all its questions when none is named.

    Raises
    ------
    ReleaseNotFoundError
    ClauseNotFoundError
        When it has no such question.
    """
    release = release_visible_get(actor, release_id)
    asked = {
        clause.key: clause
        for clause in placed_clauses(release)
        if clause.document.kind is ClauseKind.VERDICT and clause.document.answers
    }
    missing = [key for key in clause_keys if key not in asked]
    if missing:
        raise ClauseNotFoundError(key=missing[0])
    head = release_head(release)
    clauses = []
    for key, clause in asked.items():
        if clause_keys and key not in clause_keys:
            continue
        text = rendered(
            RenderingKind.SAFEGUARD,
            [clause],
            head=head,
            count=token_count,
            is_whole_release=False,
            budget=budget,
        )
        document = clause.document
        clauses.append(
            JudgedClause(
                key=key,
                title=document.title,
                prompt=text.text,
                tokens=text.tokens,
                answers=tuple(answer.value for answer in document.answers),
                modalities=tuple(document.modalities),
            )
        )
    is_published = release.is_published
    current = (
        None if is_published else release_current(release.policy.project_id, policy_key=release.policy.key)
    )
    return JudgedRelease(
        id=release.pk,
        project_id=release.policy.project_id,
        policy_id=release.policy_id,
        label=head.label,
        is_published=is_published,
        decided_under=release.pk if is_published else current.id if current else release.based_on_id,
        clauses=tuple(clauses),
    )


def releases_readable(actor: Actor, project_id: UUID) -> QuerySet[Release]:
    """Return the project's releases whose text the actor may read: published ones, and drafts for who writes policy.

    Callers have passed the project's door.
    """
    rows = Release.objects.filter(policy__project_id=project_id)
    if drafts_are_visible(actor, project_id):
        return rows.exclude(state=ReleaseState.DISCARDED)
    return rows.filter(state__in=PUBLISHED)
