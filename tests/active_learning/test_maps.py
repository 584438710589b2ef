from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from active_learning.domain.held_out import is_held_out
from active_learning.models import MapScore, PostMap
from active_learning.runs.maps import map_run
from core.accounts.models import AuditEvent
from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Slot, Task
from policies.selectors import ReleaseView
from tests.active_learning import material
from tests.world import Caller, World

pytestmark = pytest.mark.usefixtures("words")

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]


def encoded_world(world: World, call_as: Call, run_jobs: RunJobs) -> tuple[ReleaseView, list[Post]]:
    """A project in which a round has read all posts, chosen four and trained a head."""
    release, posts = material.decided_world(world, decided=60, open_posts=30)
    body = material.round_body(release, budget=4)
    call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", body)
    run_jobs()
    return release, posts


def laid_out(world: World, call_as: Call, run_jobs: RunJobs, **body: Any) -> dict[str, Any]:
    started = call_as("engineer").post(f"/api/projects/{world.project.pk}/maps/", body)
    assert started.status_code == 202, started.content
    jobs = run_jobs()
    assert {job.state for job in jobs} == {"succeeded"}, jobs[-1].error_detail
    ended: dict[str, Any] = call_as("reviewer").get(f"/api/maps/{started.json()['id']}/").json()
    return ended


def points(caller: Caller, map_id: str, release: ReleaseView | None = None) -> dict[str, Any]:
    asked = "" if release is None else f"?release_id={release.id}&clause_key=spam"
    answer = caller.get(f"/api/maps/{map_id}/points/{asked}")
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def ask(caller: Caller, map_id: str, release: ReleaseView, posts: list[Post], **more: Any) -> Any:
    body = {"release_id": str(release.id), "clause_key": "spam", "post_ids": [str(post.pk) for post in posts]}
    return caller.post(f"/api/maps/{map_id}/tasks/", {**body, **more})


def open_posts(posts: list[Post]) -> list[Post]:
    """Posts that nobody was asked about and that do not measure."""
    asked = set(Task.objects.values_list("post_id", flat=True))
    return [post for post in posts[60:] if not is_held_out(post.pk) and post.pk not in asked]


