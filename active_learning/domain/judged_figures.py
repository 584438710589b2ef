"""How well a judge agrees with people, and with itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from active_learning.domain.intervals import Share, share_measured
from active_learning.domain.judging import CallOutcome
from core.figures.intervals import Measured
from core.figures.kappa import kappa_measured

UNCLEAR = ""
"""Stands for a post on which the judge gave no answer, or as many for one as for another."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call on one post under one text."""

    post: str
    order: str
    seed: int
    outcome: str
    answer: str | None


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
    kappa: Measured
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
        kappa=kappa_measured(
            {
                (one, other): count
                for one, row in sorted(confusion.items())
                for other, count in sorted(row.items())
            },
            seed=seed,
        ),
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
