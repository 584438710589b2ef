"""What is true, and how reliable each person is, from their answers alone (Dawid & Skene, 1979).

Expectation maximisation over arrays of judgements; no step loops over posts or people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """``posterior[i, k]``: chance that item i is k. ``confusion[w, k, l]``: chance that person w says l
    when k is true.

    ``prior[k]`` is the share of k among items. ``log_likelihood`` is that of the last step.
    """

    posterior: Floats
    confusion: Floats
    prior: Floats
    iterations: int
    log_likelihood: float


def dawid_skene(
    items: npt.ArrayLike,
    people: npt.ArrayLike,
    answers: npt.ArrayLike,
    *,
    categories: int,
    smoothing: float = 0.01,
    iterations: int = 100,
    tolerance: float = 1e-5,
) -> Estimate:
    """Estimate the truth of every item and the confusion of every person.

    Parameters
    ----------
    items, people, answers
        Three lists of indices of equal length: person p said a about item i. Every item needs an answer.
    smoothing
        Added to every cell of a confusion matrix, so that one person's few answers never make anything
        impossible.
    tolerance
        Stops when the log-likelihood per judgement changes by less.

    Notes ----- Starts from the shares of votes, so items with a majority start on its side and the classes
    keep their meaning.
    """
    item, person, answer = (np.asarray(column, dtype=np.int64) for column in (items, people, answers))
    if not (item.shape == person.shape == answer.shape) or item.ndim != 1:
        raise ValueError("items, people and answers must be three lists of the same length")
    if item.size == 0 or categories < 1:
        raise ValueError("there is nothing to estimate from")
    if min(item.min(), person.min(), answer.min()) < 0 or answer.max() >= categories:
        raise ValueError("items, people and answers must be indices, answers below the number of categories")
    item_count, person_count = int(item.max()) + 1, int(person.max()) + 1
    posterior = _vote_shares(item, answer, item_count, categories)
    previous, done = -np.inf, 0
    while True:
        done += 1
        confusion = _confusions(posterior, item, person, answer, person_count, smoothing)
        prior = posterior.mean(axis=0)
        posterior, score = _posteriors(confusion, prior, item, person, answer, item_count)
        if done >= iterations or abs(score - previous) < tolerance * item.size:
            return Estimate(posterior, confusion, prior, done, score)
        previous = score


def reliability_of(confusion: Floats, prior: Floats) -> Floats:
    """Chance that a person is right about a random item, shape (people,), 0 to 1."""
    return np.asarray(np.einsum("wkk,k->w", confusion, prior), dtype=np.float64)


def _vote_shares(item: Ints, answer: Ints, items: int, categories: int) -> Floats:
    votes = np.bincount(item * categories + answer, minlength=items * categories).reshape(items, categories)
    total = votes.sum(axis=1, keepdims=True)
    return np.asarray(np.where(total > 0, votes / np.maximum(total, 1), 1 / categories))


def _confusions(
    posterior: Floats, item: Ints, person: Ints, answer: Ints, people: int, smoothing: float
) -> Floats:
    categories = posterior.shape[1]
    cell = person * categories + answer
    weights = posterior[item]
    sums = np.stack(
        [
            np.bincount(cell, weights=weights[:, true], minlength=people * categories)
            for true in range(categories)
        ]
    )
    confusion = sums.reshape(categories, people, categories).transpose(1, 0, 2) + smoothing
    total = confusion.sum(axis=2, keepdims=True)
    return np.asarray(np.where(total > 0, confusion / np.where(total > 0, total, 1), 1 / categories))


def _posteriors(
    confusion: Floats, prior: Floats, item: Ints, person: Ints, answer: Ints, items: int
) -> tuple[Floats, float]:
    tiny = 1e-12
    logs = np.log(np.maximum(confusion, tiny))
    evidence = logs[person, :, answer]
    categories = prior.size
    summed = np.stack(
        [np.bincount(item, weights=evidence[:, true], minlength=items) for true in range(categories)], axis=1
    )
    summed += np.log(np.maximum(prior, tiny))
    top = summed.max(axis=1, keepdims=True)
    scaled = np.exp(summed - top)
    total = scaled.sum(axis=1, keepdims=True)
    return scaled / total, float((np.log(total) + top).sum())
