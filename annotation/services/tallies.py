"""Keeping the tallies of answers and decisions short, and making them anew.

The database writes them: `annotation_tally` is exact at any moment, whether this runs or not.
"""

from __future__ import annotations

from annotation.models import Tally
from core.db.tallies import amounts_gather, amounts_renew


def tallies_gather() -> int:
    """Put rows of one kind together; return how many there were. Safe to run beside another, and beside answers."""
    return amounts_gather(Tally)


def tallies_renew() -> None:
    """Count every answer and decision anew, for rows that were put there past the triggers, while people go on."""
    amounts_renew("annotation_tallies_renew")
