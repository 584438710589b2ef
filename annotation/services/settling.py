"""What an answer leads to: a decision and perhaps one more person asked, or a mark against the known answer.

None of it happens in the request that takes the answer in: the time that takes would tell gold from other work. The
answer leaves a row in its transaction, whatever comes of it; the relay has a worker look at what was left.
"""

from __future__ import annotations

import uuid

from annotation.domain.consensus import HUMAN_METHODS, Method
from annotation.domain.document import LabelDocument, Verdict
from annotation.domain.gold import Given, Known, holds_for, marked
from annotation.models import GoldAnswer, GoldItem, GoldResult, UnsettledAnswer
from annotation.selectors.decisions import decisions_current
from annotation.services.decisions import posts_decide
from annotation.services.impact import AnnotationImpact
from core.db.inserting import Stored, insertion
from core.db.prepared import rows, together
from core.db.waiting import waiting_settle
from core.queue.selectors import (
    GOLD_SOURCE,
    ONBOARDING,
    HeldTask,
    Submission,
    held_of,
    rules_kept,
    tasks_in,
)
from core.queue.services import onboarding_answered, task_ask_more
from policies.selectors import ReleaseView, release_fixed
from policies.services import campaigns_follow

SETTLE_TASK = "annotation.settle_answers"

_WAITING = "SELECT EXISTS (SELECT 1 FROM annotation_unsettledanswer WHERE due_at <= statement_timestamp())"


def answer_left(submission_id: uuid.UUID) -> Stored:
    """Return the row that leaves an answer to be settled, for the statement that stores what it says."""
    return UnsettledAnswer, [{"submission_id": submission_id}]


def answers_wait() -> bool:
    """Whether answers wait to be settled."""
    return bool(rows(_WAITING, {})[0][0])


def answers_settle(*, most: int = 5000) -> int:
    """Settle answers that wait, oldest first; return how many were looked at. Safe to run twice, and beside another."""
    return waiting_settle(UnsettledAnswer, lambda left: _settle(left.submission_id), most=most)


def _settle(submission_id: uuid.UUID) -> None:
    """Do what the last answer to a task, or the correction of one, leads to.

    One under a rule that has changed meanwhile is asked again by the campaigns that ask for all such answers.
    """
    answer = Submission.objects.select_related("lease__task", "lease__slot").get(pk=submission_id)
    task = held_of(answer.lease)
    if answer.slot_id is None:
        return
    if task.source != GOLD_SOURCE and task.post_id is not None:
        campaigns_follow(
            project_id=task.project_id,
            source=AnnotationImpact.name,
            item_id=task.post_id,
            release_id=task.release_id,
            clause_keys=task.task_clause_keys,
        )
    if task.task_state != "closed":
        return
    release = release_fixed(task.release_id)
    if task.source != GOLD_SOURCE:
        task_settle(task, release)
        return
    # A correction is marked anew, unless the project shows people their results: then the first answer stands.
    if answer.supersedes_id is not None and rules_kept(task.project_id).shows_gold_results:
        return
    gold_mark(
        task,
        release,
        person_id=answer.person_id,
        submission_id=answer.pk,
        document=LabelDocument.model_validate(answer.document),
    )


def lesson_settle(
    task: HeldTask,
    release: ReleaseView,
    submission_id: uuid.UUID,
    *,
    person_id: uuid.UUID,
    document: LabelDocument,
) -> None:
    """Mark the first answer to a task of somebody's onboarding, in the transaction that stores it.

    That a post is one to learn by is no secret, and its known answer is looked at next.
    """
    told = task.context[ONBOARDING]
    if gold_mark(
        task,
        release,
        person_id=person_id,
        submission_id=submission_id,
        document=document,
        onboarding_try=told["try"],
    ):
        onboarding_answered(task.project_id, person_id, try_number=told["try"])


def task_settle(task: HeldTask, release: ReleaseView) -> None:
    """Decide the post of a task that is full; ask one more person where the answers differ and the project wants it."""
    if task.post_id is None:
        return
    posts_decide(
        project_id=task.project_id,
        post_ids=[task.post_id],
        release=release,
        clause_keys=task.task_clause_keys,
    )
    rules = rules_kept(task.project_id)
    if not rules.answers_most:
        return
    disputed = _disputed(task, release)
    if disputed:
        task_ask_more(task.task_id, clause_keys=disputed, answers_most=rules.answers_most)


def _disputed(task: HeldTask, release: ReleaseView) -> list[str]:
    """The clauses of the task's post on which people differ more than the project takes."""
    rules = rules_kept(task.project_id)
    quiet = {key for key, row in rules.clauses.items() if row.get("asks_more") is False}
    asking = [key for key in task.task_clause_keys if key not in quiet]
    current = decisions_current(
        task.project_id, release_id=release.id, clause_keys=asking, include_undecided=True
    ).filter(post=task.post_id)
    return [
        row.clause_key
        for row in current
        if row.method not in HUMAN_METHODS
        and (row.method == Method.UNDECIDED or row.confidence < rules.agree_share)
    ]


def gold_mark(
    task: HeldTask,
    release: ReleaseView,
    *,
    person_id: uuid.UUID,
    submission_id: uuid.UUID,
    document: LabelDocument,
    onboarding_try: int | None = None,
) -> bool:
    """Hold an answer to a gold task against what is known, clause by clause; where a clause means something else by
    now, nothing is known. Return whether anything was.
    """
    said = {verdict.clause_key: verdict for verdict in document.verdicts}
    own = tasks_in(task.project_id).filter(pk=task.task_id).values("source_id")
    answers = GoldAnswer.objects.filter(item__in=own).select_related("item")
    results = [
        _result(answer.item, answer, said[answer.clause_key], release, person_id, submission_id)
        for answer in answers
        if answer.clause_key in said
        and holds_for(
            answer.meaning_from, answer.meaning_to, release.clauses[answer.clause_key].meaning_revision
        )
    ]
    for result in results:
        result.onboarding_try = onboarding_try
    if results:
        together([insertion(results)])
    return bool(results)


def _result(
    item: GoldItem,
    answer: GoldAnswer,
    verdict: Verdict,
    release: ReleaseView,
    person_id: uuid.UUID,
    submission_id: uuid.UUID,
) -> GoldResult:
    clause = release.clauses[answer.clause_key]
    known = Known(answer.answer, answer.severity, answer.severity_within, answer.evidence, answer.alike_min)
    evidence = [piece.model_dump(mode="json", exclude_none=True) for piece in verdict.evidence]
    mark = marked(known, Given(verdict.answer, verdict.severity, evidence), severities=clause.severity_values)
    return GoldResult(
        project_id=item.project_id,
        item=item,
        submission_id=submission_id,
        person_id=person_id,
        clause_key=answer.clause_key,
        meaning_revision=clause.meaning_revision,
        passed=mark.passed,
        right_answer=mark.right_answer,
        right_severity=mark.right_severity,
        alike=mark.alike,
    )
