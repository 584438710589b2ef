"""Pausing people whose answers to gold fall below what a project asks for, beyond what luck explains."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from operator import itemgetter

from django.db import transaction

from annotation.domain.gold import falls_below
from annotation.selectors.gold import results_standing, submissions_marked
from core.accounts.selectors import Project, project_by_id
from core.accounts.services import audit_record
from core.queue.marks_registry import PersonMark, marks_elsewhere
from core.queue.selectors import Pause, QualityRules
from core.queue.services import pause_make

_REASON = (
    "Of your last {answered} answers to {what} whose answer is known, {passed} were as expected. "
    "This project pauses work below {threshold:.0f} %, so that you and a reviewer can look at it together."
)


def gold_watch() -> int:
    """Look at everybody's newest results in the projects that want it; return how many people were paused.

    Run by the clock and not by answers, so that no pause tells which answer it followed. Safe to run twice.
    """
    paused = 0
    for rules in QualityRules.objects.filter(pause_below__isnull=False):
        elsewhere = marks_elsewhere(rules.project_id)
        people = results_standing(rules.project_id).values_list("person_id", flat=True).distinct()
        for person_id in sorted({*people, *(mark.person_id for mark in elsewhere)}):
            others = [mark for mark in elsewhere if mark.person_id == person_id]
            with transaction.atomic():
                paused += _look(project_by_id(rules.project_id), rules, person_id, others)
    return paused


def _look(project: Project, rules: QualityRules, person_id: uuid.UUID, others: Sequence[PersonMark]) -> int:
    """Pause the person when the answers since their last pause say so; 1 when they were paused now.

    Parameters
    ----------
    others
        How they did on what other apps measure them by.
    """
    rows = results_standing(project.pk).filter(person_id=person_id)
    last = Pause.objects.filter(project=project, person_id=person_id).order_by("-id").first()
    if last is not None:
        if last.ended_at is None:
            return 0
        ended = last.ended_at
        rows = rows.filter(created_at__gt=ended)
        others = [mark for mark in others if mark.at > ended]
    own = [(at, failed == 0) for _, _, failed, at in submissions_marked(rows)]
    newest = sorted([*own, *((mark.at, mark.passed) for mark in others)], key=itemgetter(0))
    marks = [passed for _, passed in newest][-rules.pause_window :]
    threshold = rules.pause_below or 0.0
    if not falls_below(sum(marks), len(marks), threshold=threshold):
        return 0
    figures = {"answered": len(marks), "passed": sum(marks), "threshold": threshold}
    reason = _REASON.format(
        answered=len(marks),
        passed=sum(marks),
        threshold=100 * threshold,
        what="posts" if not others else "pairs" if not own else "posts and pairs",
    )
    pause = pause_make(project, person_id, reason=reason, figures=figures)
    if pause is None:
        return 0
    audit_record(None, action="pause.begin", project=project, target=pause, data=figures)
    return 1
