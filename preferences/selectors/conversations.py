"""Conversations as trees: which there are, which prompts wait for responses, and what follows a judged turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts.selectors import Actor, Capability, project_get, projects_visible_to
from core.queue.selectors import Lease, coverings_for
from preferences.domain.document import POSITIONS, Position
from preferences.errors import ConversationNotFoundError
from preferences.models import NextTurn, Prompt, Response
from preferences.selectors.bundles import Laid

MOST_SHOWN = 50
"""So many next turns of one response are offered at most, the oldest first."""

_SHOWN = ~Q(post__is_hidden=True) & ~Q(material__is_hidden=True)


@dataclass(frozen=True)
class TurnAfter:
    """A next turn that is there already: what the person says in it."""

    prompt_id: UUID
    text: str


@dataclass(frozen=True)
class ResponseAtDesk:
    """A response where it stood, whether one can go on from it, and what follows it already."""

    position: Position
    text: str
    is_open: bool
    after: Sequence[TurnAfter]


@dataclass(frozen=True)
class TurnAtDesk:
    """A judged turn for the person who judged it. Where texts are covered, none is told here."""

    language: str
    is_covered: bool
    responses: Sequence[ResponseAtDesk]


def conversation_is_hidden(prompt: Prompt) -> bool:
    """Return whether the post a conversation is about, or its media, were hidden."""
    return any(post is not None and post.is_hidden for post in (prompt.post, prompt.material))


def prompt_get(actor: Actor, prompt_id: UUID, *, needs: Capability = Capability.RESULTS_VIEW) -> Prompt:
    """Return one prompt of a project in which the actor may do ``needs``.

    Raises
    ------
    ConversationNotFoundError
    """
    visible = projects_visible_to(actor, needs=needs)
    prompt = Prompt.objects.select_related("project").filter(pk=prompt_id, project__in=visible).first()
    if prompt is None:
        raise ConversationNotFoundError()
    return prompt


def prompts_waiting(project_id: UUID) -> QuerySet[Prompt]:
    """Return the prompts of a project that need responses, the oldest first; the caller has passed its door.

    Those are prompts without a response, what people wrote as replies aside. What is about a hidden post waits for
    nothing.
    """
    return Prompt.objects.filter(_SHOWN, ~Exists(_sampled()), project_id=project_id).order_by("id")


def _sampled() -> QuerySet[Response]:
    """Return the responses of a prompt that nobody wrote here as a reply."""
    written = NextTurn.objects.filter(reply=OuterRef("pk"))
    return Response.objects.filter(~Exists(written), prompt=OuterRef("pk"))


def prompts_waiting_list(actor: Actor, project_id: UUID) -> QuerySet[Prompt]:
    """Return the prompts that wait for responses, for those who may see results, the newest first.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    return prompts_waiting(project.pk)


def conversations_list(actor: Actor, project_id: UUID) -> QuerySet[Prompt]:
    """Return the first prompts of a project's trees that have branches, with figures.

    ``turns`` are all prompts of the tree, ``waiting`` those of them without responses, ``picked`` how often somebody
    went on.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    branches = Prompt.objects.filter(root=OuterRef("pk"))
    of_tree = Prompt.objects.filter(Q(root=OuterRef("pk")) | Q(pk=OuterRef("pk")), project_id=project.pk)
    waiting = of_tree.filter(_SHOWN, ~Exists(_sampled()))
    picks = NextTurn.objects.filter(Q(prompt__root=OuterRef("pk")))
    return Prompt.objects.filter(Exists(branches), project=project, root__isnull=True).annotate(
        turns=1 + _counted(branches),
        waiting=_counted(waiting),
        picked=_counted(picks),
    )


def _counted(rows: QuerySet[Prompt] | QuerySet[NextTurn]) -> Coalesce:
    one = rows.order_by().annotate(whole=F("project_id")).values("whole")
    return Coalesce(Subquery(one.annotate(n=Count("pk")).values("n")), 0)


def prompts_after(response: Response) -> QuerySet[Prompt]:
    """Return the prompts that go on from a response, or from one to the same prompt that says the same."""
    return Prompt.objects.filter(
        _SHOWN,
        stands_on__prompt_id=response.prompt_id,
        stands_on__content_sha256=response.content_sha256,
    ).order_by("id")


def turn_at_desk(actor: Actor, lease: Lease, laid: Laid) -> TurnAtDesk:
    """Return a turn in the order its person was shown, with what follows each response already."""
    about = laid.prompt.post_id
    coverings = coverings_for(actor, lease.task.project, [] if about is None else [about])
    is_covered = bool(coverings.of(about)["cover"]["text_covered"])
    return TurnAtDesk(
        language=laid.prompt.language,
        is_covered=is_covered,
        responses=[
            ResponseAtDesk(
                position=position,
                text="" if is_covered else response.text,
                is_open=response.material_id is None and bool(response.text.strip()),
                after=[] if is_covered else _after(response),
            )
            for position, response in zip(POSITIONS, laid.responses, strict=False)
        ],
    )


def _after(response: Response) -> list[TurnAfter]:
    return [
        TurnAfter(prompt.pk, str(prompt.messages[-1]["content"]))
        for prompt in prompts_after(response)[:MOST_SHOWN]
    ]
