"""How people did on gold, beside the evidence of a scan; told to those who keep gold alone."""

from __future__ import annotations

from dataclasses import dataclass

from active_learning.domain.intervals import Share, share_measured
from active_learning.models import Scan
from annotation.selectors import gold_tallies
from core.accounts.selectors import Actor, Capability, capabilities_in, pseudonyms


@dataclass(frozen=True)
class PersonGold:
    """How often a person gave the known answer to a clause."""

    clause_key: str
    pseudonym: str
    right: Share


def scan_gold(actor: Actor, scan: Scan) -> list[PersonGold] | None:
    """Return how people did on gold of the scan's clauses until now; None where the actor does not keep gold."""
    if Capability.QUALITY_KEEP not in capabilities_in(actor, scan.project_id):
        return None
    names = pseudonyms(scan.project_id)
    return [
        PersonGold(key, names[person].pseudonym, share_measured(passed, answered))
        for person, tally in gold_tallies(scan.project_id).items()
        if person in names
        for key, (answered, passed) in sorted(tally.by_clause.items())
        if key in scan.clause_keys
    ]
