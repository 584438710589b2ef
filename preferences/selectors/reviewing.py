"""Which comparisons a reviewer should look at, and everything said about one, side by side.

Nothing here tells which model wrote what. What was asked to measure somebody (known answers, the same pair again)
does not appear.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.accounts.selectors import Actor, Capability, MemberView, pseudonyms
from core.queue.selectors import (
    SampleChoice,
    amendments_among,
    answered_by,
    person_told,
    review_told,
    reviewed,
    reviews_of,
    rules_kept,
    share_drawn,
)
from policies.selectors import ClauseView, ReleaseView, release_get, releases_get
from preferences.domain.asking import Asked
from preferences.domain.decisions import Method
from preferences.errors import ComparisonNotFoundError
from preferences.models import Comparison, ComparisonDecision, Judgment, Prompt
from preferences.selectors.bundles import assessment_is_required
from preferences.selectors.comparisons import COUNTS, comparison_get, comparisons_judged
from preferences.selectors.material import PAIR_HIDDEN
from preferences.selectors.results import judgment_view

_EXCERPT = 200


def comparisons_to_review(
    project_id: UUID, choice: SampleChoice, *, reviewer_id: UUID, suspected: Sequence[UUID] | None = None
) -> QuerySet[Comparison]:
    """Return comparisons with a judgment that counts and nobody reviewed, of no task the reviewer answered.

    Pairs that follow from an answer about a slate are left out: nobody was asked about them alone, and they are
    looked at with the slate (`preferences.selectors.slate_reviewing`).
    Disputed are those in which an axis has no majority, or one smaller than the project asks for. They stay until
    somebody decides them, whatever reviewers said of the judgments. Given ``suspected`` submissions, only comparisons
    of which one of them waits.
    """
    judged = Judgment.objects.filter(COUNTS, comparison_id=OuterRef("pk"))
    if choice.person_id is not None:
        judged = judged.filter(person_id=choice.person_id)
    if choice.release_id is not None:
        judged = judged.filter(release_id=choice.release_id)
    if choice.clause_key is not None:
        judged = judged.filter(axis_answers__clause_key=choice.clause_key)
    if suspected is not None:
        judged = judged.filter(submission_id__in=suspected)
    if not choice.is_disputed:
        judged = judged.filter(~reviewed("submission_id"), ~answered_by(reviewer_id, "submission__task_id"))
    rows = comparisons_judged(project_id).filter(Exists(judged), slate__isnull=True)
    rows = rows.exclude(PAIR_HIDDEN)
    if choice.is_disputed:
        rows = rows.filter(Exists(decisions_disputed(project_id, choice)))
    return rows.filter(share_drawn(choice))


def decisions_disputed(project_id: UUID, choice: SampleChoice) -> QuerySet[ComparisonDecision]:
    """What stands on an axis of the comparison in question, under its newest meaning, and is not clear."""
    newer = ComparisonDecision.objects.filter(
        Q(meaning_revision__gt=OuterRef("meaning_revision"))
        | Q(meaning_revision=OuterRef("meaning_revision"), pk__gt=OuterRef("pk")),
        comparison_id=OuterRef("comparison_id"),
        clause_key=OuterRef("clause_key"),
    )
    rows = ComparisonDecision.objects.filter(
        Q(method=Method.UNDECIDED) | Q(agreement__lt=rules_kept(project_id).agree_share),
        ~Exists(newer),
        comparison_id=OuterRef("pk"),
    )
    return rows if choice.clause_key is None else rows.filter(clause_key=choice.clause_key)


def people_judging(project_id: UUID) -> list[dict[str, Any]]:
    """Return who judged in the project, by pseudonym: a sample may be narrowed to one of them."""
    judged = Judgment.objects.filter(project_id=project_id, asked=Asked.WORK)
    names = pseudonyms(project_id)
    people = judged.order_by("person_id").values_list("person_id", flat=True).distinct()
    told = [person_told(names, person_id) for person_id in people if person_id in names]
    return sorted(told, key=lambda person: str(person["pseudonym"]))


def sampled_told(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as the list of those to review shows it; how it was asked, and what is least clear."""
    current = _newest_meanings(comparison.decisions.all())
    return {
        "comparison_id": comparison.pk,
        "external_id": comparison.external_id,
        "excerpt": excerpt_of(comparison.prompt),
        "language": comparison.prompt.language,
        "judgments": getattr(comparison, "judgment_count", 0),
        "undecided": sorted(row.clause_key for row in current if row.method == Method.UNDECIDED),
        "agreement": min((row.agreement for row in current), default=None),
    }


def excerpt_of(prompt: Prompt) -> str:
    """Return how the last turn of the person begins."""
    asked = [message["content"] for message in prompt.messages if message["role"] == "user"]
    return " ".join(asked[-1].split())[:_EXCERPT] if asked else ""


