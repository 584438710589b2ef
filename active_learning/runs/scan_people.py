"""What a scan tells of those who answered a clause."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

import numpy as np

from active_learning.domain.annotator_evidence import (
    BeyondChance,
    Lean,
    PersonEvidence,
    evidence_gathered,
)
from active_learning.domain.reliability import Vote
from active_learning.learners.arrays import Probabilities
from active_learning.learners.noise.crowd import Crowd, crowd_measured
from annotation.selectors import PersonResult, VoteView
from core.figures.intervals import wilson


@dataclass(frozen=True)
class AnswersGiven:
    """The answers people gave to a clause, and what heads made of its decided posts.

    Attributes
    ----------
    given
        By post, posts without a decision among them.
    ids
        The decided posts, in the order of ``predicted``.
    classes
        The clause's answers, in the order of the columns of ``predicted``.
    """

    given: Mapping[uuid.UUID, Sequence[VoteView]]
    ids: Sequence[uuid.UUID]
    classes: Sequence[str]
    predicted: Probabilities

    @cached_property
    def counted(self) -> list[tuple[int, VoteView]]:
        """Every answer to a decided post that the clause still has, with the post's position; by post."""
        known = set(self.classes)
        return [
            (row, vote)
            for row, post_id in enumerate(self.ids)
            for vote in self.given.get(post_id, [])
            if vote.answer in known
        ]

    @cached_property
    def crowd(self) -> Crowd | None:
        """What people and heads come to, answers in the order of `counted`; None where no post has two."""
        column = {answer: number for number, answer in enumerate(self.classes)}
        number = {person: at for at, person in enumerate(self._people)}
        rows = [(row, number[vote.person_id], column[vote.answer]) for row, vote in self.counted]
        posts, who, said = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        return crowd_measured(posts, who, said, self.predicted, people_count=len(number))

    @property
    def shared(self) -> int:
        """How many decided posts several people answered."""
        return 0 if self.crowd is None else int((self.crowd.answered > 1).sum())

    def qualities(self) -> dict[uuid.UUID, tuple[float, int]]:
        """Return each person's quality by CROWDLAB with how many answers it rests on; empty where there is none."""
        if self.crowd is None:
            return {}
        counts = Counter(vote.person_id for _, vote in self.counted)
        found = zip(self._people, self.crowd.people_qualities.tolist(), strict=True)
        return {person: (quality, counts[person]) for person, quality in found if np.isfinite(quality)}

    @cached_property
    def _people(self) -> list[uuid.UUID]:
        return sorted({vote.person_id for _, vote in self.counted})


def people_told(
    clause_key: str,
    answers: AnswersGiven,
    results: Mapping[uuid.UUID, PersonResult],
    names: Mapping[uuid.UUID, str],
    *,
    suspects: Mapping[uuid.UUID, int],
) -> dict[str, Any]:
    """Return the evidence on each person, whom to look at first, and what everybody's looks like.

    Parameters
    ----------
    results
        Each person's agreement beyond chance and speed, as the page of annotators has them.
    suspects
        How many doubted answers rest on each person's own.
    """
    cast = [
        Vote(post_id, vote.person_id, vote.answer)
        for post_id, votes in answers.given.items()
        for vote in votes
    ]
    found = {
        person: row
        for person, row in evidence_gathered(cast, _beyond_chance(clause_key, results)).items()
        if isinstance(person, uuid.UUID)
    }
    qualities = answers.qualities()
    times = [ms for person in found if (ms := _median_ms(results.get(person))) is not None]
    return {
        "annotators": [
            {
                "pseudonym": names.get(person, "former member"),
                "median_ms": _median_ms(results.get(person)),
                "quality": _quality(qualities.get(person)),
                "suspects": suspects.get(person, 0),
                **_told(row),
            }
            for person, row in found.items()
        ],
        "everybody": {
            "median_ms": median(times) if times else None,
            "pointed_out": sum(row.is_pointed_out for row in found.values()),
        },
    }


def _beyond_chance(clause_key: str, results: Mapping[uuid.UUID, PersonResult]) -> dict[Any, BeyondChance]:
    return {
        person: BeyondChance(kappa.value, kappa.low, kappa.high)
        for person, result in results.items()
        for clause in result.clauses
        if clause.clause.key == clause_key
        for kappa in [clause.reliability.kappa]
    }


def _told(row: PersonEvidence) -> dict[str, Any]:
    return {
        "answered": row.reliability.answered,
        "estimate": round(row.reliability.estimate, 3),
        "agreement": vars(row.agreement),
        "beyond_chance": vars(row.beyond_chance),
        "lean": None if row.lean is None else _lean(row.lean),
        "company": row.company,
        "is_measured": row.is_measured,
        "leans": row.leans,
        "marks_everything": row.marks_everything,
        "tells_nothing": row.tells_nothing,
    }


def _lean(lean: Lean) -> dict[str, Any]:
    return {"answer": lean.answer, "own": vars(lean.own), "others": round(lean.others, 4)}


def _median_ms(result: PersonResult | None) -> float | None:
    return None if result is None else result.speed.median_ms


def _quality(found: tuple[float, int] | None) -> dict[str, float] | None:
    """The quality with Wilson's interval, as if it were a share of so many answers."""
    if found is None:
        return None
    value, count = found
    low, high = wilson(value * count, count)
    return {"value": round(value, 4), "low": low, "high": high}
