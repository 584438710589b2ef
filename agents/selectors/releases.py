"""Which release and which clause a tool's words mean, among those the actor may see."""

from __future__ import annotations

from uuid import UUID

from agents.domain.identifiers import ClauseName, clause_name, version_name
from agents.errors import ClauseAmbiguousError, ClauseUnknownError, VersionAmbiguousError, VersionUnknownError
from core.accounts.selectors import Actor, projects_visible_to
from policies.selectors import ClauseView, ReleaseView, releases_in_effect, releases_named


def releases_meant(actor: Actor, version: str | None) -> list[ReleaseView]:
    """Return the releases of a version, or those in effect in all the actor's projects when none is said.

    Raises
    ------
    VersionUnknownError
    """
    if version is None:
        return releases_in_effect(projects_visible_to(actor).values_list("pk", flat=True))
    return _named(actor, version, policy_id=None)


def release_meant(actor: Actor, version: str | None, *, policy_id: UUID) -> ReleaseView:
    """Return one release of a policy: the version, or the one in effect.

    Raises
    ------
    VersionUnknownError
    VersionAmbiguousError
    """
    if version is None:
        found = [release for release in releases_meant(actor, None) if release.policy_id == policy_id]
    else:
        found = _named(actor, version, policy_id=policy_id)
    if not found:
        raise VersionUnknownError()
    if len(found) > 1:
        raise VersionAmbiguousError(version=str(version)[:80])
    return found[0]


def clause_meant(actor: Actor, said: str, version: str | None) -> tuple[ReleaseView, ClauseView]:
    """Return a clause under a release; under the one in effect when no version is said.

    Raises
    ------
    ClauseUnknownError, ClauseAmbiguousError, VersionUnknownError, VersionAmbiguousError
    """
    name = clause_name(said)
    if name is None:
        raise ClauseUnknownError()
    if name.policy_id is not None:
        release = release_meant(actor, version, policy_id=name.policy_id)
    else:
        release = _with_clause(releases_meant(actor, version), name)
    clause = release.clauses.get(name.key)
    if clause is None:
        raise ClauseUnknownError()
    return release, clause


def _named(actor: Actor, version: str, *, policy_id: UUID | None) -> list[ReleaseView]:
    name = version_name(version)
    if name is None:
        raise VersionUnknownError()
    found = releases_named(
        actor,
        policy_id=policy_id,
        policy_key=name.policy_key,
        number=name.number,
        release_id=name.release_id,
    )
    if not found:
        raise VersionUnknownError()
    return found


def _with_clause(releases: list[ReleaseView], name: ClauseName) -> ReleaseView:
    found = [release for release in releases if name.key in release.clauses]
    if not found:
        raise ClauseUnknownError()
    if len(found) > 1:
        raise ClauseAmbiguousError(clause=name.key)
    return found[0]
