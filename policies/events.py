"""What policies tell the apps above."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReleasePublished:
    """A release became immutable and has a number; told in the publishing transaction."""

    project_id: UUID
    policy_id: UUID
    release_id: UUID
    number: int
    raised_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleaseTookEffect:
    """A release is the one that is asked under from now on; told once, on its day, maybe long after publishing."""

    project_id: UUID
    policy_id: UUID
    release_id: UUID


@dataclass(frozen=True, slots=True)
class ReleaseRetired:
    """A release is no longer asked under; answers citing it stay what they were."""

    project_id: UUID
    policy_id: UUID
    release_id: UUID


@dataclass(frozen=True, slots=True)
class PrecedentProposed:
    """A post was ruled on, and may be shown beside posts like it; told in the transaction that rules."""

    project_id: UUID
    post_id: UUID


@dataclass(frozen=True, slots=True)
class PrecedentsLookedFor:
    """Somebody looks for precedents like this post."""

    project_id: UUID
    post_id: UUID
