"""Handing newcomers what they learn by, one post at a time, before any other work.

An onboarding task is a gold task (one slot that no claim finds, the source that keeps its answers out of everything)
whose context says what it is for. The app that knows the answers marks them and says how a try ended.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.accounts.selectors import Project, User
from core.db.prepared import row
from core.queue.domain.states import GOLD_SOURCE, ONBOARDING, OnboardingState
from core.queue.models import OnboardingRun, OnboardingStep, QualityRules
from core.queue.selectors.onboarding import STEPS
from core.queue.selectors.quality import rules_forget
from core.queue.selectors.wards import LIMITS, MAY_BE_HANDED
from core.queue.services.gold_mixing import LEASED, NOT_PAUSED

_EVERYBODY = datetime(2000, 1, 1, tzinfo=UTC)
"""Before anybody joined anything."""

# In order: when the next one may not be handed out yet, none is.
_HAND_OUT = f"""
WITH limits AS MATERIALIZED ({LIMITS}), {STEPS}, chosen AS (
  SELECT * FROM (SELECT * FROM due ORDER BY place LIMIT 1) AS first
  WHERE {MAY_BE_HANDED.format(ward="first.ward_id")} AND {NOT_PAUSED}
), task AS (
  INSERT INTO queue_task (
    id, project_id, kind, post_id, release_id, clause_keys, slots, priority, state, source, source_id, context)
  SELECT uuidv7(), %(project)s, %(kind)s, post_id, release_id, known_keys, 1, 0, 'open', '{GOLD_SOURCE}', item_id,
    jsonb_build_object('{ONBOARDING}', jsonb_build_object('step', place, 'of', places, 'try', %(try)s::int))
  FROM chosen
  RETURNING id, project_id, priority, post_id
), slot AS (
  INSERT INTO queue_slot (id, task_id, ordinal, project_id, kind, priority, state, ward_id)
  SELECT uuidv7(), task.id, 0, task.project_id, 'gold', task.priority, 'leased', chosen.ward_id FROM task, chosen
  RETURNING id, task_id, ward_id
), {LEASED}
SELECT lease.id FROM lease
"""  # noqa: S608 - names of ours


def onboarding_take(values: Mapping[str, Any]) -> uuid.UUID | None:
    """Hand out the next post of the set, in the caller's transaction and the person's turn; return the lease.

    None while a known answer waits to be looked at, a try was not passed, or the next post may not come now.

    Parameters
    ----------
    values
        What the claim is given.
    """
    run = onboarding_begin(values["project"], values["person"])
    if run.state != OnboardingState.OPEN:
        return None
    found = row(_HAND_OUT, {**values, "try": run.try_number})
    return None if found is None else found[0]


def onboarding_begin(project_id: uuid.UUID, person_id: uuid.UUID) -> OnboardingRun:
    """Return the person's run, locked, in the caller's transaction; begun when there was none."""
    run, _ = OnboardingRun.objects.select_for_update().get_or_create(
        project_id=project_id, person_id=person_id
    )
    return run


def onboarding_answered(project_id: uuid.UUID, person_id: uuid.UUID, *, try_number: int) -> None:
    """Wait with the next post until the known answer of this one was looked at."""
    OnboardingRun.objects.filter(
        project_id=project_id, person_id=person_id, try_number=try_number, state=OnboardingState.OPEN
    ).update(state=OnboardingState.LESSON)


def onboarding_move(run: OnboardingRun, state: OnboardingState) -> None:
    """Write where the person of a locked run is now."""
    run.state = state
    run.passed_at = timezone.now() if state == OnboardingState.PASSED else None
    run.save(update_fields=["state", "passed_at"])


def onboarding_again(run: OnboardingRun) -> None:
    """Begin the next try of a locked run: every post of the set is due again."""
    run.try_number += 1
    run.state, run.passed_at = OnboardingState.OPEN, None
    run.save(update_fields=["try_number", "state", "passed_at"])


def onboarding_decided(run: OnboardingRun, *, by: User, sentence: str) -> None:
    """Keep who decided on a locked run, and what they said."""
    run.decided_by, run.decided_at, run.sentence = by, timezone.now(), sentence
    run.save(update_fields=["decided_by", "decided_at", "sentence"])


def onboarding_step_drop(project: Project, item_id: uuid.UUID) -> None:
    """Leave an item out of the project's set, in the caller's transaction."""
    OnboardingStep.objects.filter(project=project, item_id=item_id).delete()


def onboarding_steps_set(
    project: Project,
    *,
    item_ids: Sequence[uuid.UUID],
    pass_share: float,
    tries: int | None,
    asks_everyone: bool,
) -> None:
    """Ask newcomers these items first, in this order, in the caller's transaction; nobody when there are none.

    Parameters
    ----------
    asks_everyone
        Also those who joined before, and those who are past it; else only who joins after there was a set.
    """
    rules, _ = QualityRules.objects.select_for_update().get_or_create(project=project)
    OnboardingStep.objects.filter(project=project).delete()
    OnboardingStep.objects.bulk_create(
        OnboardingStep(project=project, ordinal=ordinal, item_id=item_id)
        for ordinal, item_id in enumerate(item_ids)
    )
    if not item_ids:
        rules.onboards_since = None
    elif asks_everyone:
        rules.onboards_since = _EVERYBODY
        OnboardingRun.objects.filter(project=project, state=OnboardingState.PASSED).update(
            state=OnboardingState.OPEN,
            passed_at=None,
            sentence="",
            decided_by=None,
            decided_at=None,
            try_number=F("try_number") + 1,
            first_try=F("try_number") + 1,
        )
    elif rules.onboards_since is None:
        rules.onboards_since = timezone.now()
    rules.onboarding_pass, rules.onboarding_tries = pass_share, tries
    rules.save(update_fields=["onboards_since", "onboarding_pass", "onboarding_tries"])
    rules_forget(project.pk)
    transaction.on_commit(lambda: rules_forget(project.pk))
