"""How well a judge agrees with people, and with itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from active_learning.domain.intervals import Share, share_measured
from active_learning.domain.judging import CallOutcome

UNCLEAR = ""
"""Stands for a post on which the judge gave no answer, or as many for one as for another."""
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Call:
    """One call on one post under one text."""

    post: str
    order: str
    seed: int
    outcome: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's κ with its 95 % bootstrap interval; ``None`` where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class TextFigures:
    """What one text of one clause made a judge say.

    Attributes
    ----------
    agreement
        Share of posts with people's answer; a post without a clear answer is one without agreement.
    confusion
        People's answer → the judge's → posts; `UNCLEAR` among the judge's.
    by_language
        Agreement in each language.
    order_changes
        Of pairs of answers that differ in nothing but the order of the examples: how many differ.
    seed_changes
        Of posts asked with several seeds in one order: on how many not all answers are the same.
    unparsed
        Of calls that came back: how many gave none of the answers.
    failed
        Calls that never came back.
    """

    agreement: Share
    kappa: Kappa
    confusion: dict[str, dict[str, int]]
    by_language: dict[str, Share]
    order_changes: Share
    seed_changes: Share
    unparsed: Share
    failed: int


def judged_answer(calls: Iterable[Call]) -> str:
    """Return the answer most calls on a post gave; `UNCLEAR` when none did or two gave equally many."""
    counts = Counter(call.answer for call in calls if call.answer is not None).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return UNCLEAR
    return str(counts[0][0])


def text_figures(
    calls: Sequence[Call], given: dict[str, str], languages: dict[str, str], *, seed: int
) -> TextFigures:
    """Return the figures of one text of one clause.

    Parameters
    ----------
    calls
        All calls under the text; posts whose calls all failed are left out of agreement and κ.
    given, languages
        People's answer and the language, by post.
    """
    by_post: dict[str, list[Call]] = {}
    for call in calls:
        by_post.setdefault(call.post, []).append(call)
    judged = {
        post: judged_answer(found)
        for post, found in sorted(by_post.items())
        if any(call.outcome != CallOutcome.FAILED for call in found)
    }
    confusion: dict[str, dict[str, int]] = {}
    for post, answer in judged.items():
        row = confusion.setdefault(given[post], {})
        row[answer] = row.get(answer, 0) + 1
    tongues = sorted({languages[post] for post in judged})
    back = [call for call in calls if call.outcome != CallOutcome.FAILED]
    return TextFigures(
        agreement=_agreement(judged, given),
        kappa=kappa_measured([(given[post], answer) for post, answer in judged.items()], seed=seed),
        confusion=confusion,
        by_language={
            tongue: _agreement({p: a for p, a in judged.items() if languages[p] == tongue}, given)
            for tongue in tongues
        },
        order_changes=_order_changes(by_post),
        seed_changes=_seed_changes(by_post),
        unparsed=share_measured(sum(call.outcome == CallOutcome.UNPARSED for call in back), len(back)),
        failed=len(calls) - len(back),
    )


def _agreement(judged: dict[str, str], given: dict[str, str]) -> Share:
    return share_measured(sum(given[post] == answer for post, answer in judged.items()), len(judged))


def _order_changes(by_post: dict[str, list[Call]]) -> Share:
    pairs = changed = 0
    for calls in by_post.values():
        answers = {(call.seed, call.order): call.answer for call in calls if call.answer is not None}
        for seed in {seed for seed, _ in answers}:
            both = [answer for (own, _), answer in answers.items() if own == seed]
            if len(both) == 2:
                pairs += 1
                changed += both[0] != both[1]
    return share_measured(changed, pairs)


def _seed_changes(by_post: dict[str, list[Call]]) -> Share:
    groups = changed = 0
    for calls in by_post.values():
        told = sorted((call for call in calls if call.answer is not None), key=lambda call: call.order)
        for _, same_order in groupby(told, key=lambda call: call.order):
            answers = [call.answer for call in same_order]
            if len(answers) > 1:
                groups += 1
                changed += len(set(answers)) > 1
    return share_measured(changed, groups)


def kappa_measured(pairs: Sequence[tuple[str, str]], *, seed: int) -> Kappa:
    """Return Cohen's κ of pairs of answers (Cohen 1960), with a percentile interval over resampled pairs.

    Not defined without pairs, or where both sides know one and the same answer only; resamples in which it is not
    defined are left out of the interval.
    """
    values = sorted({value for pair in pairs for value in pair})
    place = {value: number for number, value in enumerate(values)}
    if not pairs:
        return Kappa(None, None, None)
    codes = np.array([place[a] * len(values) + place[b] for a, b in pairs], dtype=np.int64)
    value = _kappa(np.bincount(codes, minlength=len(values) ** 2)[None, :], len(values))[0]
    if np.isnan(value):
        return Kappa(None, None, None)
    cells, counts = np.unique(codes, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(codes), counts / len(codes), size=RESAMPLES)
    tables = np.zeros((RESAMPLES, len(values) ** 2), dtype=np.int64)
    tables[:, cells] = drawn
    spread = _kappa(tables, len(values))
    spread = spread[~np.isnan(spread)]
    if not len(spread):
        return Kappa(float(value), None, None)
    low, high = np.percentile(spread, [2.5, 97.5])
    return Kappa(float(value), float(low), float(high))


def _kappa(tables: np.ndarray, values: int) -> np.ndarray:
    """Return κ of each table of shape (tables, values²), NaN where it is not defined."""
    square = tables.reshape(len(tables), values, values).astype(float)
    total = square.sum(axis=(1, 2))
    seen = np.trace(square, axis1=1, axis2=2) / total
    chance = (square.sum(axis=2) * square.sum(axis=1)).sum(axis=1) / total**2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(chance < 1, (seen - chance) / (1 - chance), np.nan)
