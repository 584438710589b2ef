"""Rounds that go on by themselves: making a plan, holding it, and starting its next round."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from active_learning.domain.round_plans import PlanState
from active_learning.errors import (
    PlanBudgetError,
    PlanEndlessError,
    PlanExistsError,
    PlanStartInvalidError,
    PlanStateError,
)
from active_learning.models import RoundPlan
from active_learning.selectors.plans import PlanProgress, plan_progress
from active_learning.selectors.promotions import meanings_current
from active_learning.services.rounds import (
    clause_learnable,
    encoder_checked,
    like_post_checked,
    quotas_stored,
    release_published,
    round_start,
    strategy_checked,
)
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.errors import ConcordError

ADVANCE_TASK = "active_learning.advance_plans"
_SEEDS = 2**31

_log = logging.getLogger("concord.active_learning")


@transaction.atomic
def plan_create(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    release_id: uuid.UUID,
    clause_key: str,
    settings: Mapping[str, Any],
    after_answers: int | None = None,
    every_hours: int | None = None,
    answered_share: float = 0.8,
    plateau_rounds: int | None = None,
    least_gain: float = 0.0,
    most_answers: int | None = None,
    recall_target: float | None = None,
) -> RoundPlan:
    """Have rounds on a clause go on by themselves; beat starts the first one.

    Parameters
    ----------
    settings
        What `round_start` takes, but for the release and the clause.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotPublishedError, ClauseNotLearnableError, EncoderNameError,
    QuotasImpossibleError, LikePostMissingError
    PlanStartInvalidError, PlanEndlessError, PlanBudgetError
    PlanExistsError
        When rounds on the clause go on already.
    """
    project = project_get(actor, project_id, needs=Capability.MODELS_RUN)
    release = release_published(project_id, release_id)
    clause = clause_learnable(release, clause_key)
    if (after_answers is None) == (every_hours is None):
        raise PlanStartInvalidError()
    if plateau_rounds is None and most_answers is None and recall_target is None:
        raise PlanEndlessError()
    kept = _settings_checked(project_id, settings)
    if most_answers is not None and most_answers < kept["overlap"]:
        raise PlanBudgetError(most_answers=most_answers, overlap=kept["overlap"])
    try:
        with transaction.atomic():
            created = RoundPlan.objects.create(
                project=project,
                release_id=release.id,
                clause_key=clause.key,
                meaning_revision=clause.meaning_revision,
                settings=kept,
                after_answers=after_answers,
                every_hours=every_hours,
                answered_share=answered_share,
                plateau_rounds=plateau_rounds,
                least_gain=least_gain,
                most_answers=most_answers,
                recall_target=recall_target,
                requested_by=actor.user,
            )
    except IntegrityError:
        raise PlanExistsError() from None
    audit_record(actor, action="plan.create", project=project, target=created, data={"clause": clause.key})
    return created


def _settings_checked(project_id: uuid.UUID, settings: Mapping[str, Any]) -> dict[str, Any]:
    like = like_post_checked(project_id, settings.get("like_post_id"))
    return {
        "encoder": encoder_checked(project_id, settings.get("encoder", "bundled")),
        "strategy": strategy_checked(settings.get("strategy", "margin")),
        "budget": settings["budget"],
        "overlap": settings.get("overlap", 1),
        "random_share": settings.get("random_share", 0.2),
        "quotas": quotas_stored(settings.get("quotas", ())),
        "like_post_id": None if like is None else str(like),
        "seed": settings.get("seed", 0),
    }


@transaction.atomic
def plan_pause(actor: Actor, plan: RoundPlan) -> RoundPlan:
    """Start no further round until somebody resumes it; a round that runs goes on.

    Raises
    ------
    CapabilityMissingError, PlanStateError
    """
    locked = _locked(actor, plan, {PlanState.RUNNING})
    _paused(locked, f"{actor.user.display_name} paused it.")
    audit_record(actor, action="plan.pause", project=locked.project, target=locked)
    return locked


@transaction.atomic
def plan_resume(actor: Actor, plan: RoundPlan) -> RoundPlan:
    """Let it go on, from now on as the actor: after a round that failed, with another one.

    Raises
    ------
    CapabilityMissingError, PlanStateError
    """
    locked = _locked(actor, plan, {PlanState.PAUSED})
    locked.state, locked.reason, locked.requested_by = PlanState.RUNNING.value, "", actor.user
    locked.save(update_fields=["state", "reason", "requested_by"])
    audit_record(actor, action="plan.resume", project=locked.project, target=locked)
    return locked


@transaction.atomic
def plan_end(actor: Actor, plan: RoundPlan) -> RoundPlan:
    """End it for good; what its rounds asked people stays asked.

    Raises
    ------
    CapabilityMissingError, PlanStateError
    """
    locked = _locked(actor, plan, {PlanState.RUNNING, PlanState.PAUSED})
    _ended(locked, f"{actor.user.display_name} ended it.")
    audit_record(actor, action="plan.end", project=locked.project, target=locked)
    return locked


def plans_advance() -> int:
    """Start the next round of every plan whose time it is, pause or end the others that must; return how many rounds.

    Safe to run twice, and by several at once: each plan's row is locked by who looks at it, and others pass it by.
    """
    ids = RoundPlan.objects.filter(state=PlanState.RUNNING.value).order_by("pk").values_list("pk", flat=True)
    return sum(_advanced(plan_id) for plan_id in list(ids))


@transaction.atomic
def _advanced(plan_id: uuid.UUID) -> bool:
    # The lock is held until the round is written: whoever looks next sees that round under way.
    plan = (
        RoundPlan.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=plan_id, state=PlanState.RUNNING.value)
        .select_related("project", "requested_by")
        .first()
    )
    if plan is None:
        return False
    progress = plan_progress(plan)
    if (trouble := _trouble(plan, progress)) is not None:
        if progress.failed is not None:
            plan.failure_told = progress.failed.plan_number or 0
        _paused(plan, trouble)
        audit_record(None, action="plan.pause", project=plan.project, target=plan)
        return False
    if (end := _end(plan, progress)) is not None:
        _ended(plan, end)
        audit_record(None, action="plan.end", project=plan.project, target=plan)
        return False
    return progress.next.is_due and _started(plan, progress)


def _trouble(plan: RoundPlan, progress: PlanProgress) -> str | None:
    if not plan.requested_by.is_active:
        return f"{plan.requested_by.display_name}, for whom it runs, is no longer here. Somebody else may resume it."
    failed = progress.failed
    if failed is None or (failed.plan_number or 0) <= plan.failure_told:
        return None
    if failed.job is not None and failed.job.state == "cancelled":
        return f"Round {failed.plan_number} was cancelled."
    told = failed.job.error_detail if failed.job is not None else ""
    return f"Round {failed.plan_number} failed: {told or 'its work broke off.'}"


def _end(plan: RoundPlan, progress: PlanProgress) -> str | None:
    """Return why the plan ends; no rule ends it while a round is under way, whose answers may say otherwise."""
    meanings = meanings_current(plan.project_id)
    if meanings.get((plan.release.policy.key, plan.clause_key)) != plan.meaning_revision:
        return "The clause means something else in the release in effect now, or is not in it. Start anew under it."
    last = progress.last
    if last is None or (last.finished_at is None and progress.failed is None):
        return None
    for said in progress.rules:
        if said.stops:
            return said.sentence
    if last.finished_at is not None and not last.picks.exists():
        return f"Round {last.plan_number} found no post that is open on this clause."
    return None


def _started(plan: RoundPlan, progress: PlanProgress) -> bool:
    number = 1 if progress.last is None else (progress.last.plan_number or 0) + 1
    settings = dict(plan.settings)
    like = settings.pop("like_post_id")
    try:
        with transaction.atomic():
            round_start(
                Actor(plan.requested_by),
                plan.project_id,
                release_id=plan.release_id,
                clause_key=plan.clause_key,
                like_post_id=None if like is None else uuid.UUID(like),
                plan=plan,
                plan_number=number,
                **settings
                | {"budget": progress.affordable, "seed": (int(settings["seed"]) + number - 1) % _SEEDS},
            )
    except ConcordError as problem:
        _log.info("plan %s paused: %s", plan.pk, problem.code)
        _paused(plan, f"{plan.requested_by.display_name} cannot start round {number}: {problem}")
        audit_record(None, action="plan.pause", project=plan.project, target=plan)
        return False
    return True


def _locked(actor: Actor, plan: RoundPlan, states: set[PlanState]) -> RoundPlan:
    project_get(actor, plan.project_id, needs=Capability.MODELS_RUN)
    locked = RoundPlan.objects.select_for_update(of=("self",)).select_related("project").get(pk=plan.pk)
    if PlanState(locked.state) not in states:
        raise PlanStateError(state=locked.state)
    return locked


def _paused(plan: RoundPlan, reason: str) -> None:
    plan.state, plan.reason = PlanState.PAUSED.value, reason
    plan.save(update_fields=["state", "reason", "failure_told"])


def _ended(plan: RoundPlan, reason: str) -> None:
    plan.state, plan.reason, plan.ended_at = PlanState.ENDED.value, reason, Now()
    plan.save(update_fields=["state", "reason", "ended_at"])
