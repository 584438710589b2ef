"""The forms in which responses are asked about."""

from __future__ import annotations

from enum import StrEnum

MOST_RESPONSES = 10
"""So many responses a slate has at most: of more nobody keeps the first in mind while reading the last."""

HIGHEST_RATING = 4
"""Ratings of single responses run from 0 to this, on axes whose release names no steps of its own."""


class Form(StrEnum):
    """What is asked of the responses to one prompt.

    ``PAIR`` is a comparison of two. The others are asked of a slate: ``RANKING`` puts responses in order, equals and
    a rest without order allowed; ``BEST_WORST`` names the two ends; ``BEST`` the best alone; ``RATING`` says of each
    response how good it is.
    """

    PAIR = "pair"
    RANKING = "ranking"
    BEST_WORST = "best_worst"
    BEST = "best"
    RATING = "rating"


FEWEST_RESPONSES = {Form.PAIR: 2, Form.RANKING: 2, Form.BEST_WORST: 3, Form.BEST: 2, Form.RATING: 1}
"""How many responses a form needs at least."""

SLATE_FORMS = tuple(form for form in Form if form is not Form.PAIR)
