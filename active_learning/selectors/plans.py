"""Plans of rounds: how far each is to its next round and to its end."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from active_learning.domain.round_plans import Next, PlanState, Since, When, next_round
from active_learning.domain.stop_rules import (
    Measuring,
    Said,
    budget_said,
    plateau_said,
    posts_affordable,
    recall_said,
)
from active_learning.models import Pick, Round, RoundPlan
from active_learning.selectors.harm_found import harm_found
from annotation.selectors import decisions_current
from core.accounts.selectors import Actor, Capability, Project, projects_visible_to
from core.errors import NotFoundError
from core.figures.intervals import Measured
from core.queue.selectors import tasks_in

_UNDER_WAY = ("queued", "running")
_UNKNOWN = Measured(None, None, None)


@dataclass(frozen=True)
class PlanProgress:
    """How far a plan is.

    Attributes
    ----------
    last
        Its newest round, also one that failed; None before the first.
    bought, still_asked
        Answers that people gave to its rounds' tasks; answers that these still wait for.
    affordable
        Posts that the next round may ask about.
    rules
        What each of its stop rules says.
    """

    rounds: int
    last: Round | None
    bought: int
    still_asked: int
    affordable: int
    next: Next
    rules: tuple[Said, ...]

    @property
    def failed(self) -> Round | None:
        """The newest round, where it failed or was cancelled."""
        return self.last if self.last is not None and _is_broken(self.last) else None


def plans_in(project: Project) -> QuerySet[RoundPlan]:
    """Return the project's plans with who made them."""
    return _with_facts(RoundPlan.objects.filter(project=project))


def plan_get(actor: Actor, plan_id: uuid.UUID, *, needs: Capability = Capability.RESULTS_VIEW) -> RoundPlan:
    """Return a plan of a project in which the actor's roles allow ``needs``.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=needs)
    found = _with_facts(RoundPlan.objects.filter(pk=plan_id, project__in=visible)).first()
    if found is None:
        raise NotFoundError()
    return found


def plan_progress(plan: RoundPlan) -> PlanProgress:
    """Return how far the plan is, by what is decided now."""
    rounds = list(plan.rounds.select_related("job", "model").order_by("plan_number"))
    finished = [one for one in rounds if one.finished_at is not None]
    last = rounds[-1] if rounds else None
    bought, still_asked = _answers(plan, rounds)
    overlap = int(plan.settings["overlap"])
    affordable = posts_affordable(
        int(plan.settings["budget"]),
        bought=bought,
        still_asked=still_asked,
        limit=plan.most_answers,
        per_post=overlap,
    )
    return PlanProgress(
        rounds=len(finished),
        last=last,
        bought=bought,
        still_asked=still_asked,
        affordable=affordable,
        next=_next(plan, last, finished, affordable),
        rules=_rules(plan, finished, bought),
    )


def _rules(plan: RoundPlan, finished: list[Round], bought: int) -> tuple[Said, ...]:
    said = []
    if plan.plateau_rounds is not None:
        measured = [measuring_of(one) for one in finished]
        said.append(plateau_said(measured, rounds=plan.plateau_rounds, least_gain=plan.least_gain))
    if plan.most_answers is not None:
        said.append(budget_said(bought, limit=plan.most_answers, per_post=int(plan.settings["overlap"])))
    if plan.recall_target is not None:
        recall = harm_found(finished[-1]).recall if finished else _UNKNOWN
        said.append(recall_said(recall, target=plan.recall_target))
    return tuple(said)


def measuring_of(done: Round) -> Measuring:
    """Return how the round's model did on the held-out posts; of no posts where it trained none."""
    kept: Mapping[str, Any] = {} if done.model is None else done.model.evaluation.get("right", {})
    return Measuring(kept.get("posts", ""), kept.get("harmless", ""), kept.get("harmful", ""))


def _next(plan: RoundPlan, last: Round | None, finished: list[Round], affordable: int) -> Next:
    if plan.state != PlanState.RUNNING.value:
        return Next(False, f"The plan is {plan.state}: no round starts.")
    if clause_under_way(plan):
        return Next(False, "A round on this clause is under way.")
    when = When(plan.after_answers, plan.every_hours, plan.answered_share)
    # After a round that failed nothing was asked; a person who resumes wants the next one.
    was_tried = last is not None and last.finished_at is None
    told = next_round(when, None if was_tried or not finished else _since(plan, finished[-1]), timezone.now())
    if told.is_due and not affordable:
        return Next(False, "The answers that are still asked for use up what may be bought.")
    return told


def clause_under_way(plan: RoundPlan) -> bool:
    """Return whether any round on the plan's clause waits or runs, the plan's own or another."""
    return Round.objects.filter(
        project_id=plan.project_id,
        clause_key=plan.clause_key,
        finished_at__isnull=True,
        job__state__in=_UNDER_WAY,
    ).exists()


def _since(plan: RoundPlan, last: Round) -> Since:
    decided = decisions_current(plan.project_id, release_id=plan.release_id, clause_keys=[plan.clause_key])
    picks = Pick.objects.filter(round=last)
    # A task is over without a decision where people disagree, and where it was taken back: nobody waits for it.
    still_asked = tasks_in(plan.project_id).filter(source="round", source_id=last.pk, state="open")
    waiting = picks.filter(task_id__in=still_asked.values("pk")).exclude(
        post_id__in=decided.values("post_id")
    )
    total = picks.count()
    return Since(
        started_at=last.created_at,
        picked=total,
        answered=total - waiting.count(),
        answers=decided.filter(created_at__gt=last.created_at).count(),
    )


def _answers(plan: RoundPlan, rounds: list[Round]) -> tuple[int, int]:
    """Return how many answers were given to the rounds' tasks, and how many these still wait for."""
    tasks = tasks_in(plan.project_id).filter(source="round", source_id__in=[one.pk for one in rounds])
    found = tasks.aggregate(
        given=Count("slot_rows", filter=Q(slot_rows__state="filled")),
        asked=Count("slot_rows", filter=Q(state="open") & ~Q(slot_rows__state="filled")),
    )
    return int(found["given"]), int(found["asked"])


def _is_broken(tried: Round) -> bool:
    is_active = tried.job is not None and tried.job.state in _UNDER_WAY
    return tried.finished_at is None and not is_active


def _with_facts(plans: QuerySet[RoundPlan]) -> QuerySet[RoundPlan]:
    return plans.select_related("release__policy", "requested_by", "project")