def comparison_to_review(actor: Actor, comparison_id: UUID) -> dict[str, Any]:
    """Return everything said about one comparison: each person's judgments, superseded ones marked, and decisions.

    Responses and strengths are in stored order. People appear under their pseudonym in the project.

    Raises
    ------
    ComparisonNotFoundError
        Also when it is about a hidden post, or shows hidden media.
    """
    comparison = comparison_get(actor, comparison_id, needs=Capability.REVIEW_DECIDE)
    if Comparison.objects.filter(PAIR_HIDDEN, pk=comparison.pk).exists():
        raise ComparisonNotFoundError()
    names = pseudonyms(comparison.project_id)
    judgments = _judgments(comparison)
    decisions = list(ComparisonDecision.objects.filter(comparison=comparison).order_by("-id"))
    releases = releases_get({row.release_id for row in judgments} | {row.release_id for row in decisions})
    ordered = sorted(releases.values(), key=lambda release: release.number, reverse=True)
    return {
        "id": comparison.pk,
        "external_id": comparison.external_id,
        "messages": comparison.prompt.messages,
        "language": comparison.prompt.language,
        "post_id": comparison.prompt.post_id,
        "material_id": comparison.prompt.material_id,
        "responses": [
            {"side": side, "text": response.text, "material_id": response.material_id}
            for side, response in (("a", comparison.response_a), ("b", comparison.response_b))
        ],
        "releases": releases_told(ordered),
        "axes": axes_told(ordered, _meant(judgments, decisions)),
        "judgments": _told(judgments, names),
        "decisions": decisions_told(decisions, names),
        "acceptance": list(comparison.acceptance.all()),
    }


def _judgments(comparison: Comparison) -> list[Judgment]:
    return list(
        Judgment.objects.filter(comparison=comparison, asked=Asked.WORK)
        .select_related("submission__task", "submission__superseded_by", "person")
        .prefetch_related("axis_answers", "assessments__citations", "demonstrations")
        .order_by("id")
    )


def _told(judgments: Sequence[Judgment], names: Mapping[UUID, MemberView]) -> list[dict[str, Any]]:
    ids = [judgment.submission_id for judgment in judgments]
    said, own = reviews_of(ids), amendments_among(ids)
    found = []
    for judgment in judgments:
        view = judgment_view(judgment)
        task = judgment.submission.task
        found.append(
            {
                "submission_id": view.submission_id,
                "release_id": view.release_id,
                "person": person_told(names, view.person_id),
                "is_reviewers": view.submission_id in own,
                "shown_first": view.shown_first,
                "clause_keys": task.clause_keys,
                "assessment_is_required": assessment_is_required(task, release_get(task.release_id)),
                "answers": view.answers,
                "assessments": [
                    {
                        "side": row.side,
                        "acceptable": row.acceptable,
                        "severity": row.severity,
                        "clause_keys": [key for key, _ in row.cited],
                    }
                    for row in view.assessments
                ],
                "rewrites": sorted(judgment.demonstrations.all(), key=lambda row: row.side),
                "flags": view.flags,
                "reason_codes": view.reason_codes,
                "reason": view.reason,
                "confidence": view.confidence,
                "active_ms": view.active_ms,
                "is_late": view.is_late,
                "is_superseded": view.is_superseded,
                "counts": view.counts,
                "created_at": view.created_at,
                "reviews": [review_told(review, names) for review in said.get(view.submission_id, [])],
            }
        )
    return found


def _meant(judgments: Sequence[Judgment], decisions: Sequence[ComparisonDecision]) -> set[tuple[str, int]]:
    """Return every meaning that was answered or decided."""
    meant = {
        (answer.clause_key, answer.meaning_revision)
        for judgment in judgments
        for answer in judgment.axis_answers.all()
    }
    return meant | {(row.clause_key, row.meaning_revision) for row in decisions}


def releases_told(releases: Iterable[ReleaseView]) -> list[dict[str, Any]]:
    """Return releases with the clauses that a response may break."""
    return [
        {
            "id": release.id,
            "label": release.label,
            "title": release.title,
            "state": release.state,
            "clauses": release.verdict_clauses,
        }
        for release in releases
    ]


def axes_told(releases: Iterable[ReleaseView], meant: Collection[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return each of these meanings in the words of the first of the releases that has it."""
    found: dict[tuple[str, int], tuple[ReleaseView, ClauseView]] = {}
    for release in releases:
        for clause in release.axis_clauses:
            if (clause.key, clause.meaning_revision) in meant:
                found.setdefault((clause.key, clause.meaning_revision), (release, clause))
    return [
        {
            "key": clause.key,
            "title": clause.title,
            "question": clause.question,
            "blocks": [dict(block) for block in clause.blocks],
            "answers": clause.answers,
            "meaning_revision": clause.meaning_revision,
            "release_id": release.id,
        }
        for release, clause in found.values()
    ]


def decisions_told(
    decisions: Sequence[ComparisonDecision], names: Mapping[UUID, MemberView]
) -> list[dict[str, Any]]:
    """Return what was decided about one comparison, given newest first; of each meaning the first is current."""
    seen: set[tuple[str, int]] = set()
    found = []
    for row in decisions:
        meaning = (row.clause_key, row.meaning_revision)
        decider = row.decided_by_id
        found.append(
            {
                "id": row.pk,
                "clause_key": row.clause_key,
                "meaning_revision": row.meaning_revision,
                "release_id": row.release_id,
                "outcome": row.outcome,
                "method": row.method,
                "strength": row.strength,
                "p_a_better": row.p_a_better,
                "agreement": row.agreement,
                "votes": row.votes,
                "decided_by": None if decider is None else person_told(names, decider),
                "reason_code": row.reason_code,
                "reason": row.reason,
                "created_at": row.created_at,
                "is_current": meaning not in seen,
            }
        )
        seen.add(meaning)
    return found


def _newest_meanings(rows: Iterable[ComparisonDecision]) -> list[ComparisonDecision]:
    newest: dict[str, ComparisonDecision] = {}
    for row in rows:
        held = newest.get(row.clause_key)
        if held is None or held.meaning_revision < row.meaning_revision:
            newest[row.clause_key] = row
    return list(newest.values())
