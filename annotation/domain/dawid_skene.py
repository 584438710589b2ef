"""What is true, and how reliable each person is, from their answers (Dawid & Skene, 1979).

Expectation maximisation. Judgements are one sparse table of posts by (person, answer), so a step is two products
with it: what each post's answers say about the truth, and what the truth says about each person.

Source: Dawid & Skene, *Maximum likelihood estimation of observer error-rates using the EM algorithm* (1979). Items
whose truth is known (gold) keep it in every step, which leaves the maximisation as it is: then a person's confusions
are partly counted (their section on known true responses) and partly estimated. Tang & Lease, *Semi-supervised
consensus labeling for crowdsourcing* (2011), measured what that buys: most where there are few answers an item, or
where many people err alike, which answers alone cannot show.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_TINY = 1e-12

UNKNOWN = -1
"""In a list of known truths: nothing is known of this item."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """``posterior[i, k]``: chance that item i is k. ``confusion[w, k, l]``: chance that person w says l
    when k is true.

    ``prior[k]`` is the share of k among items whose truth was not known. ``log_likelihood`` is that of the last
    step: of all answers, and of those to known items given what is known.
    """

    posterior: Floats
    confusion: Floats
    prior: Floats
    iterations: int
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Judgements:
    """Who said what about which item: three lists of indices of one length.

    ``categories`` is how many answers there are. Indices are dense enough to be rows: the largest item and the
    largest person say how many there are.
    """

    item: Ints
    person: Ints
    answer: Ints
    categories: int

    @classmethod
    def of(
        cls, items: npt.ArrayLike, people: npt.ArrayLike, answers: npt.ArrayLike, *, categories: int
    ) -> Judgements:
        """Check the three lists.

        Raises
        ------
        ValueError
            When they differ in length, are empty, or hold what is no index.
        """
        item, person, answer = (np.asarray(column, dtype=np.int64) for column in (items, people, answers))
        if not (item.shape == person.shape == answer.shape) or item.ndim != 1:
            raise ValueError("items, people and answers must be three lists of the same length")
        if item.size == 0 or categories < 1:
            raise ValueError("there is nothing to estimate from")
        if min(item.min(), person.min(), answer.min()) < 0 or answer.max() >= categories:
            raise ValueError(
                "items, people and answers must be indices, answers below the number of categories"
            )
        return cls(item, person, answer, categories)

    @property
    def items(self) -> int:
        """How many items there are."""
        return int(self.item.max()) + 1

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.person.max()) + 1

    def table(self) -> csr_array:
        """One row an item, one column a (person, answer), shape (items, people · categories)."""
        shape = (self.items, self.people * self.categories)
        small = np.int32 if max(self.item.size, *shape) < 2**31 else np.int64
        cell = (self.person * self.categories + self.answer).astype(small)
        return csr_array(coo_array((np.ones(self.item.size), (self.item.astype(small), cell)), shape=shape))


def vote_shares(table: csr_array, categories: int) -> Floats:
    """Share of each answer among those an item got, shape (items, categories); even where it got none."""
    votes = table @ np.tile(np.eye(categories), (table.shape[1] // categories, 1))
    total = votes @ np.ones(categories)
    shares = votes * (1 / np.maximum(total, 1))[:, None]
    shares[total == 0] = 1 / categories
    return np.asarray(shares)


@dataclass(frozen=True, slots=True)
class KnownTruths:
    """Items whose truth is fixed: row ``rows[n]`` is ``truths[n]``; ``free`` are the others. All are indices."""

    rows: Ints
    truths: Ints
    free: Ints

    @classmethod
    def of(cls, known: npt.ArrayLike | None, *, items: int, categories: int) -> KnownTruths:
        """Check a list with one entry an item: its truth, or `UNKNOWN`. None: nothing is known of any.

        Raises
        ------
        ValueError
            When its length is another, or it holds what is no answer.
        """
        truth = np.full(items, UNKNOWN) if known is None else np.asarray(known, dtype=np.int64)
        if truth.shape != (items,):
            raise ValueError("known truths need one entry for each item")
        if truth.size and (truth.min() < UNKNOWN or truth.max() >= categories):
            raise ValueError(
                "a known truth must be below the number of categories, or -1 where it is not known"
            )
        rows = np.flatnonzero(truth != UNKNOWN)
        return cls(rows, truth[rows], np.flatnonzero(truth == UNKNOWN))

    def fixed(self, posterior: Floats) -> Floats:
        """Fix the known rows in place, shape (items, categories), and return it."""
        posterior[self.rows] = 0
        posterior[self.rows, self.truths] = 1
        return posterior

    def shares(self, posterior: Floats) -> Floats:
        """Share of each class among the items not known: gold is picked, so it says nothing of how common what is.

        Where all are known, the share among them.
        """
        return shares_of(posterior[self.free] if self.rows.size and self.free.size else posterior)


def dawid_skene(
    items: npt.ArrayLike,
    people: npt.ArrayLike,
    answers: npt.ArrayLike,
    *,
    categories: int,
    known: npt.ArrayLike | None = None,
    smoothing: float = 0.01,
    iterations: int = 100,
    tolerance: float = 1e-5,
) -> Estimate:
    """Estimate the truth of every item and the confusion of every person.

    Parameters
    ----------
    items, people, answers
        Three lists of indices of equal length: person p said a about item i. Every item needs an answer.
    known
        One entry an item: what is known to be true of it, or `UNKNOWN`. Known items stay what they are, and
        people are measured against them.
    smoothing
        Added to every cell of a confusion matrix, so that one person's few answers never make anything
        impossible.
    tolerance
        Stops when the log-likelihood per judgement changes by less.

    Notes
    -----
    Starts from the shares of votes, so items with a majority start on its side and the classes keep their
    meaning.
    """
    judged = Judgements.of(items, people, answers, categories=categories)
    truths = KnownTruths.of(known, items=judged.items, categories=categories)
    table = judged.table()
    by_cell = table.T.tocsr()
    posterior = truths.fixed(vote_shares(table, categories))
    previous, done = -np.inf, 0
    while True:
        done += 1
        confusion = _confusions(by_cell @ posterior, judged.people, smoothing)
        prior = truths.shares(posterior)
        posterior, score = posteriors(table, confusion, prior, truths)
        if done >= iterations or abs(score - previous) < tolerance * judged.item.size:
            return Estimate(posterior, confusion, prior, done, score)
        previous = score


def posteriors(
    table: csr_array, confusion: Floats, prior: Floats, truths: KnownTruths | None = None
) -> tuple[Floats, float]:
    """The expectation step: chances of each item's classes, and the log-likelihood of all judgements.

    Parameters
    ----------
    table
        As `Judgements.table` makes it.
    confusion
        Shape (people, true, said).
    truths
        Items that are certain, whatever is said of them; what is said of them counts given their truth.
    """
    people, categories, _ = confusion.shape
    logs = np.log(np.maximum(confusion, _TINY)).transpose(0, 2, 1).reshape(people * categories, categories)
    summed = table @ np.ascontiguousarray(logs)
    if truths is None or not truths.rows.size:
        summed += np.log(np.maximum(prior, _TINY))
        return _normalised(summed)
    said_of_known = summed[truths.rows, truths.truths].sum()
    posterior = np.zeros_like(summed)
    score = 0.0
    if truths.free.size:
        posterior[truths.free], score = _normalised(summed[truths.free] + np.log(np.maximum(prior, _TINY)))
    return truths.fixed(posterior), score + float(said_of_known)


def shares_of(posterior: Floats) -> Floats:
    """Mean of the rows: the share of each class, shape (categories,)."""
    return np.asarray(np.ones(posterior.shape[0]) @ posterior / posterior.shape[0])


def reliability_of(confusion: Floats, prior: Floats) -> Floats:
    """Chance that a person is right about a random item, shape (people,), 0 to 1."""
    return np.asarray(np.einsum("wkk,k->w", confusion, prior), dtype=np.float64)


def others_posterior(estimate: Estimate, judged: Judgements) -> Floats:
    """What the other people's answers say about the item of each judgement, shape (judgements, categories).

    The person's own answer is taken out of the posterior again, so that nobody is compared with themselves.
    With no other answer it is the prior.
    """
    own = np.log(np.maximum(estimate.confusion, _TINY)).transpose(0, 2, 1)
    logs = np.log(np.maximum(estimate.posterior, 1e-300))[judged.item]
    logs -= np.ascontiguousarray(own)[judged.person, judged.answer]
    return _normalised(logs)[0]


def _normalised(logs: Floats) -> tuple[Floats, float]:
    """Rows of log weights as chances, and the sum of the logs of what each row was divided by.

    Columns are few and rows are many, so reductions go column by column: that is an order faster here.
    """
    top = logs[:, 0].copy()
    for column in range(1, logs.shape[1]):
        np.maximum(top, logs[:, column], out=top)
    scaled = logs - top[:, None]
    np.exp(scaled, out=scaled)
    total = scaled @ np.ones(logs.shape[1])
    scaled *= (1 / total)[:, None]
    return scaled, float(np.log(total).sum() + top.sum())


def _confusions(sums: Floats, people: int, smoothing: float) -> Floats:
    """From the weight of each truth behind each (person, answer) to chances, shape (people, true, said)."""
    categories = sums.shape[1]
    confusion = np.asarray(sums).reshape(people, categories, categories).transpose(0, 2, 1) + smoothing
    total = confusion.sum(axis=2, keepdims=True)
    return np.asarray(np.where(total > 0, confusion / np.where(total > 0, total, 1), 1 / categories))
