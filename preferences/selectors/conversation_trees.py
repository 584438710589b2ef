"""One conversation with all its branches, for the people who may see results."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from core.accounts.selectors import Actor
from preferences.models import Comparison, Judgment, NextTurn, Prompt, Response, Slate
from preferences.selectors.comparisons import COUNTS, current_decisions
from preferences.selectors.conversations import prompt_get

MOST_TURNS = 1_000
"""So many turns of one tree are told, the oldest first; it says how many more there are."""


@dataclass(frozen=True)
class TreeResponse:
    """A response in a tree. ``picked`` counts who went on from it; ``is_written`` where a person wrote it."""

    id: UUID
    text: str
    source_model: str
    material_id: UUID | None
    is_written: bool
    picked: int


@dataclass(frozen=True)
class TreeDecision:
    """What was decided of two responses on one axis: ``outcome`` as decisions have it, a the first of them."""

    comparison_id: UUID
    response_a_id: UUID
    response_b_id: UUID
    clause_key: str
    meaning_revision: int
    outcome: str
    agreement: float
    votes: int


@dataclass(frozen=True)
class TreeTurn:
    """A turn: what the person said, the responses to it, and what was judged.

    ``stands_on_id`` is the response it goes on from; null for the first. ``messages`` are those that come with it: of
    the first turn all, of the others the last.
    """

    id: UUID
    stands_on_id: UUID | None
    messages: Sequence[Mapping[str, Any]]
    responses: Sequence[TreeResponse]
    decisions: Sequence[TreeDecision]
    comparison_ids: Sequence[UUID]
    slate_ids: Sequence[UUID]
    judgments: int

    @property
    def waits(self) -> bool:
        """Whether it needs responses: it has none, or only what people wrote."""
        return all(response.is_written for response in self.responses)


@dataclass(frozen=True)
class ConversationTree:
    """A conversation: its turns, the first one first, every turn after the one it goes on from."""

    id: UUID
    project_id: UUID
    language: str
    post_id: UUID | None
    material_id: UUID | None
    turns: Sequence[TreeTurn]
    left_out: int


def conversation_get(actor: Actor, prompt_id: UUID) -> ConversationTree:
    """Return the whole tree in which a prompt stands.

    Raises
    ------
    ConversationNotFoundError
    """
    asked = prompt_get(actor, prompt_id)
    root_id = asked.root_id or asked.pk
    of_tree = Prompt.objects.filter(Q(pk=root_id) | Q(root_id=root_id))
    count = of_tree.count()
    # Sorted by length, a turn comes after the one it goes on from, whichever was stored first.
    prompts = sorted(of_tree.order_by("id")[:MOST_TURNS], key=lambda row: (len(row.messages), row.pk))
    root = next((prompt for prompt in prompts if prompt.pk == root_id), asked)
    ids = [prompt.pk for prompt in prompts]
    responses = _responses(ids)
    decisions, compared = _decisions(ids)
    slates: dict[UUID, list[UUID]] = defaultdict(list)
    for prompt, slate in (
        Slate.objects.filter(prompt_id__in=ids).order_by("id").values_list("prompt_id", "id")
    ):
        slates[prompt].append(slate)
    judged = _judged(ids)
    return ConversationTree(
        id=root_id,
        project_id=asked.project_id,
        language=root.language,
        post_id=root.post_id,
        material_id=root.material_id,
        turns=[
            TreeTurn(
                id=prompt.pk,
                stands_on_id=prompt.stands_on_id,
                messages=prompt.messages if prompt.stands_on_id is None else prompt.messages[-1:],
                responses=responses[prompt.pk],
                decisions=decisions[prompt.pk],
                comparison_ids=compared[prompt.pk],
                slate_ids=slates[prompt.pk],
                judgments=judged.get(prompt.pk, 0),
            )
            for prompt in prompts
        ],
        left_out=count - len(prompts),
    )


def _responses(prompt_ids: Sequence[UUID]) -> dict[UUID, list[TreeResponse]]:
    turns = NextTurn.objects.filter(
        Q(response__prompt_id__in=prompt_ids) | Q(reply__prompt_id__in=prompt_ids)
    )
    pickers: dict[UUID, set[UUID]] = defaultdict(set)
    written: set[UUID] = set()
    for response_id, person_id, reply_id in turns.values_list("response_id", "person_id", "reply_id"):
        pickers[response_id].add(person_id)
        if reply_id is not None:
            written.add(reply_id)
    found: dict[UUID, list[TreeResponse]] = defaultdict(list)
    for row in Response.objects.filter(prompt_id__in=prompt_ids).order_by("id"):
        found[row.prompt_id].append(
            TreeResponse(
                id=row.pk,
                text=row.text,
                source_model=row.source_model,
                material_id=row.material_id,
                is_written=row.pk in written,
                picked=len(pickers[row.pk]),
            )
        )
    return found


def _decisions(
    prompt_ids: Sequence[UUID],
) -> tuple[dict[UUID, list[TreeDecision]], dict[UUID, list[UUID]]]:
    """Return, by prompt, what was decided of its pairs, those of slates too; and the comparisons asked as such."""
    decided: dict[UUID, list[TreeDecision]] = defaultdict(list)
    compared: dict[UUID, list[UUID]] = defaultdict(list)
    rows = {row.pk: row for row in Comparison.objects.filter(prompt_id__in=prompt_ids).order_by("id")}
    for row in rows.values():
        if row.slate_id is None:
            compared[row.prompt_id].append(row.pk)
    for decision in current_decisions().filter(comparison_id__in=rows):
        pair = rows[decision.comparison_id]
        decided[pair.prompt_id].append(
            TreeDecision(
                comparison_id=pair.pk,
                response_a_id=pair.response_a_id,
                response_b_id=pair.response_b_id,
                clause_key=decision.clause_key,
                meaning_revision=decision.meaning_revision,
                outcome=decision.outcome,
                agreement=decision.agreement,
                votes=decision.votes,
            )
        )
    return decided, compared


def _judged(prompt_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Return how many submissions that count judged each prompt's responses."""
    counted = Judgment.objects.filter(COUNTS, comparison__prompt_id__in=prompt_ids)
    rows = (
        counted.order_by().values("comparison__prompt_id").annotate(n=Count("submission_id", distinct=True))
    )
    return Counter({row["comparison__prompt_id"]: row["n"] for row in rows})
