from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.accounts.models import AuditEvent
from core.content.events import PostHidden
from core.content.models import Post
from core.content.selectors import posts_in, posts_shown, posts_with_parts
from core.events import subscribe
from core.jobs.models import Job
from tests.core.content import samples
from tests.core.queue.handing import post_hand
from tests.world import Caller, World

As = Callable[[str], Caller]


@pytest.fixture
def posts(world: World, call_as: As, run_jobs: Callable[[], list[Job]]) -> list[Post]:
    """Thirty posts in two languages, one with a picture."""
    call = call_as("engineer")
    call.post(
        f"/api/projects/{world.project.pk}/assets/", {"file": samples.upload(samples.picture(), "a.jpg")}
    )
    lines = [
        {
            **samples.text_post(f"p{number:02}", f"Text number {number}"),
            "language": ("en", "ar")[number % 2],
            "source": "market",
        }
        for number in range(29)
    ]
    lines.append(
        {"external_id": "pic", "metadata": {"seller": 7}, "parts": [{"kind": "image", "asset": "a.jpg"}]}
    )
    call.post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest(lines)})
    run_jobs()
    return list(Post.objects.order_by("external_id"))


def listed(call_as: As, world: World, query: str = "", who: str = "reviewer") -> Any:
    return call_as(who).get(f"/api/projects/{world.project.pk}/posts/{query}")


def test_pages_of_posts_hold_every_post_once(world: World, call_as: As, posts: list[Post]) -> None:
    seen, query = [], "?page_size=7"
    while query:
        body = listed(call_as, world, query).json()
        seen += [post["external_id"] for post in body["results"]]
        query = "?" + body["next"].split("?", 1)[1] if body["next"] else ""
    assert sorted(seen) == [post.external_id for post in posts]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?kind=image", 1),
        ("?language=ar", 14),
        ("?source=market", 29),
        ("?text=NUMBER%2012", 1),
        ("?text=p0", 10),
        ("?external_id=p01&external_id=pic", 2),
        ("?text=%25", 0),
    ],
)
def test_posts_can_be_narrowed_down(
    world: World, call_as: As, posts: list[Post], query: str, count: int
) -> None:
    assert len(listed(call_as, world, query).json()["results"]) == count


@pytest.mark.parametrize(
    "query",
    [
        "?project__organization=x",
        "?ordering=id",
        "?kind=smell",
        "?text=a%00b",
        "?language=a&language=b",
        "?text=" + "x" * 300,
        "?is_hidden=true",
    ],
)
def test_s21_a_filter_outside_the_table_is_refused(world: World, call_as: As, query: str) -> None:
    assert listed(call_as, world, query).status_code == 400


def test_a_list_takes_the_same_number_of_queries_however_long_it_is(
    world: World, call_as: As, posts: list[Post], django_assert_max_num_queries: Any
) -> None:
    call = call_as("reviewer")
    with django_assert_max_num_queries(9):
        call.get(f"/api/projects/{world.project.pk}/posts/?page_size=30")


def test_a_summary_names_a_covered_picture_and_how_the_text_begins(
    world: World, call_as: As, posts: list[Post]
) -> None:
    (summary,) = listed(call_as, world, "?external_id=pic").json()["results"]
    assert summary["kinds"] == ["image"]
    assert call_as("reviewer").get(summary["cover_url"]).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("annotator", 403), ("engineer", 200), ("outsider", 404), ("anon", 401)]
)
def test_only_those_who_browse_content_get_lists(world: World, call_as: As, who: str, status: int) -> None:
    assert listed(call_as, world, who=who).status_code == status


def test_an_annotator_sees_a_post_without_what_could_give_its_answer_away(
    world: World, call_as: As, posts: list[Post]
) -> None:
    path = f"/api/posts/{posts[-1].pk}/"
    assert call_as("engineer").get(path).json()["metadata"] == {"seller": 7}
    assert call_as("annotator").get(path).status_code == 404
    post_hand(world, posts[-1])
    body = call_as("annotator").get(path).json()
    assert body["metadata"] == {}
    assert body["parts"][0]["asset"]["urls"]["original"] is None


def test_anothers_post_looks_like_none(world: World, call_as: As, posts: list[Post]) -> None:
    theirs = call_as("outsider").get(f"/api/posts/{posts[0].pk}/")
    none = call_as("outsider").get("/api/posts/00000000-0000-7000-8000-000000000000/")
    assert theirs.status_code == none.status_code == 404
    assert {**theirs.json(), "request_id": ""} == {**none.json(), "request_id": ""}


def test_k03_a_post_that_may_be_illegal_to_hold_is_gone_for_everybody_at_once(
    world: World, call_as: As, posts: list[Post]
) -> None:
    told: list[PostHidden] = []
    subscribe(PostHidden, told.append)
    post = posts[0]
    post_hand(world, post)
    assert (
        call_as("annotator").post(f"/api/posts/{post.pk}/hide/", {"reason": "may be illegal"}).status_code
        == 204
    )
    for who in ("annotator", "manager", "engineer"):
        assert call_as(who).get(f"/api/posts/{post.pk}/").status_code == 404
    assert listed(call_as, world, f"?external_id={post.external_id}").json()["results"] == []
    assert post not in posts_in(world.project.pk)
    assert posts_with_parts([post.pk]) == []
    assert posts_shown([post.pk]) == {}
    assert told == [PostHidden(project_id=world.project.pk, post_id=post.pk)]
    assert AuditEvent.objects.filter(action="post.hide", target_id=str(post.pk)).count() == 1
    assert call_as("annotator").post(f"/api/posts/{post.pk}/hide/", {}).status_code == 404


def test_nobody_outside_can_hide_a_post(world: World, call_as: As, posts: list[Post]) -> None:
    assert call_as("outsider").post(f"/api/posts/{posts[0].pk}/hide/", {}).status_code == 404
    posts[0].refresh_from_db()
    assert not posts[0].is_hidden
