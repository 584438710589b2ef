from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from annotation.services import adjudication_record
from tests.annotation import material
from tests.annotation.test_suggestions import answer_to, exchange
from tests.world import Caller, World

Call = Callable[[str], Caller]


def figures(world: World, call_as: Call) -> Any:
    return call_as("manager").get(f"/api/projects/{world.project.pk}/suggestion-figures/").json()["clauses"]


def test_arms_accuracy_and_outcomes_are_told_by_clause(world: World, call_as: Call) -> None:
    release = material.release_make(world)
    posts = [material.post_make(world, with_image=False) for _ in range(12)]
    material.tasks_make(world, release, posts, overlap=1)
    for post in posts:
        material.suggest(world, release, post, answer="yes", severity=2)
    material.rules(world, share=0.5)
    caller = call_as("annotator")
    bundles = exchange(caller, world).json()["next"]
    counts = {"shown": 0, "not_shown": 0}
    while bundles:
        told = bundles[0]["suggestions"]
        counts["shown" if told else "not_shown"] += 1
        document = material.document("yes" if told else "no")
        report = None
        if told:
            document["verdicts"][0]["origin"] = f"suggestion:{told['suggestions'][0]['id']}"
            report = {"shown_ms": 10}
        done = exchange(caller, world, answer=answer_to(bundles[0], document, suggestions=report))
        bundles = done.json()["next"]
    adjudication_record(
        world.actor("reviewer"),
        posts[0].pk,
        release_id=release.id,
        clause_key="hate",
        answer="no",
        severity=None,
        reason_code="mistake",
        reason="It is not.",
    )
    (told,) = figures(world, call_as)
    assert (told["clause_key"], told["title"]) == ("hate", "Hate")
    assert {arm: told[arm]["tasks"] for arm in counts} == counts
    if min(counts.values()):
        assert (told["shown"]["agreement"]["value"], told["not_shown"]["agreement"]["value"]) == (1.0, 0.0)
        assert told["difference"]["agreement"]["value"] == 1.0
    known = [told[arm]["accuracy"]["value"] for arm in counts if told[arm]["accuracy"]["value"] is not None]
    assert len(known) == 1, "one post has a decision that is not these answers' own"
    assert told["items"] == {"accepted": counts["shown"], "changed": 0, "rejected": 0, "ignored": 0}
    assert told["second_thoughts"]["shown"] == 0


def test_second_thoughts_are_told_beside(world: World, call_as: Call) -> None:
    release = material.release_make(world)
    posts = [material.post_make(world, with_image=False) for _ in range(3)]
    material.tasks_make(world, release, posts, overlap=1)
    for post in posts:
        material.suggest(world, release, post, answer="yes", severity=2)
    material.rules(world, timing="after_answer")
    caller = call_as("annotator")
    for given in (("no", "yes"), ("no", None), ("yes", "no")):
        (bundle,) = exchange(caller, world).json()["next"]
        first = answer_to(bundle, material.document(given[0]))
        exchange(caller, world, answer=first, take=0)
        if given[1] is not None:
            second = answer_to(bundle, material.document(given[1]), supersedes_id=first["id"])
            second |= {"suggestions": {"shown_ms": 3}, "id": str(uuid.uuid4())}
            assert exchange(caller, world, answer=second, take=0).status_code == 200
    (told,) = figures(world, call_as)
    assert told["second_thoughts"] == {"shown": 3, "differing": 2, "to_model": 1, "from_model": 1}
    assert told["shown"]["tasks"] == 0


def test_nothing_suggested_is_nothing_told(world: World, call_as: Call) -> None:
    material.release_make(world)
    assert figures(world, call_as) == []
