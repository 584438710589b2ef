"""What somebody learns by in a project's onboarding, how they did, and who waits for a word."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotation.domain.onboarding import tries_left
from annotation.models import GoldAnswer, GoldItem, GoldResult, Verdict
from annotation.selectors.posts import shown_document
from core.content.selectors import posts_shown
from core.queue.selectors import (
    OnboardingRun,
    OnboardingState,
    QualityRules,
    onboarding_items,
    onboarding_run,
    onboarding_runs,
    quality_rules,
    steps_seen,
)
from policies.selectors import ClauseView, ReleaseView, own_words, releases_get

NONE = "none"
"""Nothing is asked of the person first."""


@dataclass(frozen=True, slots=True)
class LessonClause:
    """One clause of a lesson: what is known beside what was answered, in the words the person reads it in."""

    clause_key: str
    title: str
    question: str
    passed: bool
    known: str
    known_severity: str
    given: str
    given_severity: str
    right_severity: bool | None
    marks_missed: bool
    reason: str
    known_marks: list[dict[str, Any]]
    given_marks: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One post of the set after its answer: what is known of it, and why. ``post`` is None where it is hidden."""

    submission_id: uuid.UUID
    lease_id: uuid.UUID
    external_id: str
    explanation: str
    post: dict[str, Any] | None
    clauses: list[LessonClause]

    @property
    def passed(self) -> bool:
        """Whether every clause was answered as known."""
        return all(clause.passed for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class OnboardingStanding:
    """Where a person is. ``due``: posts still to be answered in this try; ``tries_left``: None without an end."""

    state: str
    try_number: int
    tries_left: int | None
    of: int
    due: int
    answered: int
    right: int
    pass_share: float
    sentence: str

    @property
    def waits(self) -> bool:
        """Whether only a reviewer or manager can go on with it."""
        return self.state == OnboardingState.FAILED and self.tries_left == 0


@dataclass(frozen=True, slots=True)
class OnboardingView:
    """A project's onboarding as those who keep quality see it."""

    item_ids: list[uuid.UUID]
    pass_share: float
    tries: int | None
    names: dict[uuid.UUID, str]
    people: list[tuple[uuid.UUID, OnboardingStanding]]

    @property
    def is_on(self) -> bool:
        """Whether newcomers are asked anything first."""
        return bool(self.item_ids)


def onboarding_view(project_id: uuid.UUID) -> OnboardingView:
    """Return the project's set, its pass mark and where everybody is; the caller has passed the project's door."""
    rules = quality_rules(project_id)
    people = [(run.person_id, standing_of_run(rules, run)) for run in onboarding_runs(project_id)]
    people.sort(key=lambda row: (not row[1].waits, row[1].state == OnboardingState.PASSED))
    item_ids = onboarding_items(project_id)
    names = dict(GoldItem.objects.filter(pk__in=item_ids).values_list("pk", "post__external_id"))
    return OnboardingView(item_ids, rules.onboarding_pass, rules.onboarding_tries, names, people)


def own_onboarding(
    project_id: uuid.UUID, person_id: uuid.UUID, *, is_due: bool
) -> tuple[OnboardingStanding, list[Lesson]]:
    """Return where a person is, and the lessons of their present try, oldest first."""
    rules = quality_rules(project_id)
    run = onboarding_run(project_id, person_id)
    if run is None:
        if not is_due:
            return OnboardingStanding(NONE, 0, None, 0, 0, 0, 0, rules.onboarding_pass, ""), []
        run = OnboardingRun(project_id=project_id, person_id=person_id)
    if not is_due and run.state != OnboardingState.PASSED:
        return OnboardingStanding(NONE, 0, None, 0, 0, 0, 0, rules.onboarding_pass, ""), []
    return standing_of_run(rules, run), _lessons(run)


def standing_of_run(rules: QualityRules, run: OnboardingRun) -> OnboardingStanding:
    """Return where the person of a run is."""
    seen = steps_seen(run.project_id, run)
    marks: dict[uuid.UUID, bool] = {}
    for row in _results(run):
        marks[row.submission_id] = marks.get(row.submission_id, True) and row.passed
    return OnboardingStanding(
        state=run.state,
        try_number=run.try_number - run.first_try + 1,
        tries_left=tries_left(
            try_number=run.try_number, first_try=run.first_try, tries=rules.onboarding_tries
        ),
        of=seen.of,
        due=seen.due,
        answered=len(marks),
        right=sum(marks.values()),
        pass_share=rules.onboarding_pass,
        sentence=run.sentence,
    )


def _results(run: OnboardingRun) -> list[GoldResult]:
    """The results of the present try; of an item that was answered twice in it, the first answer's."""
    rows = GoldResult.objects.filter(
        project_id=run.project_id, person_id=run.person_id, onboarding_try=run.try_number
    )
    first: dict[uuid.UUID, uuid.UUID] = {}
    found = list(rows.select_related("item__post", "submission__task").order_by("id"))
    for row in found:
        first.setdefault(row.item_id, row.submission_id)
    return [row for row in found if first[row.item_id] == row.submission_id]


def _lessons(run: OnboardingRun) -> list[Lesson]:
    results = _results(run)
    releases = releases_get({row.submission.task.release_id for row in results})
    words = own_words(run.person_id, releases)
    given = {
        (row.submission_id, row.clause_key): row
        for row in Verdict.objects.filter(
            submission__in=[row.submission_id for row in results]
        ).prefetch_related("evidence")
    }
    known = {
        (row.item_id, row.clause_key): row
        for row in GoldAnswer.objects.filter(item__in=[row.item_id for row in results])
    }
    shown = posts_shown(list({row.item.post_id for row in results}))
    lessons: dict[uuid.UUID, Lesson] = {}
    for row in results:
        lesson = lessons.setdefault(
            row.submission_id,
            Lesson(
                row.submission_id,
                row.submission.lease_id,
                row.item.post.external_id,
                row.item.explanation,
                shown_document(shown[row.item.post_id]) if row.item.post_id in shown else None,
                [],
            ),
        )
        release = releases[row.submission.task.release_id]
        lesson.clauses.append(
            _clause(
                row,
                release,
                words.get((release.id, row.clause_key), {}),
                known[row.item_id, row.clause_key],
                given[row.submission_id, row.clause_key],
            )
        )
    return list(lessons.values())


def _clause(
    result: GoldResult, release: ReleaseView, words: Mapping[str, str], known: GoldAnswer, given: Verdict
) -> LessonClause:
    clause = release.clauses[result.clause_key]
    return LessonClause(
        clause_key=clause.key,
        title=words.get("title", clause.title),
        question=words.get("question", clause.question),
        passed=result.passed,
        known=_answer(clause, words, known.answer),
        known_severity=_severity(clause, words, known.severity),
        given=_answer(clause, words, given.answer),
        given_severity=_severity(clause, words, given.severity),
        right_severity=result.right_severity,
        marks_missed=bool(
            known.alike_min is not None and result.alike is not None and result.alike < known.alike_min
        ),
        reason=known.reason,
        known_marks=known.evidence,
        given_marks=[piece.data for piece in given.evidence.all()],
    )


def _answer(clause: ClauseView, words: Mapping[str, str], value: str) -> str:
    label = next((one.label for one in clause.answers if one.value == value), value)
    return words.get(f"answers/{value}", label)


def _severity(clause: ClauseView, words: Mapping[str, str], value: int | None) -> str:
    if value is None:
        return ""
    label = next((one.label for one in clause.severities if one.value == value), str(value))
    return words.get(f"severities/{value}", label)
