"""How good each annotator's answers are by CROWDLAB (Goh, Tkachenko and Mueller 2022), as cleanlab counts it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from cleanlab.multiannotator import get_label_quality_multiannotator

from active_learning.learners.arrays import Probabilities

MOST_CELLS = 10_000_000
"""cleanlab holds posts by people as one table; of a larger one the qualities are left out."""


def annotator_qualities(
    posts: npt.NDArray[np.int64],
    people: npt.NDArray[np.int64],
    answers: npt.NDArray[np.int64],
    probabilities: Probabilities,
    *,
    people_count: int,
) -> npt.NDArray[np.float64]:
    """Return each person's quality, 0 to 1, high is good: agreement with the crowd and with heads, weighted.

    It is not set against chance: where one answer is frequent, whoever always gives it comes out well.

    Parameters
    ----------
    posts, people, answers
        One entry an answer, of one length: row of ``probabilities``, person, column of ``probabilities``.
        Nobody answers a post twice.
    probabilities
        Of heads that did not see the post, shape (posts, answers).

    Returns
    -------
    Shape (people_count,); NaN for who gave no answer, and for all where no post has two answers or there are more than
    `MOST_CELLS` cells.
    """
    qualities = np.full(people_count, np.nan)
    answered, row = np.unique(posts, return_inverse=True)
    known, column = np.unique(people, return_inverse=True)
    if answered.size == posts.size or answered.size * known.size > MOST_CELLS:
        return qualities
    table = np.full((answered.size, known.size), np.nan)
    table[row, column] = answers
    told = get_label_quality_multiannotator(
        table,
        probabilities[answered],
        return_detailed_quality=False,
        verbose=False,
    )
    stats = told["annotator_stats"]
    qualities[known[stats.index.to_numpy(dtype=np.int64)]] = stats["annotator_quality"].to_numpy()
    return qualities
