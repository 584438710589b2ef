"""What was held of a response by citing a clause that means something else by now, and was said anew since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from policies.selectors import release_get


@dataclass(frozen=True)
class Held:
    """That somebody said under a release whether a response is acceptable, citing clauses with their meanings.

    ``part`` names the response among those judged together: a side, or a place.
    """

    submission_id: UUID
    part: str | int
    release_id: UUID
    cited: tuple[tuple[str, int], ...]


def held_renewed(held: Sequence[Held]) -> set[tuple[UUID, str | int]]:
    """Return (submission, part) of what counts no more, of all that counts of the same responses.

    It cites a clause in a meaning for which somebody else has said it under a later one, whatever they found.
    """
    return {
        (one.submission_id, one.part)
        for one in held
        if any(
            other.part == one.part and _means_later(other.release_id, key, meaning)
            for key, meaning in one.cited
            for other in held
        )
    }


def _means_later(release_id: UUID, key: str, meaning: int) -> bool:
    clause = release_get(release_id).clauses.get(key)
    return clause is not None and clause.meaning_revision > meaning
