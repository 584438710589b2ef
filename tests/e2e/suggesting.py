"""Tasks that were shown suggestions and tasks that were not, answered, for the page that compares them."""

from __future__ import annotations

import uuid

from annotation.services import Answer, Reported, annotation_submit, label_exchange
from tests.annotation import material
from tests.world import World


def suggestions_bring_in(world: World) -> dict[str, str]:
    """Answers to tasks of both arms, some of them following a model that is sometimes wrong."""
    release = material.release_once(world)
    posts = [material.post_make(world, with_image=False) for _ in range(16)]
    material.tasks_make(world, release, posts, overlap=2)
    for number, post in enumerate(posts):
        material.suggest(world, release, post, answer="yes" if number % 2 else "no")
    material.rules(world, share=0.6)
    for name in ("annotator", "annotator2"):
        actor, number = world.actor(name), 0
        while bundles := label_exchange(actor, world.project.pk, answer=None, holding=[], take=1).bundles:
            number += 1
            lease_id, told = bundles[0]["lease"]["id"], bundles[0]["suggestions"]
            said = None if told is None else told["suggestions"][0]
            follows = said is not None and number % 3 != 0
            document = material.document(said["answer"] if said and follows else "no")
            if said and follows:
                document["verdicts"][0]["origin"] = f"suggestion:{said['id']}"
            report = None if said is None else Reported(900, frozenset())
            active_ms = 2_500 + 90 * number if said else 4_000 + 70 * number
            annotation_submit(actor, Answer(lease_id, uuid.uuid4(), document, active_ms, suggestions=report))
    return {}
