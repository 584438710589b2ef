"""Reads of trials of policy texts by judges."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from active_learning.models import JudgingCall, JudgingItem, JudgingRun
from annotation.selectors.decisions import BEGINNING
from core.accounts.selectors import Actor, Capability, Project, project_get, projects_visible_to
from core.errors import NotFoundError
from policies.selectors import releases_readable

WHICH = ("flips", "better", "worse", "disagree", "unclear", "all")


def judgings_in(
    actor: Actor, project: Project, *, policy_id: uuid.UUID | None = None
) -> QuerySet[JudgingRun]:
    """Return the project's runs with their jobs and requesters; trials of drafts only for who may read drafts."""
    rows = _with_facts(JudgingRun.objects.filter(project=project))
    rows = rows.filter(release__in=releases_readable(actor, project.pk))
    return rows if policy_id is None else rows.filter(policy_id=policy_id)


def judging_get(
    actor: Actor, run_id: uuid.UUID, *, needs: Capability = Capability.RESULTS_VIEW
) -> JudgingRun:
    """Return a run of a project in which the actor may do ``needs``, of a text they may read.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=needs)
    found = _with_facts(JudgingRun.objects.filter(pk=run_id, project__in=visible)).first()
    if found is None or not releases_readable(actor, found.project_id).filter(pk=found.release_id).exists():
        raise NotFoundError()
    return found


def judging_items(
    actor: Actor, run: JudgingRun, *, which: str = "all", clause_key: str | None = None
) -> QuerySet[JudgingItem]:
    """Return a run's posts, each with its name and the beginning of its text, in the order of asking.

    Parameters
    ----------
    which
        ``flips``: judged otherwise than under the baseline; ``better`` and ``worse``: those that came to people's
        answer or went from it; ``disagree``: judged otherwise than by people; ``unclear``: without a clear answer.

    Raises
    ------
    CapabilityMissingError
        When the actor may not see posts.
    """
    project_get(actor, run.project_id, needs=Capability.CONTENT_VIEW)
    rows = JudgingItem.objects.filter(run=run, post__is_hidden=False).select_related("post")
    if clause_key is not None:
        rows = rows.filter(clause_key=clause_key)
    both = rows.filter(judged__gt="", judged_before__gt="").exclude(judged=F("judged_before"))
    chosen = {
        "flips": both,
        "better": both.filter(judged=F("given")),
        "worse": both.filter(judged_before=F("given")),
        "disagree": rows.filter(judged__gt="").exclude(judged=F("given")),
        "unclear": rows.filter(judged=""),
    }.get(which, rows)
    return chosen.annotate(
        external_id=F("post__external_id"),
        excerpt=Coalesce(BEGINNING, Value("")),
        was_asked=Exists(JudgingCall.objects.filter(item=OuterRef("pk"))),
    )


def judging_calls_of(items: Iterable[JudgingItem]) -> dict[uuid.UUID, list[JudgingCall]]:
    """Return the calls of items, by item, candidate before baseline."""
    found: dict[uuid.UUID, list[JudgingCall]] = {}
    rows = JudgingCall.objects.filter(item__in=[item.pk for item in items])
    for call in rows.order_by("item_id", "-text", "order", "seed"):
        found.setdefault(call.item_id, []).append(call)
    return found


def _with_facts(rows: QuerySet[JudgingRun]) -> QuerySet[JudgingRun]:
    return rows.select_related("job", "job__requested_by", "requested_by", "endpoint").annotate(
        made_calls=Count("items__calls"),
        failed_calls=Count("items__calls", filter=Q(items__calls__outcome="failed")),
    )
