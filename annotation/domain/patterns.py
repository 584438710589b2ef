"""Posts that look alike: the same answers, each given by as many people.

A million judgements make a handful of patterns, and every measure of agreement is a sum over patterns. They are found
without a table of posts by answers, so what it takes grows with the judgements and not with how many answers there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.domain.counts import Ints


@dataclass(frozen=True, slots=True)
class Alike:
    """Which units look alike.

    ``rows[p, v]``: how often the value v occurs in each unit with pattern p, shape (patterns, values).
    ``pattern[u]``: the pattern of unit u. Patterns stand in an order that depends on nothing but themselves.
    """

    rows: Ints
    pattern: Ints

    def repeats(self, units: Ints | None = None) -> Ints:
        """How many of these units (of all, when not given) have each pattern, shape (patterns,)."""
        told = self.pattern if units is None else self.pattern[units]
        return np.bincount(told, minlength=self.rows.shape[0])


def units_alike(unit: Ints, value: Ints, *, values: int) -> Alike:
    """Tell apart what occurs in which unit how often.

    Parameters
    ----------
    unit, value
        Lists of one length: this value occurs once more in this unit. Every unit from 0 to the largest is named.
    values
        How many values there are; all are below.
    """
    if unit.size == 0:
        return Alike(np.zeros((0, values), dtype=np.int64), np.zeros(0, dtype=np.int64))
    cell, times = _tallied(unit * np.int64(values) + value)
    owner, said = cell // values, cell % values
    begins = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    turn = np.arange(cell.size) - begins[owner]
    token = said * (int(times.max()) + 1) + times
    code = np.zeros(begins.size, dtype=np.int64)
    # One value of every unit a turn: units that were alike so far are told apart by it.
    for at in range(int(turn.max()) + 1):
        mine = turn == at
        longer = code * np.int64(int(token.max()) + 1)
        longer[owner[mine]] += token[mine]
        code = np.unique(longer, return_inverse=True)[1].astype(np.int64)
    _, first = np.unique(code, return_index=True)
    chosen = np.full(begins.size, -1, dtype=np.int64)
    chosen[first] = np.arange(first.size)
    kept = chosen[owner] >= 0
    rows = np.zeros((first.size, values), dtype=np.int64)
    rows[chosen[owner[kept]], said[kept]] = times[kept]
    return Alike(rows, code)


def _tallied(numbers: Ints) -> tuple[Ints, Ints]:
    """Return which numbers occur, ascending, and how often."""
    if numbers.max() >= max(4 * numbers.size, 1024):
        return np.unique(numbers, return_counts=True)
    times = np.bincount(numbers)
    occur = np.flatnonzero(times)
    return occur, times[occur]


def without_gaps(numbers: Ints) -> tuple[Ints, Ints]:
    """Return which small numbers occur, ascending, and the place of each one given among them."""
    occurs = np.bincount(numbers, minlength=1) > 0
    place = np.cumsum(occurs) - 1
    return np.flatnonzero(occurs), place[numbers]


def rows_merged(rows: Ints, repeats: Ints) -> tuple[Ints, Ints]:
    """Put equal rows together, with how often they occur in all; rows that occur never are left out."""
    occurs = repeats > 0
    if not occurs.any():
        return rows[:0], repeats[:0]
    found, number = np.unique(rows[occurs], axis=0, return_inverse=True)
    return found, np.bincount(number.ravel(), weights=repeats[occurs], minlength=found.shape[0]).astype(
        np.int64
    )
