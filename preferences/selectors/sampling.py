"""Runs that ask a model for responses: which prompts they may ask, how far they are, what came of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts.selectors import Actor, Capability, Project, projects_visible_to
from core.content.selectors import Part
from core.endpoints.selectors import calls_cost
from policies.selectors import posts_held_out
from preferences.domain.batches import in_batches
from preferences.errors import SamplingRunNotFoundError
from preferences.models import GoldPair, Prompt, Response, SamplingCall, SamplingItem, SamplingRun

_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True)
class Lacking:
    """A prompt with fewer responses of a model than wanted: how many there are, and which sample is the next.

    ``first`` counts all that was ever asked for, so that a seed is not used twice.
    """

    prompt_id: UUID
    have: int
    first: int


@dataclass(frozen=True, slots=True)
class Found:
    """The prompts to ask, in the order in which they came to the project, and how many may not be asked."""

    lacking: list[Lacking]
    left_out: int


def prompts_askable(project_id: UUID) -> QuerySet[Prompt]:
    """Return the prompts that words alone tell: without media, and about no post that shows any or is hidden.

    Those of comparisons whose answer is known are left out: what measures people does not leave the house.
    """
    known = GoldPair.objects.filter(comparison__prompt_id=OuterRef("pk"), retired_at__isnull=True)
    shows = Part.objects.filter(post_id=OuterRef("post_id"), asset__isnull=False)
    rows = Prompt.objects.filter(~Exists(known), ~Exists(shows), project_id=project_id, material__isnull=True)
    return rows.exclude(post__is_hidden=True)


def prompts_lacking(
    project_id: UUID,
    *,
    source_model: str,
    samples: int,
    most: int,
    prompt_ids: Collection[UUID] | None = None,
) -> Found:
    """Return at most so many prompts with fewer than ``samples`` responses of the model; of the named ones, if any."""
    all_rows = Prompt.objects.filter(project_id=project_id)
    rows = prompts_askable(project_id)
    if prompt_ids is not None:
        all_rows, rows = all_rows.filter(pk__in=prompt_ids), rows.filter(pk__in=prompt_ids)
    left_out = all_rows.count() - rows.count()
    of_model = Response.objects.filter(prompt_id=OuterRef("pk"), source_model=source_model).order_by()
    counted = of_model.values("prompt_id").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(have=Coalesce(Subquery(counted), 0, output_field=IntegerField()))
    lacking = rows.filter(have__lt=samples).order_by("id").values_list("pk", "post_id", "have")
    found: list[tuple[UUID, int]] = []
    for batch in in_batches(lacking.iterator(chunk_size=_LOOKED_AT), _LOOKED_AT):
        held = posts_held_out(project_id, {post for _, post, _ in batch if post is not None})
        left_out += sum(post in held for _, post, _ in batch)
        found += [(prompt, have) for prompt, post, have in batch if post not in held]
        if len(found) >= most:
            break
    return Found(_with_next(source_model, found[:most]), left_out)


def _with_next(source_model: str, found: list[tuple[UUID, int]]) -> list[Lacking]:
    calls = SamplingCall.objects.filter(
        item__run__source_model=source_model, item__prompt_id__in=[prompt for prompt, _ in found]
    )
    last = dict(calls.order_by().values_list("item__prompt_id").annotate(last=Max("place")))
    return [Lacking(prompt, have, max(have, last.get(prompt, -1) + 1)) for prompt, have in found]


def sampling_runs_in(project: Project) -> QuerySet[SamplingRun]:
    """Return the project's runs with their jobs and what came of their calls so far."""
    return _with_facts(SamplingRun.objects.filter(project=project))


def sampling_run_get(
    actor: Actor, run_id: UUID, *, needs: Capability = Capability.RESULTS_VIEW
) -> SamplingRun:
    """Return a run of a project in which the actor may do ``needs``.

    Raises
    ------
    SamplingRunNotFoundError
    """
    visible = projects_visible_to(actor, needs=needs)
    found = _with_facts(SamplingRun.objects.filter(pk=run_id, project__in=visible)).first()
    if found is None:
        raise SamplingRunNotFoundError()
    return found


def sampling_run_cost(run: SamplingRun) -> dict[str, Any]:
    """Return what a run used up so far; ``money`` is null where no prices are told."""
    return calls_cost(SamplingCall.objects.filter(item__run=run), run.endpoint)


def sampling_items_in(run: SamplingRun) -> QuerySet[SamplingItem]:
    """Return a run's prompts with what was answered to each."""
    calls = SamplingCall.objects.select_related("response").order_by("place")
    rows = SamplingItem.objects.filter(run=run).select_related("prompt")
    return rows.prefetch_related(Prefetch("calls", queryset=calls))


def _with_facts(rows: QuerySet[SamplingRun]) -> QuerySet[SamplingRun]:
    calls = SamplingCall.objects.filter(item__run=OuterRef("pk")).order_by().values("item__run")

    def counted(*conditions: Q) -> Coalesce:
        return Coalesce(Subquery(calls.filter(*conditions).annotate(n=Count("pk")).values("n")), 0)

    return rows.select_related("job", "job__requested_by", "requested_by", "endpoint").annotate(
        prompt_count=Count("items"),
        made_calls=counted(),
        kept_calls=counted(Q(outcome="kept")),
        repeated_calls=counted(Q(outcome="repeated")),
        empty_calls=counted(Q(outcome="empty")),
        failed_calls=counted(Q(outcome="failed")),
        cut_calls=counted(Q(is_cut=True)),
    )
