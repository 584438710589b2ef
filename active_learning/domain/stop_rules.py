"""When rounds that go on by themselves are to stop: no gain any more, budget spent, enough harm found; free of Django.

A rule tells whether to stop and says why with its numbers. Where the numbers cannot tell, it says so and does not stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from core.figures.intervals import Z_95, Measured

LEAST_EACH = 10
"""With fewer harmful or harmless held-out posts nothing is said of a gain."""
WIDEST = 0.05
"""An interval reaching farther than this to either side could not have shown a gain worth having."""


class Rule(StrEnum):
    """What may end rounds."""

    PLATEAU = "plateau"
    BUDGET = "budget"
    RECALL = "recall"


class Verdict(StrEnum):
    """What a rule says."""

    STOP = "stop"
    GO_ON = "go_on"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule says, in a sentence with its numbers; ``part``: how far it is, 0 … 1, None where unknown."""

    rule: Rule
    verdict: Verdict
    sentence: str
    part: float | None = None

    @property
    def stops(self) -> bool:
        """Whether rounds are to stop."""
        return self.verdict is Verdict.STOP


@dataclass(frozen=True, slots=True)
class Measuring:
    """How one round's model did on the held-out posts.

    Attributes
    ----------
    posts
        The digest of the set; empty where no model was trained.
    harmless, harmful
        One character a post in the order of their identifiers, "1" where the model's answer was right.
    """

    posts: str
    harmless: str
    harmful: str


def gain_measured(before: Measuring, after: Measuring) -> Measured:
    """Return how much more is answered right, as the mean of the shares of harmful and harmless posts.

    Both models answered the same posts, so only those where they differ speak. The interval is that for paired shares
    by Bonett and Price (2012), with harmful and harmless posts as strata.

    Raises
    ------
    ValueError
        Of other posts, or of none of one kind.
    """
    if before.posts != after.posts:
        raise ValueError("A gain is measured on one set of posts.")
    value = middle = variance = 0.0
    for old, new in ((before.harmless, after.harmless), (before.harmful, after.harmful)):
        total = len(old)
        if not total or total != len(new):
            raise ValueError("A gain needs the same posts of both kinds.")
        won = sum(pair == ("0", "1") for pair in zip(old, new, strict=True))
        lost = sum(pair == ("1", "0") for pair in zip(old, new, strict=True))
        value += (won - lost) / total / 2
        more, less = (won + 1) / (total + 2), (lost + 1) / (total + 2)
        middle += (more - less) / 2
        variance += (more + less - (more - less) ** 2) / (total + 2) / 4
    half = Z_95 * sqrt(variance)
    return Measured(value, max(-1.0, middle - half), min(1.0, middle + half))


def plateau_said(measured: Sequence[Measuring], *, rounds: int, least_gain: float) -> Said:
    """Return whether the last ``rounds`` rounds gained nothing that shows, or less than ``least_gain`` (0 … 1).

    Parameters
    ----------
    measured
        Finished rounds, oldest first; those without a model count as no round.
    """
    known = [one for one in measured if one.posts]
    part = min(1.0, max(0, len(known) - 1) / rounds)
    if len(known) <= rounds:
        return _plateau(
            Verdict.UNTOLD,
            f"Not enough to tell whether rounds still gain: {rounds + 1} models are needed, and there are "
            f"{len(known):,}.",
            part,
        )
    before, after = known[-rounds - 1], known[-1]
    if before.posts != after.posts:
        return _plateau(
            Verdict.UNTOLD,
            "Not enough to tell whether rounds still gain: held-out posts were decided meanwhile, so the models were "
            "measured on different posts.",
            part,
        )
    if min(len(after.harmful), len(after.harmless)) < LEAST_EACH:
        return _plateau(
            Verdict.UNTOLD,
            f"Not enough to tell whether rounds still gain: {len(after.harmful):,} harmful and "
            f"{len(after.harmless):,} harmless posts are held out, and {LEAST_EACH} of each are needed.",
            part,
        )
    return _gain_said(gain_measured(before, after), rounds=rounds, least_gain=least_gain, part=part)


def _gain_said(gain: Measured, *, rounds: int, least_gain: float, part: float) -> Said:
    value, low, high = gain.value or 0.0, gain.low or 0.0, gain.high or 0.0
    told = (
        f"The last {rounds} rounds changed the share of held-out posts answered right by {_points(value)} points "
        f"({_points(low)} to {_points(high)}, 95 % interval)"
    )
    if (high - low) / 2 > WIDEST and high >= least_gain:
        return _plateau(Verdict.UNTOLD, f"{told}: too few posts are held out to tell a gain.", part)
    if value < least_gain:
        return _plateau(Verdict.STOP, f"{told}, less than the {_points(least_gain)} that are wanted.", part)
    if low <= 0:
        return _plateau(Verdict.STOP, f"{told}: no gain shows any more.", part)
    return _plateau(Verdict.GO_ON, f"{told}: they still gain.", part)


def _plateau(verdict: Verdict, sentence: str, part: float) -> Said:
    return Said(Rule.PLATEAU, verdict, sentence, part)


def budget_said(bought: int, *, limit: int, per_post: int) -> Said:
    """Return whether the answers bought leave too few for one more post, which takes ``per_post`` of them."""
    told = f"{bought:,} of {limit:,} answers are bought"
    part = min(1.0, bought / limit)
    if bought >= limit:
        return Said(Rule.BUDGET, Verdict.STOP, f"{told}.", part)
    if bought + per_post > limit:
        return Said(Rule.BUDGET, Verdict.STOP, f"{told}, and a post takes {per_post:,}.", part)
    return Said(Rule.BUDGET, Verdict.GO_ON, f"{told}.", part)


def posts_affordable(budget: int, *, bought: int, still_asked: int, limit: int | None, per_post: int) -> int:
    """Return for how many posts the next round may ask: its own budget, or what the answers' limit leaves."""
    if limit is None:
        return budget
    return min(budget, max(0, limit - bought - still_asked) // per_post)


def recall_said(recall: Measured, *, target: float) -> Said:
    """Return whether at least ``target`` (0 … 1) of the harm is found: the interval's lower end must reach it."""
    if recall.value is None or recall.low is None or recall.high is None:
        return Said(
            Rule.RECALL,
            Verdict.UNTOLD,
            "Not enough to tell how much of the harm is found: no harmful post is expected, or no post that was drawn "
            "at random is decided.",
        )
    told = (
        f"{_percent(recall.value)} of the harmful posts are found "
        f"({_percent(recall.low)} to {_percent(recall.high)}, 95 % interval)"
    )
    wanted = _percent(target)
    part = min(1.0, recall.low / target)
    if recall.low >= target:
        return Said(Rule.RECALL, Verdict.STOP, f"{told}: surely the {wanted} that are wanted.", part)
    return Said(Rule.RECALL, Verdict.GO_ON, f"{told}: not surely the {wanted} that are wanted yet.", part)


def _points(share: float) -> str:
    return f"{share * 100:+.1f}".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
