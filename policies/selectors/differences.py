from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from core.accounts.selectors import Actor
from policies.domain.canonical import PlacedClause
from policies.domain.impact import StoppedMeaning
from policies.domain.release_difference import ReleaseDifference, release_difference
from policies.errors import AgainstInvalidError
from policies.models import Release
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import placed_clauses
from policies.selectors.lineage import ClauseSuccession, clause_lineage
from policies.selectors.prospects import Prospect, prospects_of


@dataclass(frozen=True, slots=True)
class ComparedReleases:
    """Two states of one policy and how the second differs from the first.

    ``gone`` tells of clauses of the first that the second has no more what took their place, where that is known.
    """

    release: Release
    against: Release
    difference: ReleaseDifference
    assumed_keys: tuple[str, ...]
    gone: tuple[ClauseSuccession, ...] = ()


def release_pair_get(actor: Actor, release_id: UUID, against_id: UUID | None) -> tuple[Release, Release]:
    """Return a release and the published one to compare it with: its base when none is named.

    Raises
    ------
    AgainstInvalidError
        When there is no base, or the other release is unpublished, the same, or of another policy.
    """
    release = release_visible_get(actor, release_id)
    base_id = against_id or release.based_on_id
    if base_id is None or base_id == release.pk:
        raise AgainstInvalidError()
    against = release_visible_get(actor, base_id)
    if not against.is_published or against.policy_id != release.policy_id:
        raise AgainstInvalidError()
    return release, against


def difference_get(
    actor: Actor, release_id: UUID, *, against_id: UUID | None = None, clause_key: str | None = None
) -> ComparedReleases:
    """Compare a release, draft or published, with a published one; ``clause_key`` narrows to one clause."""
    release, against = release_pair_get(actor, release_id, against_id)
    prospects = prospects_of(release)
    before = placed_clauses(against)
    after = [_with_prospect(clause, prospects) for clause in placed_clauses(release)]
    difference = release_difference(before, after)
    if clause_key is not None:
        difference = ReleaseDifference(tuple(c for c in difference.clauses if c.key == clause_key))
    assumed = tuple(sorted(key for key, prospect in prospects.items() if prospect.is_assumed))
    gone = tuple(
        succession
        for succession in clause_lineage(release, against)
        if clause_key is None or succession.key == clause_key
    )
    return ComparedReleases(release, against, difference, assumed, gone)


def stopped_meanings(release: Release, against: Release) -> tuple[list[StoppedMeaning], frozenset[str]]:
    """Return the meanings that hold under ``against`` and not under ``release``, and the keys assumed so."""
    before = {key: p.meaning_revision for key, p in prospects_of(against).items()}
    after = prospects_of(release)
    stopped = [
        StoppedMeaning(key, revision, after[key].meaning_revision if key in after else None)
        for key, revision in sorted(before.items())
        if key not in after or after[key].meaning_revision != revision
    ]
    assumed = frozenset(
        s.clause_key for s in stopped if s.clause_key in after and after[s.clause_key].is_assumed
    )
    return stopped, assumed


def _with_prospect(clause: PlacedClause, prospects: dict[str, Prospect]) -> PlacedClause:
    return replace(clause, meaning_revision=prospects[clause.key].meaning_revision)
