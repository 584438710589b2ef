"""What speaks for or against the care of each annotator: agreement, and answers given far more often than by others."""

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
"""So far from the others must a share lie, the doubt taken off, before it is called unlike theirs."""


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


@dataclass(frozen=True)
class PersonEvidence:
    """What a person's answers look like beside the others'.

    Attributes
    ----------
    agreement
        Where most others agreed, how often this person did, with its interval.
    everybody
        The same of all people together: what ``agreement`` is held against.
    company
        How many others answered some of the same posts.
    lean
        The answer that this person gives most beyond the others; None where nobody else answered their posts.
    """

    reliability: Reliability
    agreement: Share
    everybody: float
    company: int
    lean: Lean | None

    @property
    def leans(self) -> bool:
        """Whether the person gives an answer far more often than others on the same posts."""
        return (
            self.lean is not None
            and self.company >= COMPANY_FROM
            and self.lean.own.total >= ANSWERS_FROM
            and self.lean.gap >= GAP_FROM
        )

    @property
    def disagrees(self) -> bool:
        """Whether the person agrees far less often than everybody does."""
        high = self.agreement.high
        return (
            high is not None
            and self.company >= COMPANY_FROM
            and self.agreement.total >= ANSWERS_FROM
            and self.everybody - high >= GAP_FROM / 2
        )


def evidence_gathered(votes: Iterable[Vote]) -> dict[Hashable, PersonEvidence]:
    """Return the evidence on each person, whom to look at first: by how far they lean or disagree beyond doubt."""
    listed = list(votes)
    trust = reliabilities(listed)
    by_item: dict[Hashable, dict[Hashable, str]] = defaultdict(dict)
    for vote in listed:
        by_item[vote.item][vote.person] = vote.answer
    leans = _leans(by_item)
    company: dict[Hashable, set[Hashable]] = defaultdict(set)
    for answers in by_item.values():
        for person in answers:
            company[person].update(answers)
    compared = sum(row.compared for row in trust.values())
    everybody = sum(row.agreed for row in trust.values()) / compared if compared else 0.0
    found = {
        person: PersonEvidence(
            reliability=row,
            agreement=share_measured(row.agreed, row.compared),
            everybody=everybody,
            company=len(company[person]) - 1,
            lean=leans.get(person),
        )
        for person, row in trust.items()
    }
    return dict(sorted(found.items(), key=lambda item: _urgency(item[1])))


def _urgency(evidence: PersonEvidence) -> tuple[bool, float, float]:
    gap = evidence.lean.gap if evidence.leans and evidence.lean is not None else 0.0
    return (not (evidence.leans or evidence.disagrees), -gap, evidence.reliability.estimate)


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