def test_a_map_shows_every_encoded_post_with_what_is_known_of_it(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = encoded_world(world, call_as, run_jobs)
    ended = laid_out(world, call_as, run_jobs, seed=5)
    assert (ended["shown_posts"], ended["encoded_posts"], ended["revision"]) == (90, 90, "1, 1")
    told = points(call_as("reviewer"), ended["id"], release)
    assert {len(told[name]) for name in told if name != "model_number"} == {90}
    assert all(0 <= place <= 1 for place in told["xs"] + told["ys"])
    at = {post_id: number for number, post_id in enumerate(told["post_ids"])}
    spam, plain = at[str(posts[0].pk)], at[str(posts[1].pk)]
    assert (told["answers"][spam], told["answers"][plain]) == ("yes", "no")
    assert (told["names"][spam], told["media"][spam], told["states"][spam]) == (
        "post-0000",
        "text",
        "decided",
    )
    assert told["model_number"] == 1 and told["harm"][spam] > 0.5 > told["harm"][plain]
    assert told["chosen_by"].count("newest_round") == 4
    assert told["states"].count("asked") == 4
    assert told["held_out"] == [is_held_out(uuid.UUID(post_id)) for post_id in told["post_ids"]]
    assert AuditEvent.objects.filter(action__in=["map.start", "map.finish"]).count() == 2


def test_without_a_clause_a_map_tells_nothing_of_answers(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    encoded_world(world, call_as, run_jobs)
    told = points(call_as("reviewer"), laid_out(world, call_as, run_jobs)["id"])
    assert (told["answers"], told["states"], told["harm"], told["model_number"]) == ([], [], [], None)


def test_the_same_seed_lays_the_same_posts_in_the_same_places(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    encoded_world(world, call_as, run_jobs)
    settings.MAP_POSTS = 50
    found = [laid_out(world, call_as, run_jobs, seed=seed) for seed in (5, 5, 6)]
    assert [(one["shown_posts"], one["encoded_posts"], one["most_posts"]) for one in found] == [
        (50, 90, 50)
    ] * 3
    places = [(row.post_ids, row.xs, row.ys, row.areas) for row in PostMap.objects.order_by("pk")]
    assert places[0] == places[1]
    assert places[0][0] != places[2][0]


def test_a_map_laid_out_twice_is_one_map(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    encoded_world(world, call_as, run_jobs)
    found = PostMap.objects.get(pk=laid_out(world, call_as, run_jobs)["id"])
    assert map_run(found.pk, lambda done, total, message: None) == {"posts": 90}
    assert MapScore.objects.count() == 1


def test_where_nothing_is_encoded_the_job_says_what_to_do(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world, decided=4, open_posts=2)
    address = f"/api/projects/{world.project.pk}/maps/"
    started = call_as("engineer").post(address, {}).json()
    assert [job.state for job in run_jobs()] == ["failed"]
    job = call_as("engineer").get(f"/api/maps/{started['id']}/").json()["job"]
    assert job["error"]["code"] == "nothing_encoded"
    assert "Run a round or a scan" in job["error"]["detail"]
    choices = call_as("engineer").get(f"/api/projects/{world.project.pk}/map-choices/").json()
    assert choices == {"posts": 6, "encoded_posts": 0, "most_posts": 5000, "encoders": ["bundled"]}


def test_a_cancelled_map_is_not_laid_out(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    encoded_world(world, call_as, run_jobs)
    started = call_as("engineer").post(f"/api/projects/{world.project.pk}/maps/", {}).json()
    call_as("engineer").post(f"/api/jobs/{started['job']['id']}/cancel/", {})
    run_jobs()
    assert PostMap.objects.get(pk=started["id"]).finished_at is None
    told = call_as("reviewer").get(f"/api/maps/{started['id']}/points/").json()
    assert told["post_ids"] == []


def test_a_hidden_post_leaves_the_map(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, posts = encoded_world(world, call_as, run_jobs)
    map_id = laid_out(world, call_as, run_jobs)["id"]
    full = points(call_as("reviewer"), map_id, release)
    Post.objects.filter(pk=posts[7].pk).update(is_hidden=True)
    told = points(call_as("reviewer"), map_id, release)
    gone = full["post_ids"].index(str(posts[7].pk))
    for name in ("post_ids", "xs", "areas", "harm", "answers"):
        assert told[name] == full[name][:gone] + full[name][gone + 1 :]


def test_people_are_asked_about_what_was_chosen_before_other_work(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = encoded_world(world, call_as, run_jobs)
    map_id = laid_out(world, call_as, run_jobs)["id"]
    Slot.objects.filter(task__source="round").update(state="withdrawn")
    left = open_posts(posts)
    usual, chosen = left[0], left[1:4]
    body = {"release_id": str(release.id), "posts": {"post_ids": [str(usual.pk)]}, "overlap": 1}
    call_as("manager").post(f"/api/projects/{world.project.pk}/label-tasks/", body)
    told = ask(call_as("manager"), map_id, release, chosen, overlap=2)
    assert told.status_code == 201, told.content
    assert told.json() == {"asked": 3, "left_out": []}
    tasks = Task.objects.filter(source="map", source_id=map_id).order_by("-priority")
    assert [(task.post_id, task.slots, task.clause_keys) for task in tasks] == [
        (post.pk, 2, ["spam"]) for post in chosen
    ]
    project = f"/api/projects/{world.project.pk}/queue/next/"
    first = call_as("annotator").post(project, {"kind": "label"}).json()
    assert first["task"]["post_id"] == str(chosen[0].pk)
    assert AuditEvent.objects.get(action="map.ask").data == {"clause": "spam", "posts": 3}
    shown = points(call_as("reviewer"), map_id, release)
    assert shown["chosen_by"][shown["post_ids"].index(str(chosen[0].pk))] == "map"


def test_what_cannot_be_asked_is_left_out_and_counted(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, posts = encoded_world(world, call_as, run_jobs)
    map_id = laid_out(world, call_as, run_jobs)["id"]
    held_out = next(post for post in posts[60:] if is_held_out(post.pk))
    decided = [post for post in posts[:60] if not is_held_out(post.pk)][:2]
    asked = Post.objects.get(pk=Task.objects.filter(source="round").values_list("post_id")[:1])
    good, hidden = open_posts(posts)[:2]
    Post.objects.filter(pk=hidden.pk).update(is_hidden=True)
    chosen = [held_out, *decided, asked, good, hidden]
    told = ask(call_as("engineer"), map_id, release, chosen).json()
    assert told["asked"] == 1
    assert {row["reason"]: row["posts"] for row in told["left_out"]} == {
        "measures": 1,
        "decided": 2,
        "asked": 1,
        "gone": 1,
    }
    assert Task.objects.get(source="map").post_id == good.pk
    again = ask(call_as("engineer"), map_id, release, chosen)
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_ask_on_map")
    assert "2 decided on this clause" in again.json()["detail"]
    assert Task.objects.filter(source="map").count() == 1


def test_a_post_that_is_on_no_map_cannot_be_asked_by_one(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = encoded_world(world, call_as, run_jobs)
    map_id = laid_out(world, call_as, run_jobs)["id"]
    later = material.spam_posts(world, 1, start=500)
    assert ask(call_as("engineer"), map_id, release, later).json()["code"] == "nothing_to_ask_on_map"
    unfinished = PostMap.objects.create(project=world.project, seed=1, most_posts=10)
    refused = ask(call_as("engineer"), str(unfinished.pk), release, later)
    assert (refused.status_code, refused.json()["code"]) == (409, "map_unfinished")


def test_points_take_as_many_queries_however_many_posts_there_are(
    world: World, call_as: Call, run_jobs: RunJobs, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    release, posts = encoded_world(world, call_as, run_jobs)
    map_id = laid_out(world, call_as, run_jobs)["id"]
    caller = call_as("reviewer")
    points(caller, map_id, release)
    with CaptureQueriesContext(connection) as all_posts:
        points(caller, map_id, release)
    Post.objects.filter(pk__in=[post.pk for post in posts[10:]]).update(is_hidden=True)
    with django_assert_num_queries(len(all_posts)):
        points(caller, map_id, release)
