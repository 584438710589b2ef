"""Comparisons as the people of a project may see them: with models and decisions, for those who may see results."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts.selectors import Actor, Capability, Project, project_get, projects_visible_to
from core.queue.selectors import Task, superseded
from preferences.domain.forms import Form
from preferences.errors import ComparisonNotFoundError
from preferences.models import (
    AcceptanceDecision,
    AxisAnswer,
    ClauseCitation,
    Comparison,
    ComparisonDecision,
    GoldPair,
    Judgment,
    SlateAnswer,
)
from preferences.selectors.material import PAIR_HIDDEN

COUNTS = Q(~superseded("submission_id"), submission__slot__isnull=False, asked="work")
"""Which judgments count: in a slot of their task, not corrected since, and asked for as an opinion."""


def axis_answers_counted(project_id: UUID) -> QuerySet[AxisAnswer]:
    """Return the axis answers of a project's judgments that count; those that follow from ratings are told by these."""
    rated = SlateAnswer.objects.filter(
        submission_id=OuterRef("judgment__submission_id"), form=str(Form.RATING)
    )
    return AxisAnswer.objects.filter(
        ~superseded("judgment__submission_id"),
        ~Exists(rated),
        judgment__project_id=project_id,
        judgment__submission__slot__isnull=False,
        judgment__asked="work",
    )


def citations_counted(project_id: UUID) -> QuerySet[ClauseCitation]:
    """Return the clauses that assessments of pairs cite, of a project's judgments that count.

    What is held of a response of a slate stands in the answer about it: see `opinions_counted`.
    """
    whole = SlateAnswer.objects.filter(submission_id=OuterRef("assessment__judgment__submission_id"))
    return ClauseCitation.objects.filter(
        ~superseded("assessment__judgment__submission_id"),
        ~Exists(whole),
        assessment__judgment__project_id=project_id,
        assessment__judgment__submission__slot__isnull=False,
        assessment__judgment__asked="work",
    )


def current_decisions() -> QuerySet[ComparisonDecision]:
    """Return the newest decision of every (comparison, axis, meaning)."""
    keys = ("comparison_id", "clause_key", "meaning_revision")
    return ComparisonDecision.objects.order_by(*keys, "-id").distinct(*keys)


def current_acceptance() -> QuerySet[AcceptanceDecision]:
    """Return the newest decision about every (comparison, release, side)."""
    keys = ("comparison_id", "release_id", "side")
    return AcceptanceDecision.objects.order_by(*keys, "-id").distinct(*keys)


def comparisons_list(
    actor: Actor, project_id: UUID, *, contains: str = "", judged: bool | None = None
) -> QuerySet[Comparison]:
    """Return a project's comparisons with their responses, decisions and number of judgments that count.

    Parameters
    ----------
    contains
        Part of an external id or of a model's name, letter case aside.
    judged
        Only those with, or only those without, a judgment.
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    rows = _with_results(Comparison.objects.filter(project=project))
    if contains:
        rows = rows.filter(
            Q(external_id__icontains=contains)
            | Q(slate__external_id__icontains=contains)
            | Q(response_a__source_model__icontains=contains)
            | Q(response_b__source_model__icontains=contains)
        )
    if judged is not None:
        has_one = Exists(Judgment.objects.filter(COUNTS, comparison_id=OuterRef("pk")))
        rows = rows.filter(has_one if judged else ~has_one)
    return rows


def comparisons_judged(project_id: UUID) -> QuerySet[Comparison]:
    """Return a project's comparisons with their results; the caller has passed the project's door."""
    return _with_results(Comparison.objects.filter(project_id=project_id))


def comparison_get(
    actor: Actor, comparison_id: UUID, *, needs: Capability = Capability.RESULTS_VIEW
) -> Comparison:
    """Return one comparison with everything said about it.

    Raises
    ------
    ComparisonNotFoundError
        When it is none, or of a project whose results the actor may not see.
    """
    visible = projects_visible_to(actor, needs=needs)
    judgments = (
        Judgment.objects.filter(~superseded("submission_id"))
        .select_related("submission")
        .prefetch_related("axis_answers", "assessments__citations", "demonstrations")
        .order_by("id")
    )
    comparison = (
        _with_results(Comparison.objects.filter(pk=comparison_id, project__in=visible))
        .prefetch_related(Prefetch("judgments", queryset=judgments))
        .first()
    )
    if comparison is None:
        raise ComparisonNotFoundError()
    return comparison


def comparisons_without_task(
    project: Project, *, release_id: UUID, comparison_ids: list[UUID] | None
) -> QuerySet[Comparison]:
    """Return the comparisons that no task asks about under this release, the oldest first.

    Those about a hidden post are left out, those whose answers are known (they are mixed in), and those of slates.
    """
    known = GoldPair.objects.filter(comparison_id=OuterRef("pk"), retired_at__isnull=True)
    asked = Task.objects.filter(comparison_id=OuterRef("pk"), release_id=release_id).exclude(
        state="withdrawn"
    )
    rows = Comparison.objects.filter(~Exists(asked), ~Exists(known), project=project, slate__isnull=True)
    rows = rows.exclude(PAIR_HIDDEN).order_by("id")
    return rows if comparison_ids is None else rows.filter(pk__in=comparison_ids)


def _with_results(rows: QuerySet[Comparison]) -> QuerySet[Comparison]:
    counted = Judgment.objects.filter(COUNTS, comparison_id=OuterRef("pk")).order_by().values("comparison_id")
    return (
        rows.select_related("prompt", "response_a", "response_b", "slate")
        .prefetch_related(
            Prefetch("decisions", queryset=current_decisions()),
            Prefetch("acceptance", queryset=current_acceptance()),
        )
        .annotate(judgment_count=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0))
    )
