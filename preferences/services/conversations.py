"""Going on with a conversation: a response is picked, and what the person says next makes a prompt of its own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, Project
from core.accounts.services import audit_record
from core.queue.selectors import Lease, Submission, lease_get, work_must_be_open
from preferences.domain.conversations import LONGEST_TURN, TurnProblem, continued, conversation_sha256
from preferences.domain.document import Position
from preferences.domain.fingerprints import text_sha256
from preferences.errors import (
    ConversationHiddenError,
    ConversationNotFoundError,
    ResponseShowsMediaError,
    TaskNotComparisonError,
    TurnInvalidError,
    TurnNotJudgedError,
)
from preferences.models import NextTurn, Prompt, Response
from preferences.selectors.bundles import Laid, comparison_of, pair_laid, slate_laid
from preferences.selectors.conversations import (
    TurnAtDesk,
    conversation_is_hidden,
    prompt_get,
    prompts_after,
    turn_at_desk,
)
from preferences.selectors.slates import slate_of
from preferences.services.sides import side_order_keep
from preferences.services.slates import slate_order_keep

_PLACES = {str(position): place for place, position in enumerate(Position)}


@dataclass(frozen=True)
class Said:
    """How to go on: with words of one's own or, by ``prompt_id``, with a turn that is there already.

    ``reply`` is what the person would answer to it, as a demonstration; empty where they leave that to others.
    """

    text: str = ""
    prompt_id: UUID | None = None
    reply: str = ""


def turn_open(actor: Actor, lease_id: UUID) -> TurnAtDesk:
    """Return the turn that the actor judged under their lease, with what follows each response already.

    Raises
    ------
    NotFoundError, TaskNotComparisonError, TurnNotJudgedError, ConversationHiddenError
    """
    lease = lease_get(actor, lease_id)
    _submission(lease)
    laid = _laid(lease)
    if conversation_is_hidden(laid.prompt):
        raise ConversationHiddenError()
    return turn_at_desk(actor, lease, laid)


def turn_go_on(actor: Actor, lease_id: UUID, *, position: str, said: Said) -> NextTurn:
    """Go on from the response at ``position`` of the turn that the actor judged; the same again changes nothing.

    Every branch stays: another response, or other words, make another prompt.

    Raises
    ------
    NotFoundError, TaskNotComparisonError, TurnNotJudgedError, TurnInvalidError, ConversationNotFoundError,
    ResponseShowsMediaError, ConversationHiddenError, WorkClosedError
    """
    lease = lease_get(actor, lease_id)
    submission = _submission(lease)
    laid = _laid(lease)
    work_must_be_open(actor, lease.task.project)
    place = _PLACES[position]
    if place >= len(laid.responses):
        raise TurnInvalidError(problem=f"There is no {position} response here.")
    return _go_on(actor, lease.task.project, laid.responses[place], said, submission=submission)


def turn_write(actor: Actor, prompt_id: UUID, *, response_id: UUID, said: Said) -> NextTurn:
    """Go on from a response of a conversation on its page, for those who bring in content.

    Raises
    ------
    ConversationNotFoundError, TurnInvalidError, ResponseShowsMediaError, ConversationHiddenError
    """
    prompt = prompt_get(actor, prompt_id, needs=Capability.CONTENT_IMPORT)
    response = Response.objects.filter(pk=response_id, prompt=prompt).first()
    if response is None:
        raise ConversationNotFoundError()
    return _go_on(actor, prompt.project, response, said, submission=None)


def _laid(lease: Lease) -> Laid:
    """Return the turn in the order in which the lease's person was shown it."""
    slate = slate_of(lease.task)
    if slate is not None:
        return slate_laid(lease.task, slate, places=slate_order_keep(lease, slate))
    return pair_laid(comparison_of(lease.task), swapped=side_order_keep(lease))


def _submission(lease: Lease) -> Submission:
    if lease.task.kind != "compare":
        raise TaskNotComparisonError()
    found = (
        Submission.objects.filter(
            task_id=lease.task_id, person_id=lease.person_id, superseded_by__isnull=True
        )
        .order_by("-id")
        .first()
    )
    if found is None:
        raise TurnNotJudgedError()
    return found


@transaction.atomic
def _go_on(
    actor: Actor, project: Project, response: Response, said: Said, *, submission: Submission | None
) -> NextTurn:
    # Whoever goes on from one response at once with others waits here, so that one turn makes one prompt.
    Response.objects.select_for_update().get(pk=response.pk)
    parent = Prompt.objects.select_related("post", "material").get(pk=response.prompt_id)
    if response.material_id is not None:
        raise ResponseShowsMediaError()
    if conversation_is_hidden(parent):
        raise ConversationHiddenError()
    prompt = _prompt(parent, response, said)
    reply = _reply(prompt, said.reply)
    turn, created = NextTurn.objects.get_or_create(
        person=actor.user,
        response=response,
        prompt=prompt,
        reply=reply,
        defaults={"project": project, "submission": submission},
    )
    if created:
        audit_record(
            actor,
            action="conversation.go_on",
            project=project,
            target=turn,
            data={
                "response": str(response.pk),
                "prompt": str(prompt.pk),
                "has_reply": reply is not None,
                "judged": submission is not None,
            },
        )
    return turn


def _prompt(parent: Prompt, response: Response, said: Said) -> Prompt:
    """Return the conversation so far with its next turn, which is there already or is made now."""
    if said.prompt_id is not None:
        taken = prompts_after(response).filter(pk=said.prompt_id).first()
        if taken is None:
            raise ConversationNotFoundError()
        return taken
    try:
        messages = continued(parent.messages, response=response.text, turn=said.text)
    except TurnProblem as problem:
        raise TurnInvalidError(problem=str(problem)) from problem
    content = conversation_sha256(messages, stands_on=(parent.content_sha256, response.content_sha256))
    prompt, _ = Prompt.objects.get_or_create(
        project_id=parent.project_id,
        content_sha256=content,
        post=parent.post,
        defaults={
            "messages": messages,
            "material_id": parent.material_id,
            "language": parent.language,
            "stands_on": response,
            "root_id": parent.root_id or parent.pk,
        },
    )
    if prompt.stands_on_id is None:
        # It was imported before what it goes on from, and has stood alone until now.
        prompt.stands_on, prompt.root_id = response, parent.root_id or parent.pk
        prompt.save(update_fields=["stands_on", "root"])
        Prompt.objects.filter(root_id=prompt.pk).update(root_id=prompt.root_id)
    return prompt


def _reply(prompt: Prompt, text: str) -> Response | None:
    if not text.strip():
        return None
    if len(text) > LONGEST_TURN:
        raise TurnInvalidError(problem=f"A reply has at most {LONGEST_TURN:,} characters.")
    reply, _ = Response.objects.get_or_create(
        prompt=prompt, source_model="", content_sha256=text_sha256(text), defaults={"text": text}
    )
    return reply
