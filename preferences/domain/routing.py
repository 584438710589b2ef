"""Why what a judge said sends a comparison to people."""

from __future__ import annotations

from enum import StrEnum


class Doubt(StrEnum):
    """What is doubtful about a judge's answers to one comparison.

    ``UNSURE``: no answer, or a preference by no more than the smallest step. ``INCONSISTENT``: another answer when the
    sides were turned. ``AGAINST_PEOPLE``: another clear answer than people's. ``AGAINST_JUDGE``: another clear answer
    than another judge's.
    """

    UNSURE = "unsure"
    INCONSISTENT = "inconsistent"
    AGAINST_PEOPLE = "against_people"
    AGAINST_JUDGE = "against_judge"


DOUBTS = tuple(Doubt)
