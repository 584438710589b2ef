"""How tools name clauses and releases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

_KEY = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_CLAUSE = re.compile(rf"(?:(?P<policy>[0-9a-fA-F-]{{36}})/)?(?P<key>{_KEY})")
_VERSION = re.compile(rf"(?:(?P<policy>{_KEY})@)?(?P<number>[0-9]{{1,6}})")


@dataclass(frozen=True, slots=True)
class ClauseName:
    """A clause of a policy; ``policy_id`` is None where only the key was said."""

    policy_id: UUID | None
    key: str

    def __str__(self) -> str:
        """Return the name as tools give and take it."""
        return self.key if self.policy_id is None else f"{self.policy_id}/{self.key}"


@dataclass(frozen=True, slots=True)
class VersionName:
    """A release by its identifier, or by its number with or without the key of its policy."""

    release_id: UUID | None = None
    policy_key: str | None = None
    number: int | None = None


def clause_name(said: str) -> ClauseName | None:
    """Return what ``<policy id>/<clause key>`` or a clause key alone names; ``None`` for anything else."""
    match = _CLAUSE.fullmatch(said)
    if match is None:
        return None
    policy = match["policy"]
    policy_id = None if policy is None else _uuid(policy)
    if policy is not None and policy_id is None:
        return None
    return ClauseName(policy_id, match["key"])


def version_name(said: str) -> VersionName | None:
    """Return what ``safety@3``, ``3`` or a release's identifier names; ``None`` for anything else."""
    release_id = _uuid(said)
    if release_id is not None:
        return VersionName(release_id=release_id)
    match = _VERSION.fullmatch(said)
    return None if match is None else VersionName(policy_key=match["policy"], number=int(match["number"]))


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
