"""A project's onboarding: choosing the set, going on after a lesson, and what people decide about it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from annotation.domain.onboarding import is_passed
from annotation.errors import OnboardingSetInvalidError
from annotation.models import GoldItem
from annotation.selectors.onboarding import standing_of_run
from core.accounts.selectors import Actor, Capability, project_get, pseudonyms
from core.accounts.services import audit_record
from core.errors import NotFoundError
from core.queue.errors import NothingSaidError, OnboardingStateError, OwnOnboardingError
from core.queue.selectors import OnboardingRun, OnboardingState, onboarding_due, onboarding_run, quality_rules
from core.queue.services import (
    onboarding_again,
    onboarding_begin,
    onboarding_decided,
    onboarding_move,
    onboarding_steps_set,
)

STEPS_MOST = 50
_LONGEST_TEXT = 2_000


@transaction.atomic
def onboarding_set(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    item_ids: Sequence[uuid.UUID],
    pass_share: float,
    tries: int | None,
    asks_everyone: bool = False,
) -> None:
    """Say what newcomers answer first, in order, and what they pass by; no items: nothing is asked first.

    Parameters
    ----------
    pass_share
        Posts answered as known, of those answered, 0 (left out) to 1.
    tries
        How many times; None without an end.
    asks_everyone
        Also members who joined before there was a set, and those who are past it.

    Raises
    ------
    NotFoundError, CapabilityMissingError, OnboardingSetInvalidError
    """
    project = project_get(actor, project_id, needs=Capability.QUALITY_KEEP)
    known = set(
        GoldItem.objects.filter(project=project, pk__in=item_ids, retired_at__isnull=True).values_list(
            "pk", flat=True
        )
    )
    errors = [
        {"path": f"item_ids.{at}", "message": "This is no gold of the project, or it was retired."}
        for at, item_id in enumerate(item_ids)
        if item_id not in known
    ]
    if len(set(item_ids)) < len(item_ids):
        errors.append({"path": "item_ids", "message": "Each post can be in the set once."})
    if errors:
        raise OnboardingSetInvalidError(errors)
    onboarding_steps_set(
        project, item_ids=item_ids, pass_share=pass_share, tries=tries, asks_everyone=asks_everyone
    )
    audit_record(
        actor,
        action="onboarding.change",
        project=project,
        target=project,
        data={
            "items": [str(item_id) for item_id in item_ids],
            "pass_share": pass_share,
            "tries": tries,
            "asks_everyone": asks_everyone,
        },
    )


@transaction.atomic
def onboarding_go_on(actor: Actor, project_id: uuid.UUID) -> None:
    """Go on after a lesson was looked at; when nothing is due any more, the try is over and its result known.

    Raises
    ------
    NotFoundError, CapabilityMissingError, OnboardingStateError
    """
    project = project_get(actor, project_id, needs=Capability.TASKS_WORK)
    if not onboarding_due(actor, project):
        raise OnboardingStateError()
    run = onboarding_begin(project.pk, actor.user.pk)
    standing = standing_of_run(quality_rules(project.pk), run)
    if run.state == OnboardingState.FAILED or (run.state == OnboardingState.OPEN and standing.due):
        raise OnboardingStateError()
    if standing.due:
        onboarding_move(run, OnboardingState.OPEN)
        audit_record(actor, action="onboarding.go_on", project=project, target=run)
        return
    passed = is_passed(
        right=standing.right, answered=standing.answered, of=standing.of, pass_share=standing.pass_share
    )
    onboarding_move(run, OnboardingState.PASSED if passed else OnboardingState.FAILED)
    audit_record(
        actor,
        action="onboarding.pass" if passed else "onboarding.miss",
        project=project,
        target=run,
        data={"right": standing.right, "answered": standing.answered, "of": standing.of},
    )


@transaction.atomic
def onboarding_try_again(actor: Actor, project_id: uuid.UUID) -> None:
    """Begin the next try, where one is left.

    Raises
    ------
    NotFoundError, CapabilityMissingError, OnboardingStateError
    """
    project = project_get(actor, project_id, needs=Capability.TASKS_WORK)
    run = onboarding_begin(project.pk, actor.user.pk)
    standing = standing_of_run(quality_rules(project.pk), run)
    if run.state != OnboardingState.FAILED or standing.waits:
        raise OnboardingStateError()
    onboarding_again(run)
    audit_record(actor, action="onboarding.try_again", project=project, target=run)


@transaction.atomic
def onboarding_decide(
    actor: Actor, project_id: uuid.UUID, *, pseudonym: str, lets_through: bool, sentence: str
) -> OnboardingRun:
    """Let somebody who did not pass begin their work, or give them another try, with a sentence to them.

    Raises
    ------
    NotFoundError, CapabilityMissingError, NothingSaidError, OwnOnboardingError, OnboardingStateError
    """
    project = project_get(actor, project_id, needs=Capability.QUALITY_KEEP)
    found = [view.user_id for view in pseudonyms(project.pk).values() if view.pseudonym == pseudonym]
    if not found or onboarding_run(project.pk, found[0]) is None:
        raise NotFoundError()
    if found[0] == actor.user.pk:
        raise OwnOnboardingError()
    said = sentence.strip()[:_LONGEST_TEXT]
    if not said:
        raise NothingSaidError()
    run = onboarding_begin(project.pk, found[0])
    if run.state == OnboardingState.PASSED or (not lets_through and run.state != OnboardingState.FAILED):
        raise OnboardingStateError()
    if lets_through:
        onboarding_move(run, OnboardingState.PASSED)
    else:
        onboarding_again(run)
    onboarding_decided(run, by=actor.user, sentence=said)
    action = "onboarding.let_through" if lets_through else "onboarding.allow_try"
    audit_record(actor, action=action, project=project, target=run, data={"sentence": said})
    return run
