"""Keeping the tallies of judgments and decisions short, and making them anew.

The database writes them: `preferences_tally` is exact at any moment, whether this runs or not.
"""

from __future__ import annotations

from core.db.tallies import amounts_gather, amounts_renew
from preferences.models import Tally


def tallies_gather() -> int:
    """Put rows of one kind together; return how many there were. Safe to run beside another, and beside judgments."""
    return amounts_gather(Tally)


def tallies_renew() -> None:
    """Count every judgment and decision anew, for rows that were put there past the triggers, while people go on."""
    amounts_renew("preferences_tallies_renew")
