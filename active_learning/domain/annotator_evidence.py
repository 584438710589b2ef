"""What speaks for or against the care of each annotator: agreement beyond chance, and one answer given to everything.

Evidence, not a verdict: somebody who is stricter than the others yet tells posts apart is not pointed out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from active_learning.domain.intervals import Share, share_measured
from active_learning.domain.reliability import Reliability, Vote, reliabilities

ANSWERS_FROM = 20
"""Below so many answers nothing is held against a person."""
COMPANY_FROM = 2
"""Beside so few others nothing is held against a person: of two who differ nobody can say which one is careless."""
GAP_FROM = 0.2
"""So far above the others' must the lower end of a share lie before it is called unlike theirs."""
EVERYTHING_FROM = 0.98
"""From this share on, one answer was given to everything."""
BEYOND_CHANCE_OF_NO_USE = 0.2
"""Whose agreement surely lies below and may well be 0 tells posts apart no better than somebody who does not look."""


@dataclass(frozen=True)
class BeyondChance:
    """How far a person agrees with others beyond chance, with its 95 % interval.

    1 is always right, 0 what answering without looking gives, below 0 is worse; all None where there is too little.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Lean:
    """How often a person gave an answer, and how often others gave it on the very same posts.

    Attributes
    ----------
    own
        Of the posts that others answered, too.
    others
        Share of the others' answers, 0 … 1; each post counts as often as others answered it.
    """

    answer: str
    own: Share
    others: float

    @property
    def gap(self) -> float:
        """How far the person is ahead at the least: the lower end of their share less the others'; below 0 for none."""
        return (self.own.low or 0.0) - self.others

    @property
    def is_everything(self) -> bool:
        """Whether the answer was given to every post, or all but very few."""
        return self.own.value is not None and self.own.value >= EVERYTHING_FROM


@dataclass(frozen=True)
class PersonEvidence:
    """What a person's answers look like beside the others'.

    Attributes
    ----------
    agreement
        Where most others agreed, how often this person did, with its interval.
    company
        How many others answered some of the same posts.
    lean
        The answer that this person gives most beyond the others; None where nobody else answered their posts.
    """

    reliability: Reliability
    agreement: Share
    beyond_chance: BeyondChance
    company: int
    lean: Lean | None

    @property
    def is_measured(self) -> bool:
        """Whether there is enough to say anything about the person."""
        return self.lean is not None and self.lean.own.total >= ANSWERS_FROM and self.company >= COMPANY_FROM

    @property
    def leans(self) -> bool:
        """Whether the person gives an answer far more often than others on the same posts."""
        return self.is_measured and self.lean is not None and self.lean.gap >= GAP_FROM

    @property
    def marks_everything(self) -> bool:
        """Whether the person gives everything one answer that others do not give to the same posts."""
        return self.leans and self.lean is not None and self.lean.is_everything

    @property
    def tells_nothing(self) -> bool:
        """Whether the person agrees with others no more than somebody who does not look."""
        low, high = self.beyond_chance.low, self.beyond_chance.high
        if low is None or high is None or not self.is_measured:
            return False
        return low <= 0 and high < BEYOND_CHANCE_OF_NO_USE

    @property
    def is_pointed_out(self) -> bool:
        """Whether somebody should look at this person's answers."""
        return self.marks_everything or self.tells_nothing


def evidence_gathered(
    votes: Iterable[Vote], beyond_chance: Mapping[Hashable, BeyondChance]
) -> dict[Hashable, PersonEvidence]:
    """Return the evidence on each person, whom to look at first.

    First whoever never gave another answer, which takes no estimate to see; then who gave one to nearly everything;
    then who agrees no more than chance; then all others, the least agreeing first.
    """
    listed = list(votes)
    by_item: dict[Hashable, dict[Hashable, str]] = defaultdict(dict)
    for vote in listed:
        by_item[vote.item][vote.person] = vote.answer
    leans = _leans(by_item)
    company: dict[Hashable, set[Hashable]] = defaultdict(set)
    for answers in by_item.values():
        for person in answers:
            company[person].update(answers)
    found = {
        person: PersonEvidence(
            reliability=row,
            agreement=share_measured(row.agreed, row.compared),
            beyond_chance=beyond_chance.get(person, BeyondChance()),
            company=len(company[person]) - 1,
            lean=leans.get(person),
        )
        for person, row in reliabilities(listed).items()
    }
    return dict(sorted(found.items(), key=lambda item: _urgency(item[1])))


def _urgency(evidence: PersonEvidence) -> tuple[int, float, float]:
    lean = evidence.lean
    if evidence.marks_everything and lean is not None:
        return (0 if lean.own.hits == lean.own.total else 1, -lean.gap, 0.0)
    value = evidence.beyond_chance.value
    estimate = evidence.reliability.estimate
    return (2, 0.0 if value is None else value, estimate) if evidence.tells_nothing else (3, estimate, 0.0)


def _leans(by_item: Mapping[Hashable, Mapping[Hashable, str]]) -> dict[Hashable, Lean]:
    own: dict[Hashable, Counter[str]] = defaultdict(Counter)
    others: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for answers in by_item.values():
        if len(answers) < 2:
            continue
        tally = Counter(answers.values())
        for person, answer in answers.items():
            own[person][answer] += 1
            others[person].update(tally)
            others[person][answer] -= 1
    return {person: _widest(counts, others[person]) for person, counts in own.items()}


def _widest(own: Counter[str], others: Counter[str]) -> Lean:
    answered, beside = own.total(), others.total()
    leans = [
        Lean(answer, share_measured(count, answered), others[answer] / beside)
        for answer, count in sorted(own.items())
    ]
    return max(leans, key=lambda lean: lean.gap)
