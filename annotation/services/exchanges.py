"""An answer in and the next posts out, in one request and one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from annotation.selectors.bundles import bundles_of
from annotation.services.submissions import Answer, answer_take_in
from annotation.services.suggestions import offers_make
from core.accounts.selectors import Actor, Capability, Project, project_get
from core.content.selectors import shown_of, shown_statement
from core.db.prepared import Statement, together
from core.errors import ConcordError
from core.queue.errors import (
    LanguagesUnsaidError,
    OnboardingWaitsError,
    PersonPausedError,
    ProjectNotActiveError,
)
from core.queue.selectors import (
    ONBOARDING,
    POSTS_AHEAD,
    Closed,
    languages_to_ask,
    onboarding_due,
    pause_open,
)
from core.queue.services import Receipt, Wish, ahead_return, take_statements, tasks_taken, turn_statement


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came of one.

    Attributes
    ----------
    receipt
        Of the answer, when one was sent in.
    bundles
        The tasks handed out, each with all the workspace needs to show it; empty when nothing is left.
    over
        Of the leases the page holds, those that have ended: what is asked there was withdrawn, or its post hidden.
    idle
        Why nothing was handed out, where there is a reason a person should read. The answer is stored all the same.
    closed
        What is shut to the person for a while, and until when. After an answer, what they hold ahead is taken back.
    """

    receipt: Receipt | None
    bundles: list[dict[str, Any]]
    idle: ConcordError | None
    over: list[uuid.UUID]
    closed: Closed | None = None


@transaction.atomic
def label_exchange(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    answer: Answer | None,
    holding: Collection[uuid.UUID],
    take: int,
) -> Exchange:
    """Record an answer, where there is one, and hand out up to ``take`` posts to go on with.

    Parameters
    ----------
    holding
        Leases that the page has on screen or fetched ahead, the answered one left out.

    Raises
    ------
    NotFoundError, CapabilityMissingError
        And what `annotation.services.annotation_submit` raises; then nothing is handed out.
    """
    wish = Wish("label", list(holding), take)

    def ahead(project: Project) -> list[Statement]:
        if project.state != "active" or not take:
            return []
        values = wish.values(actor, project)
        return [
            *take_statements(actor, project, wish),
            shown_statement(POSTS_AHEAD, values),
        ]

    receipt: Receipt | None = None
    found: list[list[Any]] | None = None
    if answer is not None:
        project, receipt, found = answer_take_in(actor, project_id, answer, onwards=ahead)
    else:
        project = project_get(actor, project_id, needs=Capability.TASKS_WORK)
        unsaid = languages_to_ask(actor, project, kind=wish.kind) if take else []
        if unsaid and project.state == "active":
            return Exchange(None, [], LanguagesUnsaidError(languages=unsaid), list(holding))
    if found is None:
        _, *found = together([turn_statement(actor), *ahead(project)])
    if not found:
        idle = ProjectNotActiveError(state=project.state) if project.state != "active" else None
        return Exchange(receipt, [], idle, [])
    *handed, shown = found
    taken = tasks_taken(actor, project, wish, handed)
    closed = taken.closed
    if closed is not None and closed.is_all and answer is not None:
        ahead_return(actor, project)
        return Exchange(receipt, [], None, list(holding), closed)
    bundles = bundles_of(
        actor,
        project,
        taken.tasks,
        posts=shown_of(shown),
        drafts=taken.drafts,
        suggestions=offers_make(
            actor, project, [one for one in taken.tasks if ONBOARDING not in one.context]
        ),
        coverings=taken.coverings,
    )
    why = _why_idle(actor, project) if not bundles and take else None
    answered = None if answer is None else answer.lease_id
    over = [lease_id for lease_id in holding if lease_id not in taken.held and lease_id != answered]
    return Exchange(receipt, bundles, why, over, closed)


def _why_idle(actor: Actor, project: Project) -> ConcordError | None:
    if pause_open(actor.user.pk, project.pk):
        return PersonPausedError()
    return OnboardingWaitsError() if onboarding_due(actor, project) else None
