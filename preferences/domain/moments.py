"""Observed moments of scores, where what was said of one comparison or slate is not independent."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array

from preferences.domain.paircounts import Clusters, Floats, PairCounts


def clustered_moments(counts: PairCounts, shared: Floats, strength: Floats, tie: Floats) -> Floats:
    """Return the sum over clusters of their whole scores, squared, over (items…, shared…, tie).

    Parameters
    ----------
    counts
        With clusters.
    shared
        What is added to a row's lead besides the scores of its items, shape (k, rows).
    strength, tie
        Each row's slope of the loss along its lead and along the weight of ties, shape (rows,).

    Raises
    ------
    ValueError
        When the counts have no clusters.
    """
    clusters = counts.clusters
    if clusters is None:
        raise ValueError("The counts name no clusters.")
    if clusters.wide is None:
        return _narrow(counts, clusters, shared, strength, tie)
    of_wide = clusters.wide[clusters.of_row]
    narrow = _narrow(counts, clusters, shared, np.where(of_wide, 0, strength), np.where(of_wide, 0, tie))
    return narrow + _wide(counts, clusters, shared, np.where(of_wide, strength, 0), np.where(of_wide, tie, 0))


def _narrow(counts: PairCounts, clusters: Clusters, shared: Floats, strength: Floats, tie: Floats) -> Floats:
    """A cluster is of one pair: what is summed for it needs no matrix of clusters and items."""
    items, size, whole = counts.items, clusters.copies.size, counts.items + shared.shape[0] + 1
    # Put the smaller item first, whichever was shown first.
    sign = np.where(counts.first < counts.second, 1.0, -1.0)
    one, other = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    one[clusters.of_row] = np.minimum(counts.first, counts.second)
    other[clusters.of_row] = np.maximum(counts.first, counts.second)

    def summed(per_row: Floats) -> Floats:
        return np.asarray(np.bincount(clusters.of_row, per_row, size) / np.sqrt(clusters.copies))

    along = summed(sign * strength)
    rest = np.stack([*(summed(strength * column) for column in shared), summed(tie)])
    square = np.zeros((whole, whole))
    pairs = np.bincount(one * items + other, along**2, items * items).reshape(items, items)
    pairs = pairs + pairs.T
    square[:items, :items] = np.diag(pairs.sum(axis=0)) - pairs
    for place, column in enumerate(rest, start=items):
        moment = np.bincount(one, along * column, items) - np.bincount(other, along * column, items)
        square[:items, place] = square[place, :items] = moment
    square[items:, items:] = rest @ rest.T
    return square


def _wide(counts: PairCounts, clusters: Clusters, shared: Floats, strength: Floats, tie: Floats) -> Floats:
    """A cluster is of any pairs: its score is a row over all parameters."""
    rows, whole = clusters.of_row, counts.items + shared.shape[0] + 1
    parts = [(counts.first, strength), (counts.second, -strength)]
    parts += [(np.full(rows.size, counts.items + at), strength * each) for at, each in enumerate(shared)]
    parts.append((np.full(rows.size, whole - 1), tie))
    scores = coo_array(
        (
            np.concatenate([values for _, values in parts]),
            (np.tile(rows, len(parts)), np.concatenate([places for places, _ in parts])),
        ),
        shape=(clusters.copies.size, whole),
    ).tocsr()
    weighted = scores.multiply(1 / clusters.copies[:, None]).tocsr()
    return np.asarray((scores.T @ weighted).toarray())
