"""CROWDLAB (Goh, Tkachenko and Mueller 2022): what people's answers and a head out of sample come to together.

The figures are those of cleanlab's ``multiannotator``, counted on the answers alone: no table of posts by people is
made, so that memory grows with the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Indices, Labels, Probabilities

LEAST = 1e-6
"""Weights and errors are at least this, as in cleanlab."""
STRONG_FROM = 2 / 3
"""From here on a consensus counts against who answered otherwise: twice as likely as all else together.

Two of three people and a head that agrees come to about three quarters; without the head they stay below."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Crowd:
    """What is held of posts, answers and people; 1 is good.

    Attributes
    ----------
    rows
        (posts,): which rows of the probabilities were answered, in order.
    answered
        (posts,): how many people answered each.
    beliefs
        (posts, classes): how likely each answer is by people and head together; rows sum to one.
    consensus
        (posts,): the likeliest answer.
    answer_qualities
        (answers,): how likely each answer given is.
    people_qualities
        (people,): agreement with the crowd and with heads, weighted; NaN for who shares no post with anybody.
    """

    rows: Indices
    answered: Indices
    beliefs: Probabilities
    consensus: Labels
    answer_qualities: Numbers
    people_qualities: Numbers


@dataclass(frozen=True)
class _Answers:
    """Answers as arrays: the place of each one's post among those answered, the person, the answer."""

    places: Indices
    people: Indices
    said: Labels
    people_count: int
    probabilities: Probabilities

    @property
    def counts(self) -> Indices:
        """How many people answered each post."""
        return np.bincount(self.places, minlength=len(self.probabilities))

    @property
    def votes(self) -> Numbers:
        """(posts, classes): how many gave each answer."""
        posts, classes = self.probabilities.shape
        cells = np.bincount(self.places * classes + self.said, minlength=posts * classes)
        return cells.reshape(posts, classes).astype(np.float64)


def crowd_measured(
    posts: Indices, people: Indices, answers: Labels, probabilities: Probabilities, *, people_count: int
) -> Crowd | None:
    """Return what people and head come to; None where no post has two answers.

    Parameters
    ----------
    posts, people, answers
        One entry an answer, of one length: row of ``probabilities``, person, column of ``probabilities``.
        Nobody answers a post twice.
    probabilities
        Of heads that did not see the post, shape (posts, answers), two answers at least.
    """
    rows, places = np.unique(posts, return_inverse=True)
    if len(rows) == len(posts):
        return None
    given = _Answers(places, people, answers, people_count, probabilities[rows])
    likeliest, _, _ = _believed(given, _majority(given))
    top = likeliest == likeliest.max(axis=1, keepdims=True)
    consensus = np.where(top.sum(axis=1) == 1, likeliest.argmax(axis=1), _majority(given))
    beliefs, weights, head_weight = _believed(given, consensus)
    qualities = beliefs[given.places, given.said]
    return Crowd(
        rows=rows,
        answered=given.counts,
        beliefs=beliefs,
        consensus=consensus,
        answer_qualities=qualities,
        people_qualities=_people(given, consensus, qualities, weights, head_weight),
    )


def answers_weak(doubts: Numbers) -> Indices:
    """Return the positions of the weakest answers, the weakest first: as many as their doubts expect to be wrong.

    Parameters
    ----------
    doubts
        (items,): how likely each answer that stands is wrong, 0 … 1. Of equal ones the first comes first.
    """
    expected = int(np.floor(doubts.sum() + 1e-9))
    return np.argsort(-doubts.round(9), kind="stable")[:expected]


def _majority(given: _Answers) -> Labels:
    """Return what most said; of ties what the head finds likelier, then what is said less often, then the first."""
    votes = given.votes
    tied = votes == votes.max(axis=1, keepdims=True)
    chances = np.where(tied, given.probabilities, -np.inf)
    tied &= chances == chances.max(axis=1, keepdims=True)
    often = np.where(tied, votes.sum(axis=0)[np.newaxis, :], np.inf)
    return np.asarray(often.argmin(axis=1), dtype=np.int64)


def _believed(given: _Answers, consensus: Labels) -> tuple[Probabilities, Numbers, float]:
    """Return how likely each answer is, (posts, classes), and the weights of people, (people,), and of the head.

    A person weighs as much as they agree with others beyond always giving the most frequent consensus; the head as much
    as it agrees with the consensus beyond that, times the root of how many people answer a post.
    """
    votes, counts = given.votes, given.counts
    several = counts > 1
    agreeing = votes[np.arange(len(votes)), consensus] / counts
    likelihood = float(agreeing[several].mean())
    elsewise = (1.0 - likelihood) / (votes.shape[1] - 1)
    sizes = np.bincount(consensus[several], minlength=votes.shape[1])
    error = max(1.0 - sizes.max() / sizes.sum(), LEAST)
    weights = np.maximum(1.0 - (1.0 - _agreements(given)) / error, LEAST)
    missed = float(np.mean(given.probabilities[several].argmax(axis=1) != consensus[several]))
    head_weight = max(1.0 - missed / error, LEAST) * float(np.sqrt(counts.mean()))
    own = weights[given.people]
    total = np.bincount(given.places, weights=own, minlength=len(votes))
    beliefs = given.probabilities * head_weight + (total * elsewise)[:, np.newaxis]
    np.add.at(beliefs, (given.places, given.said), own * (likelihood - elsewise))
    return beliefs / (total + head_weight)[:, np.newaxis], weights, head_weight


def _agreements(given: _Answers) -> Numbers:
    """Return how often each person says what another says on the same post, (people,); the mean for who shares none."""
    same = given.votes[given.places, given.said] - 1
    others = given.counts[given.places] - 1
    pairs = np.bincount(given.people, weights=others, minlength=given.people_count)
    agreed = np.bincount(given.people, weights=same, minlength=given.people_count)
    found = np.divide(agreed, pairs, out=np.full(given.people_count, np.nan), where=pairs > 0)
    return np.where(np.isnan(found), np.nanmean(found), found)


def _people(
    given: _Answers, consensus: Labels, qualities: Numbers, weights: Numbers, head_weight: float
) -> Numbers:
    """Return each person's quality, (people,): how likely their answers are, and how often they are the consensus."""
    numbers = np.bincount(given.people, minlength=given.people_count)
    shared = (given.counts > 1)[given.places]
    is_consensus = (given.said == consensus[given.places])[shared]
    with_others = np.bincount(given.people[shared], minlength=given.people_count)
    known = with_others > 0
    likely, agreed = np.full(given.people_count, np.nan), np.full(given.people_count, np.nan)
    likely[known] = np.bincount(given.people, weights=qualities, minlength=len(known))[known] / numbers[known]
    agreed[known] = np.bincount(given.people[shared], weights=is_consensus, minlength=len(known))[known]
    agreed[known] /= with_others[known]
    answering = numbers > 0
    crowd_weight = weights[answering].mean() * given.counts.mean()
    share = head_weight / (head_weight + crowd_weight)
    return share * likely + (1.0 - share) * agreed
