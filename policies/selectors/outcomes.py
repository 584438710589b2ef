"""What every decision under one release becomes under another: it holds, is asked again, or is asked no more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from core.accounts.selectors import Actor, Capability, project_get
from policies.domain.impact import StoppedMeaning
from policies.impact_registry import impact_sources
from policies.models import Release
from policies.selectors.differences import release_pair_get
from policies.selectors.impact import read_only
from policies.selectors.prospects import prospects_of

Becomes = Literal["holds", "asked_again", "no_longer_asked"]


@dataclass(frozen=True, slots=True)
class ClauseOutcome:
    """The decisions in force on one clause under the earlier release, and what the later one makes of them all."""

    clause_key: str
    decisions: int
    becomes: Becomes


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Clause by clause of the earlier release, in the order of their keys; ``totals`` by what they become."""

    release: Release
    against: Release
    clauses: tuple[ClauseOutcome, ...]
    totals: dict[str, int]


def outcomes_get(actor: Actor, release_id: UUID, *, against_id: UUID | None = None) -> Outcomes:
    """Count the decisions that hold under the earlier release by what becomes of them; nothing is written."""
    release, against = release_pair_get(actor, release_id, against_id)
    project_id = release.policy.project_id
    project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    with read_only():
        meanings = meanings_between(release, against)
        decided: dict[str, int] = defaultdict(int)
        for source in impact_sources():
            for count in source.decisions(project_id=project_id, meanings=meanings):
                decided[count.clause_key] += count.count
    clauses = tuple(
        ClauseOutcome(meaning.clause_key, decided[meaning.clause_key], becomes_of(meaning))
        for meaning in meanings
    )
    totals: dict[str, int] = {"holds": 0, "asked_again": 0, "no_longer_asked": 0}
    for clause in clauses:
        totals[clause.becomes] += clause.decisions
    return Outcomes(release, against, clauses, totals)


def meanings_between(release: Release, against: Release) -> list[StoppedMeaning]:
    """Return every meaning of the earlier release, by clause key, with the one it has in the later release."""
    after = {key: prospect.meaning_revision for key, prospect in prospects_of(release).items()}
    return [
        StoppedMeaning(key, prospect.meaning_revision, after.get(key))
        for key, prospect in sorted(prospects_of(against).items())
    ]


def becomes_of(meaning: StoppedMeaning) -> Becomes:
    """Say what becomes of the decisions on one meaning of the earlier release."""
    if meaning.after is None:
        return "no_longer_asked"
    return "holds" if meaning.after == meaning.before else "asked_again"
