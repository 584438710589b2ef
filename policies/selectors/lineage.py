"""Where the clauses of an earlier release went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from policies.domain.lineage import LineageKind, LineageStep, lineage_read, successors
from policies.models import Release


@dataclass(frozen=True, slots=True)
class ClauseSuccession:
    """A clause of an earlier release that a later one no longer asks: what became of it, and where and why.

    ``kind`` is empty where no release says; ``to_keys`` are keys the later release has.
    """

    key: str
    kind: str
    to_keys: tuple[str, ...]
    reason: str
    release_id: UUID | None
    release_label: str


def clause_lineage(release: Release, against: Release) -> list[ClauseSuccession]:
    """Return, by key, what became of every clause of ``against`` that ``release`` does not have.

    Follows the releases from ``release`` down to ``against`` by what each is based on; answers to these keys do not
    hold under ``release``, whatever they became.
    """
    present = set(release.clauses.values_list("key", flat=True))
    gone = sorted(set(against.clauses.values_list("key", flat=True)) - present)
    if not gone:
        return []
    chain = _chain(release, against)
    lineages = [lineage_read(row.lineage) for row in chain]
    return [_succession(key, chain, lineages, present) for key in gone]


def _chain(release: Release, against: Release) -> list[Release]:
    """Return the releases after ``against`` up to ``release``, oldest first."""
    chain: list[Release] = []
    row: Release | None = release
    while row is not None and row.pk != against.pk:
        chain.append(row)
        row = (
            Release.objects.select_related("policy").filter(pk=row.based_on_id).first()
            if row.based_on_id
            else None
        )
    return chain[::-1]


def _succession(
    key: str, chain: Sequence[Release], lineages: Sequence[Sequence[LineageStep]], present: set[str]
) -> ClauseSuccession:
    for row, steps in zip(chain, lineages, strict=True):
        step = next((one for one in steps if key in one.from_keys), None)
        if step is not None:
            targets = tuple(successors(lineages, key, present=present))
            kind = step.kind if targets else LineageKind.RETIRED
            label = f"{row.policy.key}@{row.number}" if row.number else f"{row.policy.key} (draft)"
            return ClauseSuccession(key, kind.value, targets, step.reason, row.pk, label)
    return ClauseSuccession(key, "", (), "", None, "")
