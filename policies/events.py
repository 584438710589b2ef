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
class ReleaseRetired:
    """A release is no longer asked under; answers citing it stay what they were."""

    project_id: UUID
    policy_id: UUID
    release_id: UUID
