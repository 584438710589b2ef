"""A conversation that branches, in OpenAssistant's form, and one person who goes on with it."""

from __future__ import annotations

from typing import Any

from preferences.models import NextTurn, Prompt
from preferences.services import turn_go_on
from preferences.services.conversations import Said
from tests.preferences import material
from tests.world import World


def said(role: str, text: str, *replies: dict[str, Any]) -> dict[str, Any]:
    """A message of a tree with what answers it."""
    return {"role": role, "text": text, "lang": "en", "replies": list(replies)}


TREE: dict[str, Any] = {
    "message_tree_id": "tree-1",
    "prompt": said(
        "prompter",
        "Name a fruit.",
        said(
            "assistant",
            "A pear.",
            said("prompter", "And a nut?", said("assistant", "A walnut."), said("assistant", "An almond.")),
            said("prompter", "Why a pear?", said("assistant", "It is sweet.")),
        ),
        said("assistant", "A plum.", said("prompter", "Another one.")),
    ),
}
"""Two answers; of one of them two branches, of the other one that nothing answers yet."""


def tree_bring_in(world: World) -> Prompt:
    """Import the tree; return its first prompt."""
    job = material.import_run(world, [TREE])
    assert job.state == "succeeded", job.error_detail
    return Prompt.objects.get(project=world.project, root__isnull=True)


def pair_judged(world: World, person: str = "annotator") -> Any:
    """Import a pair and have the person judge it, A shown first; return their lease."""
    material.release_once(world)
    material.comparisons_make(world, external_id=f"pair-of-{person}")
    material.tasks_make(world)
    lease, _ = material.judge(world, person)
    return lease


def go_on(world: World, person: str, lease: Any, *, position: str = "first", **words: Any) -> NextTurn:
    """The person goes on from a response they judged."""
    return turn_go_on(world.actor(person), lease.pk, position=position, said=Said(**words))
