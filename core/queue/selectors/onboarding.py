"""Who is still to be introduced to a project before they work in it, and how far they are."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from core.accounts.selectors import Actor, Project
from core.db.prepared import row
from core.queue.domain.states import GOLD_SOURCE, ONBOARDING
from core.queue.models import OnboardingRun, OnboardingStep
from core.queue.selectors.quality import rules_kept
from core.queue.selectors.wards import CONSENTED, LIMITS, WARD_OF

# Who joined before there was a set, and was not asked since, has no run and is past it.
_DUE = """
SELECT coalesce(
  (SELECT run.state <> 'passed' FROM queue_onboarding AS run
   WHERE run.project_id = %(project)s AND run.person_id = %(person)s),
  EXISTS (
    SELECT 1 FROM accounts_membership AS member JOIN queue_rules AS rules ON rules.project_id = member.project_id
    WHERE member.project_id = %(project)s AND member.user_id = %(person)s
      AND member.created_at >= rules.onboards_since))
"""

STEPS: LiteralString = f"""
steps AS MATERIALIZED (
  SELECT row_number() OVER (ORDER BY step.ordinal) AS place, count(*) OVER () AS places, offer.*,
    {WARD_OF.format(post="offer.post_id")} AS ward_id
  FROM queue_onboardingstep AS step
  CROSS JOIN LATERAL (
    SELECT item_id, post_id, release_id, known_keys FROM queue_goldoffer AS one
    WHERE one.project_id = step.project_id AND one.item_id = step.item_id
    ORDER BY one.release_id DESC LIMIT 1
  ) AS offer
  JOIN content_post AS post ON post.id = offer.post_id AND NOT post.is_hidden
  WHERE step.project_id = %(project)s
), due AS MATERIALIZED (
  SELECT steps.* FROM steps CROSS JOIN limits LEFT JOIN queue_ward AS ward ON ward.id = steps.ward_id
  WHERE {CONSENTED} AND NOT EXISTS (
    SELECT 1 FROM queue_task AS had JOIN queue_lease AS lease ON lease.task_id = had.id
    WHERE had.post_id = steps.post_id AND had.source = '{GOLD_SOURCE}' AND lease.person_id = %(person)s
      AND had.context -> '{ONBOARDING}' ->> 'try' = %(try)s::int::text
      AND (lease.state <> 'expired' AND (lease.state <> 'held' OR lease.expires_at > statement_timestamp())
        OR EXISTS (
          SELECT 1 FROM queue_submission AS given
          WHERE given.task_id = had.id AND given.person_id = lease.person_id)))
)"""  # noqa: S608 - names of ours
"""Parts of a statement, beside ``limits``: the set as it can be handed out today, and what is due of it in this try.

What the person skipped, declined or does not take at all is not due. A hold that ran out is.
"""

_SEEN = f"""
WITH limits AS MATERIALIZED ({LIMITS}), {STEPS}
SELECT (SELECT count(*) FROM steps), (SELECT count(*) FROM due)
"""  # noqa: S608 - names of ours


@dataclass(frozen=True, slots=True)
class StepsSeen:
    """Posts in the set as it can be handed out today, and how many of them are still due in this try."""

    of: int
    due: int


def onboarding_due(actor: Actor, project: Project) -> bool:
    """Whether the actor is to answer the project's onboarding set before anything else.

    Nothing is asked of the database about a project without one.
    """
    if actor.user.is_simulated or rules_kept(project.pk).onboards_since is None:
        return False
    found = row(_DUE, {"project": project.pk, "person": actor.user.pk})
    return found is not None and bool(found[0])


def onboarding_run(project_id: uuid.UUID, person_id: uuid.UUID) -> OnboardingRun | None:
    """Return where the person is in the project's onboarding; None when they never began."""
    return OnboardingRun.objects.filter(project_id=project_id, person_id=person_id).first()


def onboarding_runs(project_id: uuid.UUID) -> Sequence[OnboardingRun]:
    """Return everybody's, the newest first; the caller has passed the project's door."""
    return list(OnboardingRun.objects.filter(project_id=project_id).order_by("-id"))


def onboarding_items(project_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the gold items of the project's set, in order."""
    steps = OnboardingStep.objects.filter(project_id=project_id).order_by("ordinal")
    return list(steps.values_list("item_id", flat=True))


def steps_seen(project_id: uuid.UUID, run: OnboardingRun) -> StepsSeen:
    """Return how much of the set is still due for the person of this run, in their present try."""
    found: Sequence[Any] | None = row(
        _SEEN, {"project": project_id, "person": run.person_id, "try": run.try_number}
    )
    return StepsSeen(0, 0) if found is None else StepsSeen(found[0], found[1])
