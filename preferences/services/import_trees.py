"""Conversations that an import brings as branches: each is put on the response it goes on from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from preferences.domain.pairs import LineRecord
from preferences.models import Prompt, Response

_Content: TypeAlias = tuple[str, UUID | None]
"""The fingerprint of a conversation, and the post it is about."""


def branches_link(project_id: UUID, lines: Sequence[LineRecord], posts: Mapping[str, UUID]) -> None:
    """Put every conversation of ``lines`` that goes on from a stored response on it, in the caller's transaction.

    One that stands on a response already stays there. What a conversation goes on from is told by its words alone, so
    a tree comes together whichever file brought which of its turns; a file imported again links what came too early.
    """
    wanted = {
        (line.prompt_sha256, posts.get(line.post_external_id or "")): line.stands_on
        for line in lines
        if line.stands_on is not None
    }
    if not wanted:
        return
    children = [
        prompt
        for prompt in _prompts(project_id, {content for content, _ in wanted}).values()
        if prompt.stands_on_id is None and (prompt.content_sha256, prompt.post_id) in wanted
    ]
    parents = _prompts(project_id, {stands_on[0] for stands_on in wanted.values() if stands_on is not None})
    said = _responses(parents.values())
    linked: list[Prompt] = []
    known = {prompt.pk: prompt for prompt in (*parents.values(), *children)}
    for child in sorted(children, key=lambda prompt: len(prompt.messages)):
        stands_on = wanted[(child.content_sha256, child.post_id)]
        if stands_on is None:
            continue
        parent = parents.get((stands_on[0], child.post_id))
        response_id = None if parent is None else said.get((parent.pk, stands_on[1]))
        if parent is None or response_id is None:
            continue
        # The same prompt may have been read twice; what was just linked is what counts.
        above = known[parent.pk]
        child.stands_on_id, child.root_id = response_id, above.root_id or above.pk
        known[child.pk] = child
        linked.append(child)
    Prompt.objects.bulk_update(linked, ["stands_on", "root"])
    _roots_follow({child.pk: child.root_id for child in linked if child.root_id is not None})


def _roots_follow(roots: Mapping[UUID, UUID]) -> None:
    """Have what stood under a prompt that is no first one any more follow to the first one of its tree."""
    below = list(Prompt.objects.select_for_update().filter(root_id__in=roots))
    for prompt in below:
        while prompt.root_id is not None and prompt.root_id in roots:
            prompt.root_id = roots[prompt.root_id]
    Prompt.objects.bulk_update(below, ["root"])


def _prompts(project_id: UUID, contents: set[str]) -> dict[_Content, Prompt]:
    rows = Prompt.objects.filter(project_id=project_id, content_sha256__in=contents)
    return {(prompt.content_sha256, prompt.post_id): prompt for prompt in rows}


def _responses(prompts: Iterable[Prompt]) -> dict[tuple[UUID, str], UUID]:
    """Return responses by prompt and content; of several that say the same, the first."""
    rows = Response.objects.filter(prompt_id__in=[prompt.pk for prompt in prompts]).order_by("-id")
    return {
        (prompt_id, content): response_id
        for prompt_id, content, response_id in rows.values_list("prompt_id", "content_sha256", "id")
    }
