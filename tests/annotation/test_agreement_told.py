from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


def asked(world: World, call_as: Call, **query: str) -> dict[str, Any]:
    answer = call_as("reviewer").get(f"/api/projects/{world.project.pk}/agreement/?{urlencode(query)}")
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def answered(world: World, release: ReleaseView) -> None:
    """Six posts by two people: English ones with a picture, on which they agree, and Spanish ones without."""
    posts = [material.post_make(world, language="en") for _ in range(3)]
    posts += [material.post_make(world, language="es", with_image=False) for _ in range(3)]
    material.tasks_make(world, release, posts)
    for index in range(6):
        material.answer(
            world, "annotator", material.document("yes" if index in (0, 3, 4) else "no", severity=1)
        )
    for index in range(6):
        material.answer(
            world, "annotator2", material.document("yes" if index in (0, 5) else "no", severity=3)
        )


def test_agreement_is_told_by_language_and_by_type_of_part(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    answered(world, release)
    clause = asked(world, call_as, by="language")["clauses"][0]
    english, spanish = clause["slices"]
    assert [(row["value"], row["posts"], row["votes"]) for row in clause["slices"]] == [
        ("en", 3, 6),
        ("es", 3, 6),
    ]
    assert english["answers"]["alpha"] == 1
    assert spanish["answers"]["raw"] == 0
    parts = asked(world, call_as, by="part")["clauses"][0]["slices"]
    assert [(row["value"], row["posts"]) for row in parts] == [("caption", 6), ("image", 3)]
    assert asked(world, call_as)["clauses"][0]["slices"] == []


def test_gwets_coefficient_and_the_cost_stand_beside_alpha(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    answered(world, release)
    clause = asked(world, call_as)["clauses"][0]
    # π = 5/12 for “yes”; chance = 2π(1−π) with two answers; observed 3/6.
    chance = 2 * 5 / 12 * 7 / 12
    assert clause["answers"]["gwet"]["value"] == pytest.approx((0.5 - chance) / (1 - chance))
    # Pairs: mild with gravest once (1 − ¼), harmless with mild twice (¼), harmless with gravest once (1).
    assert clause["cost"]["mean"]["value"] == pytest.approx((0.75 + 2 * 0.25 + 1) / 6)
    assert [(pair["milder"], pair["graver"], pair["pairs"]) for pair in clause["cost"]["worst"]] == [
        (0, 3, 1),
        (1, 3, 1),
        (0, 1, 2),
    ]
    spam = asked(world, call_as)["clauses"][1]
    assert spam["answers"]["alpha"] is None and spam["answers"]["gwet"]["value"] == 1
    assert spam["cost"]["mean"]["value"] == 0


def test_agreement_on_the_rules_broken_is_told_for_the_release(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    posts = [material.post_make(world) for _ in range(4)]
    material.tasks_make(world, release, posts)
    for hate, spam in [("yes", "yes"), ("no", "no"), ("no", "yes"), ("yes", "no")]:
        material.answer(world, "annotator", material.document(hate, spam))
    for hate, spam in [("yes", "yes"), ("no", "no"), ("no", "yes"), ("yes", "yes")]:
        material.answer(world, "annotator2", material.document(hate, spam))
    told = asked(world, call_as)["releases"]
    assert [row["release_id"] for row in told] == [str(release.id)]
    sets = told[0]["rules_broken"]
    assert (sets["measure"], sets["units"], sets["values"]) == ("distance", 4, 8)
    # {hate} beside {hate, spam}: Jaccard ½, a subset, so MASI's distance is 1 − ½ · ⅔; worked out by hand.
    assert sets["raw"] == 0.75
    assert 0.7 < sets["alpha"] < 1


def test_how_many_posts_there_are_changes_neither_the_number_of_queries_nor_the_rows_read(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    answered(world, release)
    asked(world, call_as)
    with CaptureQueriesContext(
        connection,
    ) as few:
        asked(world, call_as, by="language")
    answered(world, release)
    with CaptureQueriesContext(connection) as more:
        asked(world, call_as, by="language")
    assert len(few) == len(more)


def test_an_unknown_way_to_slice_is_refused(world: World, release: ReleaseView, call_as: Call) -> None:
    answer = call_as("reviewer").get(f"/api/projects/{world.project.pk}/agreement/?by=colour")
    assert answer.status_code == 400
