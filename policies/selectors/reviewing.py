"""Who may review a release, who was asked, and what each has said about the text as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts.selectors import CAPABILITIES_OF, Actor, Capability, Role, members_of
from policies.models import Approval, Release
from policies.models.approval import ApprovalVerdict
from policies.selectors.access import release_visible_get
from policies.selectors.review import author_ids, review_sha256_of


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One person who may approve; ``answer`` is empty, or what they last said; ``counts`` for the text as it is."""

    person: Any
    is_author: bool
    is_asked: bool
    answer: str
    answered_at: datetime | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Reviewing:
    """How far the review of one release is."""

    required: int
    counted: int
    people: tuple[Reviewer, ...]


def reviewing_of(actor: Actor, release_id: UUID) -> Reviewing:
    """Return who may review the release, by name, and what they said."""
    release = release_visible_get(actor, release_id, needs=Capability.POLICY_APPROVE)
    authors = author_ids(release)
    asked = set(release.review_requests.filter(withdrawn_at__isnull=True).values_list("person_id", flat=True))
    text = review_sha256_of(release)
    said: dict[UUID, Approval] = {row.person_id: row for row in release.approvals.order_by("id")}
    people = [
        _reviewer(person, authors, asked, said.get(person.pk), text) for person in reviewers_possible(release)
    ]
    return Reviewing(
        required=release.policy.approvals_required,
        counted=sum(reviewer.counts for reviewer in people),
        people=tuple(people),
    )


def reviewers_possible(release: Release) -> list[Any]:
    """Return the people of the project who may approve policy, by name."""
    approving = {str(role) for role in Role if Capability.POLICY_APPROVE in CAPABILITIES_OF[role]}
    members = [row.user for row in members_of(release.policy.project) if not approving.isdisjoint(row.roles)]
    return sorted(members, key=lambda person: (person.display_name.casefold(), str(person.pk)))


def _reviewer(
    person: Any, authors: set[UUID], asked: set[UUID], said: Approval | None, text: str
) -> Reviewer:
    is_author = person.pk in authors
    return Reviewer(
        person=person,
        is_author=is_author,
        is_asked=person.pk in asked,
        answer=said.verdict if said else "",
        answered_at=said.created_at if said else None,
        counts=bool(
            said
            and said.verdict == ApprovalVerdict.APPROVED
            and said.reviewed_sha256 == text
            and not is_author
        ),
    )
