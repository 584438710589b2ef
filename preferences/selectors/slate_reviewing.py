"""Slates as reviewers look at them: what everybody said of every response, side by side, and the pairs that follow.

Responses go by their places, and nothing here tells which model wrote what. What was asked to measure somebody does not
appear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts.selectors import (
    Actor,
    Capability,
    MemberView,
    project_get,
    projects_visible_to,
    pseudonyms,
)
from core.queue.selectors import (
    SampleChoice,
    Task,
    amendments_among,
    answered_by,
    person_told,
    review_told,
    reviewed,
    reviews_of,
    rules_kept,
    share_drawn,
)
from policies.selectors import release_get, releases_get
from preferences.domain.decisions import Method
from preferences.errors import SlateNotFoundError
from preferences.models import Comparison, RatingDecision, Slate, SlateAnswer
from preferences.selectors.bundles import assessment_is_required
from preferences.selectors.comparisons import current_decisions
from preferences.selectors.reviewing import (
    axes_told,
    decisions_disputed,
    decisions_told,
    excerpt_of,
    releases_told,
)
from preferences.selectors.slates import answers_counting, current_ratings, slate_hidden


def slates_list(actor: Actor, project_id: UUID, *, contains: str = "") -> QuerySet[Slate]:
    """Return a project's slates with how many answers count; ``contains`` is part of the external id."""
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    rows = _answered(Slate.objects.filter(project=project))
    return rows.filter(external_id__icontains=contains) if contains else rows


