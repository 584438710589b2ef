"""What a judgment leads to: decisions and perhaps one more person asked, or a mark against what is known.

None of it happens in the request that takes the judgment in: the time that takes would tell a pair whose answer is
known, or one asked again, from other work. The judgment leaves a row in its transaction, whatever comes of it; the
relay has a worker look at what was left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean
from uuid import UUID

from django.db.models.functions import Now

from core.db.waiting import waiting_settle
from core.queue.selectors import Submission, rules_kept
from core.queue.services import task_ask_more
from policies.selectors import release_get
from policies.services import campaigns_follow
from preferences.domain.asking import Asked
from preferences.domain.decisions import Method
from preferences.domain.forms import Form
from preferences.models import ClauseCitation, Judgment, RatingDecision, SlateAnswer, UnsettledJudgment
from preferences.selectors.comparisons import current_decisions
from preferences.services.decisions import decisions_recompute
from preferences.services.gold import gold_pair_mark
from preferences.services.impact import PreferenceImpact
from preferences.services.slate_impact import SlateImpact
from preferences.services.slate_pairs import slate_pairs_keep, slate_ratings_decide

SETTLE_TASK = "preferences.settle_judgments"


def judgment_left(submission_id: UUID) -> None:
    """Leave a judgment to be settled, in the transaction that stores it."""
    UnsettledJudgment.objects.create(submission_id=submission_id)


def judgments_wait() -> bool:
    """Whether judgments wait to be settled."""
    return UnsettledJudgment.objects.filter(due_at__lte=Now()).exists()


def judgments_settle(*, most: int = 5000) -> int:
    """Settle judgments that wait, oldest first; return how many were looked at. Safe to run twice."""
    return waiting_settle(UnsettledJudgment, lambda left: _settle(left.submission_id), most=most)


def _settle(submission_id: UUID) -> None:
    judgments = list(
        Judgment.objects.filter(submission_id=submission_id)
        .select_related("submission__task", "submission__slot")
        .prefetch_related("axis_answers")
    )
    if not judgments:
        _settle_slate(
            SlateAnswer.objects.select_related("slate", "submission__task").get(submission_id=submission_id)
        )
        return
    judgment = judgments[0]
    if judgment.submission.slot_id is None:
        return
    if judgment.asked == Asked.WORK:
        _settle_work(judgment.submission, judgments)
    elif judgment.asked == Asked.GOLD:
        gold_pair_mark(judgment)


def _settle_slate(answer: SlateAnswer) -> None:
    """Keep what follows from an answer about a slate, and settle it; what is asked again only measures the person."""
    if answer.submission.slot_id is None or answer.asked != Asked.WORK:
        return
    _settle_corrected(answer.submission)
    judgments = slate_pairs_keep(answer)
    ratings = slate_ratings_decide(answer)
    if answer.submission.supersedes_id is not None:
        # A pair that the corrected answer ordered, and this one does not, must not keep its decision.
        earlier = Judgment.objects.filter(submission_id=answer.submission.supersedes_id)
        for judgment in earlier.exclude(comparison__in=[each.comparison_id for each in judgments]):
            _decide(judgment)
    _follow_slate(answer)
    _settle_work(answer.submission, judgments, ratings)


def _follow_slate(answer: SlateAnswer) -> None:
    """Ask anew what was said of single responses, where its rule has changed meanwhile and a campaign asks such."""
    keys = {cited["clause_key"] for opinion in answer.opinions.all() for cited in opinion.cited}
    if answer.form == Form.RATING:
        keys |= set(answer.placements.values_list("clause_key", flat=True))
    if keys:
        campaigns_follow(
            project_id=answer.project_id,
            source=SlateImpact.name,
            item_id=answer.slate_id,
            release_id=answer.release_id,
            clause_keys=keys,
        )


def _settle_corrected(submission: Submission) -> None:
    """Settle first what a submission corrects: the tally takes away the pairs that followed from it."""
    if submission.supersedes_id is None:
        return
    waits = UnsettledJudgment.objects.select_for_update().filter(submission_id=submission.supersedes_id)
    for left in waits:
        _settle(left.submission_id)
        left.delete()


def _decide(judgment: Judgment) -> list[str]:
    """Decide the comparison anew on the axes of a judgment; return them."""
    answered = [answer.clause_key for answer in judgment.axis_answers.all()]
    decisions_recompute(
        judgment.comparison_id, release=release_get(judgment.release_id), clause_keys=answered
    )
    return answered


def _cited(judgment: Judgment) -> list[str]:
    """Return the clauses that a judgment holds a response to break."""
    cited = ClauseCitation.objects.filter(assessment__judgment=judgment)
    return list(cited.values_list("clause_key", flat=True).distinct())


def _settle_work(
    submission: Submission, judgments: Sequence[Judgment], ratings: Sequence[RatingDecision] = ()
) -> None:
    """Decide anew what was judged; ask one more person where those asked differ and the project wants it.

    What was answered under a rule that has changed meanwhile is asked again by the campaigns that ask for all such.
    """
    task = submission.task
    for judgment in judgments:
        answered = [*_decide(judgment), *_cited(judgment)]
        # Only now: what is stale is told by the decisions.
        campaigns_follow(
            project_id=task.project_id,
            source=PreferenceImpact.name,
            item_id=judgment.comparison_id,
            release_id=judgment.release_id,
            clause_keys=answered,
        )
    rules = rules_kept(task.project_id)
    if task.state != "closed" or not rules.answers_most:
        return
    release = release_get(task.release_id)
    quiet = {key for key, row in rules.clauses.items() if row.get("asks_more") is False}
    meanings = {key: release.clauses[key].meaning_revision for key in task.clause_keys if key not in quiet}
    agreed = defaultdict(list)
    for row in current_decisions().filter(
        comparison_id__in=[judgment.comparison_id for judgment in judgments], clause_key__in=list(meanings)
    ):
        if row.meaning_revision == meanings[row.clause_key]:
            agreed[row.clause_key].append(0.0 if row.method == Method.UNDECIDED else row.agreement)
    for rated in ratings:
        agreed[rated.clause_key].append(rated.agreement)
    # Of a slate's many pairs some always differ: what counts is how far people agree over all of them.
    disputed = [key for key in meanings if agreed[key] and fmean(agreed[key]) < rules.agree_share]
    if disputed:
        task_ask_more(task.pk, clause_keys=disputed, answers_most=rules.answers_most)
