"""Posts that split people, and rulings on them, for pages that show these."""

from __future__ import annotations

from tests.annotation import material
from tests.annotation.ruling_material import open_post, precedent_made, rule
from tests.world import World


def rulings_bring_in(world: World) -> dict[str, str]:
    """Three posts answered apart, two of them alike; one precedent approved, one to approve, one that holds no more."""
    release = material.release_once(world)
    texts = ("They are vermin, all of them", "They are vermin, every one", "The mayor is a clown")
    for text in texts:
        material.tasks_make(world, release, [open_post(world, text=text, with_image=False)], overlap=2)
        material.answer(world, "annotator", material.document("yes"))
        material.answer(world, "annotator2", material.document("no"))
    spam = open_post(world, text="Buy now", with_image=False)
    precedent_made(world, release, spam, clause_key="spam", answer="no", reason="It is a shop's own page.")
    material.release_changed(
        world, release, clause_key="spam", question="Is it advertising nobody asked for?"
    )
    approved = precedent_made(world, release, open_post(world, text="Vermin", with_image=False))
    proposed = open_post(world, text="A clown", with_image=False)
    rule(world, release, proposed, answer="no", reason="Office holders are mocked, no group is.")
    return {"precedent": str(approved.pk), "post": str(proposed.pk), "release": str(release.id)}
