"""How an answer does against a known one, and when results say that somebody should stop and look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotation.domain.outlines import Region
from annotation.domain.overlap import similarity
from core.figures.intervals import wilson

ALIKE_MIN = 0.5
"""How alike a region must be to a known one where nothing else was said: the usual half of what both cover."""

ANSWERED_MIN = 5
"""Fewer results than these never stop anybody."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one clause.

    ``severity_within``: steps of the scale; None when the severity does not matter. ``alike_min``: 0 to 1; None when
    evidence does not matter.
    """

    answer: str
    severity: int | None = None
    severity_within: int | None = None
    evidence: Sequence[Region] = field(default=())
    alike_min: float | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a person answered."""

    answer: str
    severity: int | None = None
    evidence: Sequence[Region] = field(default=())


@dataclass(frozen=True, slots=True)
class Mark:
    """How it did. ``right_severity`` and ``alike`` are None where they do not matter.

    ``alike``: how alike the least well found known region is to the mark that stands for it, 0 to 1.
    """

    right_answer: bool
    right_severity: bool | None
    alike: float | None
    passed: bool


def marked(known: Known, given: Given, *, severities: Sequence[int]) -> Mark:
    """Hold an answer against the known one.

    Severity and evidence count only where the answer is right. Every known region must have been marked, each by a
    mark of its own; marking more than is known is no fault, since people differ in how much they point at.

    Parameters
    ----------
    severities
        The clause's scale, mildest first.
    """
    right_answer = given.answer == known.answer
    right_severity = _right_severity(known, given, severities) if right_answer else None
    alike = _alike(known, given) if right_answer else None
    passed = (
        right_answer
        and right_severity is not False
        and (alike is None or known.alike_min is None or alike >= known.alike_min)
    )
    return Mark(right_answer, right_severity, alike, passed)


def _right_severity(known: Known, given: Given, severities: Sequence[int]) -> bool | None:
    step = {severity: index for index, severity in enumerate(severities)}
    if known.severity_within is None or known.severity is None or known.severity not in step:
        return None
    if given.severity is None or given.severity not in step:
        return False
    return abs(step[given.severity] - step[known.severity]) <= known.severity_within


def _alike(known: Known, given: Given) -> float | None:
    """Pair known regions with marks, most alike first; the least of the pairs, 0 where one has none."""
    if known.alike_min is None or not known.evidence:
        return None
    pairs = sorted(
        (
            (-similarity(wanted, mark), at, by)
            for at, wanted in enumerate(known.evidence)
            for by, mark in enumerate(given.evidence)
        ),
    )
    found: dict[int, float] = {}
    used: set[int] = set()
    for negative, at, by in pairs:
        if at not in found and by not in used:
            found[at] = -negative
            used.add(by)
    return min((found.get(at, 0.0) for at in range(len(known.evidence))), default=0.0)


def holds_for(meaning_from: int, meaning_to: int | None, revision: int | None) -> bool:
    """Whether an answer known from one meaning revision to another (None: no end yet) holds for this one."""
    if revision is None or revision < meaning_from:
        return False
    return meaning_to is None or revision <= meaning_to


def falls_below(passed: int, answered: int, *, threshold: float) -> bool:
    """Whether the share of passed gold lies below ``threshold`` beyond what luck explains.

    By the upper end of the 95 % interval (Wilson), and from `ANSWERED_MIN` on: two unlucky answers never stop
    anybody.
    """
    return answered >= ANSWERED_MIN and wilson(passed, answered)[1] < threshold
