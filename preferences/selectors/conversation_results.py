"""How people went on in conversations, streamed for exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q

from core.db.ranges import EVERYTHING, IdRange, every_nth
from preferences.models import GoldPair, NextTurn, Prompt, Response
from preferences.selectors.results import ResponseView, streamed

_BATCH = 200


@dataclass(frozen=True)
class PickerView:
    """A person who went on from a response, and under which release they had judged it, if they had."""

    person_id: UUID
    person_is_simulated: bool
    release_id: UUID | None


@dataclass(frozen=True)
class ConversationView:
    """The conversation before a reply: its prompt, and the first prompt of its tree."""

    prompt_id: UUID
    root_id: UUID
    post_id: UUID | None
    material_id: UUID | None
    language: str
    messages: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class PathReplyView:
    """A reply on a path: one that people picked, or one that a person wrote as the next turn.

    ``goes_on_picked`` and ``goes_on_written`` where the path holds a later reply of that sort. ``is_known`` while the
    answers about it are known, to measure people by.
    """

    conversation: ConversationView
    response: ResponseView
    people: Sequence[PickerView]
    goes_on_picked: bool
    goes_on_written: bool
    is_known: bool


@dataclass(frozen=True)
class NextTurnView:
    """One going on: ``picked`` where it is the first that picked its response, ``written`` where it wrote a reply."""

    id: UUID
    picked: PathReplyView | None
    written: PathReplyView | None


def next_turns(project_id: UUID, *, within: IdRange = EVERYTHING) -> Iterator[NextTurnView]:
    """Yield how the project's people went on, by id, with what it gives: each picked or written reply once."""
    rows = NextTurn.objects.filter(project_id=project_id).select_related(
        "prompt", "response__prompt", "reply__prompt", "person", "submission__task"
    )
    turns = streamed(within.narrowed(rows))
    while batch := list(islice(turns, _BATCH)):
        yield from _views(batch)


def turn_marks(project_id: UUID, *, every: int) -> list[UUID]:
    """Return the id of every so-manieth going on in the project, by id: where work over them is cut."""
    return every_nth(NextTurn.objects.filter(project_id=project_id), every)


def _views(batch: Sequence[NextTurn]) -> Iterator[NextTurnView]:
    said = {turn.response_id for turn in batch} | {turn.reply_id for turn in batch if turn.reply_id}
    pickers, writers = _people(said)
    before_picked, before_written = _gone_on_from({turn.prompt.root_id or turn.prompt_id for turn in batch})
    known = _known(said)

    def reply(response: Response, people: Sequence[NextTurn]) -> PathReplyView:
        return PathReplyView(
            conversation=_conversation(response.prompt),
            response=ResponseView(
                response.pk, response.text, response.source_model, response.external_id, response.material_id
            ),
            people=[_picker(turn) for turn in _once(people)],
            goes_on_picked=response.pk in before_picked,
            goes_on_written=response.pk in before_written,
            is_known=response.pk in known,
        )

    for turn in batch:
        of_response = pickers[turn.response_id]
        of_reply = writers.get(turn.reply_id, []) if turn.reply_id is not None else []
        yield NextTurnView(
            id=turn.pk,
            # What a person wrote is a demonstration already, whoever goes on from it.
            picked=reply(turn.response, of_response)
            if of_response[0].pk == turn.pk and turn.response_id not in writers
            else None,
            written=reply(turn.reply, of_reply)
            if turn.reply is not None and of_reply[0].pk == turn.pk
            else None,
        )


def _people(responses: set[UUID]) -> tuple[dict[UUID, list[NextTurn]], dict[UUID, list[NextTurn]]]:
    """Return who picked and who wrote each response, the first first."""
    turns = NextTurn.objects.filter(Q(response_id__in=responses) | Q(reply_id__in=responses))
    pickers: dict[UUID, list[NextTurn]] = defaultdict(list)
    writers: dict[UUID, list[NextTurn]] = defaultdict(list)
    for turn in turns.select_related("person", "submission__task").order_by("id"):
        pickers[turn.response_id].append(turn)
        if turn.reply_id is not None:
            writers[turn.reply_id].append(turn)
    return pickers, writers


def _once(turns: Sequence[NextTurn]) -> list[NextTurn]:
    """Return the first going on of each person."""
    return list({turn.person_id: turn for turn in reversed(turns)}.values())[::-1]


def _gone_on_from(roots: set[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Return the responses of these trees after which a reply was picked, and those after which one was written."""
    rows = Prompt.objects.filter(root_id__in=roots).values_list("id", "stands_on_id", "stands_on__prompt_id")
    above = {prompt_id: (response_id, parent_id) for prompt_id, response_id, parent_id in rows}
    turns = NextTurn.objects.filter(Q(prompt_id__in=above) | Q(response__prompt_id__in=above))
    picked_at: set[UUID] = set()
    written_at: set[UUID] = set()
    for response_at, prompt_id, reply_id in turns.values_list("response__prompt_id", "prompt_id", "reply_id"):
        picked_at.add(response_at)
        if reply_id is not None:
            written_at.add(prompt_id)
    return _before(picked_at, above), _before(written_at, above)


def _before(prompts: set[UUID], above: Mapping[UUID, tuple[UUID | None, UUID | None]]) -> set[UUID]:
    """Return all responses on the paths that lead to these prompts."""
    found: set[UUID] = set()
    for prompt_id in prompts:
        place: UUID | None = prompt_id
        while place is not None and place in above:
            response_id, place = above[place]
            if response_id is None or response_id in found:
                break
            found.add(response_id)
    return found


def _known(responses: set[UUID]) -> set[UUID]:
    """Return those of the responses that stand in a pair whose answers are known."""
    rows = GoldPair.objects.filter(retired_at__isnull=True).filter(
        Q(comparison__response_a_id__in=responses) | Q(comparison__response_b_id__in=responses)
    )
    sides = rows.values_list("comparison__response_a_id", "comparison__response_b_id")
    return {response_id for pair in sides for response_id in pair}


def _conversation(prompt: Prompt) -> ConversationView:
    return ConversationView(
        prompt_id=prompt.pk,
        root_id=prompt.root_id or prompt.pk,
        post_id=prompt.post_id,
        material_id=prompt.material_id,
        language=prompt.language,
        messages=prompt.messages,
    )


def _picker(turn: NextTurn) -> PickerView:
    return PickerView(
        person_id=turn.person_id,
        person_is_simulated=turn.person.is_simulated,
        release_id=turn.submission.task.release_id if turn.submission is not None else None,
    )
