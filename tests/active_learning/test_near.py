from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from active_learning.models import Embedding, Round
from active_learning.runs.rounds import round_run
from active_learning.selectors.likeness import text_sha256
from active_learning.services.near_indexes import near_indexes_keep
from core.content.models import Post
from tests.active_learning import material
from tests.annotation.material import post_make
from tests.world import Caller, World, world_make

Call = Callable[[str], Caller]


def near(caller: Caller, post: Post) -> dict[str, Any]:
    answer = caller.get(f"/api/posts/{post.pk}/near/")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def round_made(world: World) -> list[Post]:
    """Posts that a round read."""
    release, posts = material.decided_world(world)
    body = material.round_body(release)
    caller = Caller(world.people["engineer"])
    started = caller.post(f"/api/projects/{world.project.pk}/rounds/", body).json()
    round_run(Round.objects.get(pk=started["id"]).pk, lambda done, total, message: None)
    return posts


@pytest.mark.usefixtures("words")
def test_posts_alike_are_those_of_the_same_words_the_most_alike_first(world: World, call_as: Call) -> None:
    posts = round_made(world)
    asked = posts[0]
    twin = post_make(world, text="read by nobody", with_image=False, external_id="twin")
    found = near(call_as("engineer"), asked)
    assert found["is_read"]
    assert len(found["results"]) == 12
    scores = [one["score"] for one in found["results"]]
    assert scores == sorted(scores, reverse=True)
    vectors = material.WordEncoder().encode([post.text for post in posts])
    alike = dict(zip([str(post.pk) for post in posts[1:]], (vectors[1:] @ vectors[0]).tolist(), strict=True))
    assert {one["post_id"]: one["score"] for one in found["results"]} == pytest.approx(
        {one["post_id"]: alike[one["post_id"]] for one in found["results"]}, abs=2e-3
    )
    assert scores[-1] >= sorted(alike.values(), reverse=True)[11] - 2e-3
    assert {one["by"] for one in found["results"]} == {"text"}
    assert near(call_as("engineer"), twin) == {"is_read": False, "results": []}


@pytest.mark.usefixtures("words")
def test_hidden_posts_and_posts_of_other_projects_are_never_alike(world: World, call_as: Call) -> None:
    posts = round_made(world)
    elsewhere = world_make()
    stranger = post_make(elsewhere, text=posts[0].text, with_image=False)
    first, second = (one["post_id"] for one in near(call_as("engineer"), posts[0])["results"][:2])
    Post.objects.filter(pk=first).update(is_hidden=True)
    left = [one["post_id"] for one in near(call_as("engineer"), posts[0])["results"]]
    assert left[0] == second
    assert not {first, str(stranger.pk), str(posts[0].pk)} & set(left)


@pytest.mark.usefixtures("words")
def test_a_text_of_backslashes_is_found_by_its_digest(world: World, call_as: Call) -> None:
    """The index stands on an expression of its own; it must name a text as everything else does."""
    round_made(world)
    text = "garden \\ walk \\n \\101 émigré 🌊 bread"
    twins = [post_make(world, text=text, with_image=False, external_id=name) for name in ("one", "other")]
    vector = Embedding.objects.filter(encoder="words")[0]
    sha256 = text_sha256(text)
    Embedding.objects.create(
        subject_sha256=sha256, encoder=vector.encoder, revision=vector.revision, vector=vector.vector
    )
    found = near(call_as("engineer"), twins[0])["results"]
    assert str(twins[1].pk) in {one["post_id"] for one in found if one["score"] == 1.0}


@pytest.fixture
def without_scans() -> Iterator[None]:
    """Have the planner take an index where there is one, however few rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        yield
        cursor.execute("RESET enable_seqscan")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("words", "without_scans")
def test_an_encoder_with_many_vectors_has_an_index_and_it_finds_the_same_posts() -> None:
    world = world_make()
    posts = round_made(world)
    caller = Caller(world.people["engineer"])
    before = [near(caller, post)["results"] for post in posts[:5]]
    try:
        assert near_indexes_keep(least=Embedding.objects.count() + 1) == 0
        assert near_indexes_keep(least=10) == 1
        assert near_indexes_keep(least=10) == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'active_learning_near_%'")
            (name,) = (row[0] for row in cursor.fetchall())
            # What a killed worker left half made does not count, and is made anew.
            cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass", [name])
        assert near_indexes_keep(least=10) == 1
        assert [near(caller, post)["results"] for post in posts[:5]] == before
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