def slates_told(slates: Sequence[Slate]) -> list[dict[str, Any]]:
    """Return slates as lists show them: what was asked of each, in which form, and how far that is."""
    asked: dict[UUID | None, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    tasks = Task.objects.filter(
        kind="compare", comparison_id__in=[slate.pk for slate in slates], context__form__isnull=False
    ).exclude(source="again")
    for slate_id, form, state in tasks.values_list("comparison_id", "context__form", "state"):
        asked[slate_id][form].append(state)
    return [
        {
            "id": slate.pk,
            "external_id": slate.external_id,
            "excerpt": excerpt_of(slate.prompt),
            "language": slate.prompt.language,
            "size": slate.size,
            "answers": getattr(slate, "answer_count", 0),
            "asked": [
                {"form": form, "state": "open" if "open" in states else "closed"}
                for form, states in sorted(asked[slate.pk].items())
                if set(states) != {"withdrawn"}
            ],
            "created_at": slate.created_at,
        }
        for slate in slates
    ]


def slates_to_review(
    project_id: UUID, choice: SampleChoice, *, reviewer_id: UUID, suspected: Sequence[UUID] | None = None
) -> QuerySet[Slate]:
    """Return slates with an answer that counts and nobody reviewed, of no task the reviewer answered.

    Disputed are those where a pair that follows has no majority on an axis, or one smaller than the project asks for,
    or where ratings of a response lie that far apart. They stay until somebody decides the pairs. Given ``suspected``
    submissions, only slates of which one of them waits.
    """
    said = SlateAnswer.objects.filter(answers_counting(), slate_id=OuterRef("pk"))
    if choice.person_id is not None:
        said = said.filter(person_id=choice.person_id)
    if choice.release_id is not None:
        said = said.filter(release_id=choice.release_id)
    if choice.clause_key is not None:
        said = said.filter(placements__clause_key=choice.clause_key)
    if suspected is not None:
        said = said.filter(submission_id__in=suspected)
    if not choice.is_disputed:
        said = said.filter(~reviewed("submission_id"), ~answered_by(reviewer_id, "submission__task_id"))
    rows = _answered(Slate.objects.filter(Exists(said), project_id=project_id)).exclude(slate_hidden())
    if choice.is_disputed:
        pairs = Comparison.objects.filter(
            Exists(decisions_disputed(project_id, choice)), slate_id=OuterRef("pk")
        )
        rows = rows.filter(Exists(pairs) | Exists(_ratings_apart(project_id, choice)))
    return rows.filter(share_drawn(choice))


def _ratings_apart(project_id: UUID, choice: SampleChoice) -> QuerySet[RatingDecision]:
    newer = RatingDecision.objects.filter(
        Q(meaning_revision__gt=OuterRef("meaning_revision"))
        | Q(meaning_revision=OuterRef("meaning_revision"), pk__gt=OuterRef("pk")),
        slate_id=OuterRef("slate_id"),
        place=OuterRef("place"),
        clause_key=OuterRef("clause_key"),
    )
    rows = RatingDecision.objects.filter(
        ~Exists(newer),
        agreement__lt=rules_kept(project_id).agree_share,
        votes__gt=1,
        slate_id=OuterRef("pk"),
    )
    return rows if choice.clause_key is None else rows.filter(clause_key=choice.clause_key)


def slate_sampled_told(slates: Sequence[Slate]) -> list[dict[str, Any]]:
    """Return slates as the list of those to review shows them, with how many pairs are undecided on which axes."""
    undecided: dict[UUID | None, set[str]] = defaultdict(set)
    rows = current_decisions().filter(comparison__slate__in=slates).select_related("comparison")
    for row in rows:
        if row.method == Method.UNDECIDED and row.votes:
            undecided[row.comparison.slate_id].add(row.clause_key)
    return [{**told, "undecided": sorted(undecided[told["id"]])} for told in slates_told(slates)]


def slate_get(actor: Actor, slate_id: UUID, *, needs: Capability = Capability.RESULTS_VIEW) -> Slate:
    """Return one slate.

    Raises
    ------
    SlateNotFoundError
        When it is none, or of a project of which the actor may not see this.
    """
    slate = (
        _answered(Slate.objects.filter(pk=slate_id, project__in=projects_visible_to(actor, needs=needs)))
        .prefetch_related("members__response")
        .first()
    )
    if slate is None:
        raise SlateNotFoundError()
    return slate


def slate_results(actor: Actor, slate_id: UUID) -> dict[str, Any]:
    """Return what `slate_to_review` does, for those who see results: with the model of each response."""
    slate = slate_get(actor, slate_id)
    models = {member.place: member.response.source_model for member in slate.members.all()}
    told = _told(slate)
    for response in told["responses"]:
        response["source_model"] = models[response["place"]]
    return told


def slate_to_review(actor: Actor, slate_id: UUID) -> dict[str, Any]:
    """Return everything said about one slate: each person's answers, superseded ones marked, and what follows.

    Raises
    ------
    SlateNotFoundError
        Also when it is about a hidden post, or shows hidden media.
    """
    slate = slate_get(actor, slate_id, needs=Capability.REVIEW_DECIDE)
    if Slate.objects.filter(slate_hidden(), pk=slate.pk).exists():
        raise SlateNotFoundError()
    return _told(slate)


def _told(slate: Slate) -> dict[str, Any]:
    names = pseudonyms(slate.project_id)
    answers = list(
        SlateAnswer.objects.filter(slate=slate, asked="work")
        .select_related("submission__task", "submission__superseded_by", "person")
        .prefetch_related("placements", "opinions")
        .order_by("id")
    )
    ratings = list(current_ratings().filter(slate=slate))
    members = sorted(slate.members.all(), key=lambda member: member.place)
    pairs = list(
        Comparison.objects.filter(slate=slate)
        .prefetch_related(Prefetch("decisions", queryset=current_decisions().select_related("decided_by")))
        .order_by("id")
    )
    meant = {(row.clause_key, row.meaning_revision) for answer in answers for row in answer.placements.all()}
    meant |= {(row.clause_key, row.meaning_revision) for pair in pairs for row in pair.decisions.all()}
    releases = releases_get(
        {answer.release_id for answer in answers}
        | {row.release_id for pair in pairs for row in pair.decisions.all()}
    )
    ordered = sorted(releases.values(), key=lambda release: release.number, reverse=True)
    place_of = {member.response_id: member.place for member in members}
    return {
        "id": slate.pk,
        "external_id": slate.external_id,
        "messages": slate.prompt.messages,
        "language": slate.prompt.language,
        "post_id": slate.prompt.post_id,
        "material_id": slate.prompt.material_id,
        "responses": [
            {
                "place": member.place,
                "text": member.response.text,
                "material_id": member.response.material_id,
            }
            for member in members
        ],
        "releases": releases_told(ordered),
        "axes": axes_told(ordered, meant),
        "answers": _answers_told(answers, names),
        "ratings": ratings,
        "pairs": [
            {
                "comparison_id": pair.pk,
                "one": place_of[pair.response_a_id],
                "other": place_of[pair.response_b_id],
                "decisions": decisions_told(
                    sorted(pair.decisions.all(), key=lambda row: row.pk, reverse=True), names
                ),
            }
            for pair in pairs
        ],
    }


def _answers_told(answers: Sequence[SlateAnswer], names: Mapping[UUID, MemberView]) -> list[dict[str, Any]]:
    ids = [answer.submission_id for answer in answers]
    said, own = reviews_of(ids), amendments_among(ids)
    found = []
    for answer in answers:
        submission = answer.submission
        is_superseded = hasattr(submission, "superseded_by")
        found.append(
            {
                "submission_id": submission.pk,
                "release_id": answer.release_id,
                "form": answer.form,
                "person": person_told(names, answer.person_id),
                "is_reviewers": submission.pk in own,
                "shown": answer.shown,
                "clause_keys": submission.task.clause_keys,
                "assessment_is_required": assessment_is_required(
                    submission.task, release_get(answer.release_id)
                ),
                "placements": sorted(answer.placements.all(), key=lambda row: (row.clause_key, row.place)),
                "opinions": [
                    {
                        "place": opinion.place,
                        "acceptable": opinion.acceptable,
                        "severity": opinion.severity,
                        "clause_keys": [cited["clause_key"] for cited in opinion.cited],
                    }
                    for opinion in sorted(answer.opinions.all(), key=lambda row: row.place)
                ],
                "flags": answer.flags,
                "reason_codes": answer.reason_codes,
                "reason": answer.reason,
                "confidence": answer.confidence,
                "active_ms": submission.active_ms,
                "is_late": submission.is_late,
                "is_superseded": is_superseded,
                "counts": submission.slot_id is not None and not is_superseded,
                "created_at": answer.created_at,
                "reviews": [review_told(review, names) for review in said.get(submission.pk, [])],
            }
        )
    return found


def _answered(rows: QuerySet[Slate]) -> QuerySet[Slate]:
    counted = (
        SlateAnswer.objects.filter(answers_counting(), slate_id=OuterRef("pk")).order_by().values("slate_id")
    )
    return rows.select_related("prompt").annotate(
        answer_count=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)
    )
