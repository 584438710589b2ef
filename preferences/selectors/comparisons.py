"""Comparisons as the people of a project may see them: with models and decisions, for those who may see results."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from core.accounts.selectors import Actor, Capability, Project, project_get, projects_visible_to
from core.queue.selectors import Task
from preferences.errors import ComparisonNotFoundError
from preferences.models import AcceptanceDecision, Comparison, ComparisonDecision, Judgment

COUNTS = Q(submission__slot__isnull=False, submission__superseded_by__isnull=True)
"""Which judgments count: in a slot of their task, and not corrected since."""


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
            | Q(response_a__source_model__icontains=contains)
            | Q(response_b__source_model__icontains=contains)
        )
    if judged is not None:
        has_one = Exists(Judgment.objects.filter(COUNTS, comparison_id=OuterRef("pk")))
        rows = rows.filter(has_one if judged else ~has_one)
    return rows


def comparison_get(actor: Actor, comparison_id: UUID) -> Comparison:
    """Return one comparison with everything said about it.

    Raises
    ------
    ComparisonNotFoundError
        When it is none, or of a project whose results the actor may not see.
    """
    visible = projects_visible_to(actor, needs=Capability.RESULTS_VIEW)
    judgments = (
        Judgment.objects.filter(submission__superseded_by__isnull=True)
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
    """Return the comparisons that no task asks about under this release, the oldest first."""
    asked = Task.objects.filter(comparison_id=OuterRef("pk"), release_id=release_id).exclude(
        state="withdrawn"
    )
    rows = Comparison.objects.filter(~Exists(asked), project=project).order_by("id")
    return rows if comparison_ids is None else rows.filter(pk__in=comparison_ids)


def _with_results(rows: QuerySet[Comparison]) -> QuerySet[Comparison]:
    counting = Q(judgments__submission__slot__isnull=False, judgments__submission__superseded_by__isnull=True)
    return (
        rows.select_related("prompt", "response_a", "response_b")
        .prefetch_related(
            Prefetch("decisions", queryset=current_decisions()),
            Prefetch("acceptance", queryset=current_acceptance()),
        )
        .annotate(judgment_count=Count("judgments", filter=counting))
    )
