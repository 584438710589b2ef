from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.content.events import HarmStated, PostsAdded
from core.content.models import Part, Post, PostImport
from core.content.services import loading
from core.events import publish, subscribe
from core.jobs.models import Job, OutboxEntry
from core.jobs.running import job_run
from core.storage import blob_store
from tests.core.content import samples
from tests.world import Caller, World

As = Callable[[str], Caller]
Run = Callable[[], list[Job]]


def hand_in(
    call_as: As, world: World, posts: list[dict[str, Any]], who: str = "engineer", **fields: Any
) -> Any:
    body = {"file": samples.manifest(posts), **fields}
    return call_as(who).post(f"/api/projects/{world.project.pk}/imports/", body)


def test_posts_come_in_with_their_parts_in_order(world: World, call_as: As, run_jobs: Run) -> None:
    call_as("engineer").post(
        f"/api/projects/{world.project.pk}/assets/", {"file": samples.upload(samples.picture(), "chair.jpg")}
    )
    text = "Silla 🪑 כיסא नमस्ते\tÀ vendre\\ \n\r\x0b"
    post = {
        "external_id": "p1",
        "language": "es",
        "source": "market",
        "group_key": "seller-7",
        "metadata": {"price": 12.5, "tags": ["a", None, True], "note": "tab\there \\ and\nline"},
        "parts": [
            {"kind": "image", "asset": "chair.jpg", "label": "front"},
            {"kind": "caption", "text": text},
            {"kind": "comment", "text": "ok", "language": "en"},
        ],
    }
    answer = hand_in(call_as, world, [post])
    assert answer.status_code == 202
    jobs = run_jobs()
    assert {job.state for job in jobs} == {"succeeded"}
    stored = Post.objects.get()
    body = call_as("engineer").get(f"/api/posts/{stored.pk}/").json()
    assert body["metadata"] == post["metadata"]
    assert [part["kind"] for part in body["parts"]] == ["image", "caption", "comment"]
    assert body["parts"][1]["text"] == text
    assert body["parts"][0]["asset"]["urls"]["display"]
    assert stored.text == text + "\n\nok"


def test_a_line_can_say_how_harmful_its_post_is(world: World, call_as: As, run_jobs: Run) -> None:
    """What is said of the harm is no part of the post: the same post without it is the same post."""
    told: list[HarmStated] = []
    subscribe(HarmStated, told.append)
    grave = samples.text_post("a") | {"harm": {"severity": 3, "categories": ["violence"]}}
    hand_in(call_as, world, [grave, samples.text_post("b")])
    assert [job.state for job in run_jobs()] == ["succeeded"]
    assert [event.harms for event in told] == [{Post.objects.get(external_id="a").pk: (3, ("violence",))}]
    hand_in(call_as, world, [samples.text_post("a")])
    assert run_jobs()[-1].state == "succeeded"
    for wrong in ({"severity": 5}, {"severity": True}, {"severity": 1, "categories": ["Violence!"]}, {}):
        hand_in(call_as, world, [samples.text_post("c") | {"harm": wrong}])
        assert run_jobs()[-1].state == "failed", wrong


def test_one_bad_line_and_nothing_is_imported(world: World, call_as: As, run_jobs: Run) -> None:
    hand_in(call_as, world, [samples.text_post("a"), {"external_id": "b"}, {"external_id": "c", "parts": []}])
    (job,) = run_jobs()
    assert (job.state, job.error_code) == ("failed", "manifest_invalid")
    assert "2 problems" in job.error_detail
    assert "Line 2, parts: This is missing." in job.error_detail
    assert Post.objects.count() == 0
    asked = PostImport.objects.get()
    body = call_as("engineer").get(f"/api/imports/{asked.pk}/").json()
    assert [problem["line"] for problem in body["problems"]] == [2, 3]


def test_good_lines_are_imported_and_bad_ones_told_where_that_was_asked_for(
    world: World, call_as: As, run_jobs: Run
) -> None:
    lines = [samples.text_post("a"), {"external_id": "b"}, samples.text_post("a"), samples.text_post("d")]
    hand_in(call_as, world, lines, mode="partial")
    (job,) = run_jobs()
    assert job.state == "succeeded"
    assert job.result is not None
    assert (job.result["posts_added"], job.result["lines_refused"]) == (2, 2)
    assert [problem["line"] for problem in job.result["problems"]] == [2, 3]
    assert set(Post.objects.values_list("external_id", flat=True)) == {"a", "d"}


def test_only_the_first_problems_are_kept_but_all_are_counted(
    world: World, call_as: As, run_jobs: Run
) -> None:
    hand_in(call_as, world, [{"external_id": "x"}] * 300)
    run_jobs()
    asked = PostImport.objects.get()
    assert (asked.problem_count, len(asked.problems)) == (300, 100)


def test_the_same_manifest_again_makes_no_post_twice(world: World, call_as: As, run_jobs: Run) -> None:
    posts = [samples.text_post(f"p{number}") for number in range(20)]
    for _ in range(2):
        hand_in(call_as, world, posts)
        (job,) = run_jobs()
        assert job.state == "succeeded"
    assert Post.objects.count() == Part.objects.count() == 20
    assert job.result is not None
    assert (job.result["posts_added"], job.result["posts_existing"]) == (0, 20)


def test_a_name_that_is_taken_by_another_text_is_told(world: World, call_as: As, run_jobs: Run) -> None:
    hand_in(call_as, world, [samples.text_post("a", "one text")])
    run_jobs()
    hand_in(call_as, world, [samples.text_post("a", "another text"), samples.text_post("b")])
    (job,) = run_jobs()
    assert job.error_code == "manifest_invalid"
    assert "Line 1, external_id" in job.error_detail
    assert Post.objects.count() == 1


def test_f25_the_same_manifest_twice_at_once_is_one_job(world: World, call_as: As, run_jobs: Run) -> None:
    posts = [samples.text_post("a")]
    first, second = hand_in(call_as, world, posts).json(), hand_in(call_as, world, posts).json()
    assert first == second
    assert len(run_jobs()) == 1
    assert PostImport.objects.count() == 1


def test_another_projects_import_of_the_same_manifest_is_its_own(
    world: World, call_as: As, run_jobs: Run
) -> None:
    hand_in(call_as, world, [samples.text_post("a")])
    other = call_as("outsider").post(
        f"/api/projects/{world.other_project.pk}/imports/",
        {"file": samples.manifest([samples.text_post("a")])},
    )
    assert other.status_code == 202
    assert len(run_jobs()) == 2
    assert Post.objects.count() == 2


class Killed(BaseException):
    """Stands for a worker that is gone from one moment to the next."""


@pytest.mark.parametrize("survived_chunks", [0, 1, 2, 3])
@pytest.mark.parametrize("when", ["before the commit", "after the commit"])
def test_f24_an_import_killed_on_its_way_goes_on_where_it_stopped(
    world: World, call_as: As, monkeypatch: pytest.MonkeyPatch, survived_chunks: int, when: str
) -> None:
    monkeypatch.setattr(loading, "_CHUNK_LINES", 10)
    posts = [samples.text_post(f"p{number}") for number in range(45)]
    job_id = uuid.UUID(hand_in(call_as, world, posts).json()["job_id"])
    OutboxEntry.objects.all().delete()
    original, stored = loading._chunk_store, 0

    def dying(*args: Any, **kwargs: Any) -> int:
        nonlocal stored
        if stored == survived_chunks and when == "before the commit":
            raise Killed
        count = original(*args, **kwargs)
        stored += 1
        if stored > survived_chunks:
            raise Killed
        return count

    monkeypatch.setattr(loading, "_chunk_store", dying)
    with pytest.raises(Killed):
        job_run(job_id)
    monkeypatch.setattr(loading, "_chunk_store", original)
    reached = Post.objects.count()
    assert reached == 10 * (survived_chunks + (when == "after the commit"))
    job_run(job_id)
    job = Job.objects.get(pk=job_id)
    assert job.state == "succeeded"
    assert job.result is not None
    assert (job.result["posts_added"], job.result["posts_existing"]) == (45, 0)
    assert Post.objects.count() == Part.objects.count() == 45


def test_f21_a_manifest_that_vanished_fails_the_job_with_a_reason(
    world: World, call_as: As, run_jobs: Run
) -> None:
    hand_in(call_as, world, [samples.text_post("a")])
    blob_store().delete(PostImport.objects.get().manifest_sha256)
    (job,) = run_jobs()
    assert (job.state, job.error_code) == ("failed", "media_missing")


@pytest.mark.parametrize(
    ("kind", "asset", "said"),
    [
        ("image", "nowhere.jpg", "No file of this project is called"),
        ("image", "../../../../etc/passwd", "No file of this project is called"),
        ("image", "file:///etc/passwd", "No file of this project is called"),
        ("image", "f" * 64, "No file of this project is called"),
        ("video", "chair.jpg", "is of kind image"),
        ("image", "twice.jpg", "Several files were uploaded as"),
    ],
)
def test_s47_a_part_can_only_name_a_file_of_its_project(
    world: World, call_as: As, run_jobs: Run, kind: str, asset: str, said: str
) -> None:
    for seed, name in ((1, "chair.jpg"), (2, "twice.jpg"), (3, "twice.jpg")):
        file = samples.upload(samples.picture(seed=seed), name)
        call_as("engineer").post(f"/api/projects/{world.project.pk}/assets/", {"file": file})
    run_jobs()
    hand_in(call_as, world, [{"external_id": "a", "parts": [{"kind": kind, "asset": asset}]}])
    (job,) = run_jobs()
    assert job.error_code == "manifest_invalid"
    assert said in job.error_detail


def test_another_projects_file_looks_like_none(world: World, call_as: As, run_jobs: Run) -> None:
    file = samples.upload(samples.picture(), "theirs.jpg")
    theirs = (
        call_as("outsider").post(f"/api/projects/{world.other_project.pk}/assets/", {"file": file}).json()
    )
    run_jobs()
    for named in ("theirs.jpg", theirs["sha256"]):
        hand_in(call_as, world, [{"external_id": "a", "parts": [{"kind": "image", "asset": named}]}])
        (job,) = run_jobs()
        assert "No file of this project" in job.error_detail


@pytest.fixture
def added() -> Iterator[list[PostsAdded]]:
    """The events of posts being added."""
    from core import events

    seen: list[PostsAdded] = []
    subscribe(PostsAdded, seen.append)
    yield seen
    events._handlers[PostsAdded].remove(seen.append)


def test_upper_floors_are_told_of_new_posts(
    world: World, call_as: As, run_jobs: Run, added: list[PostsAdded]
) -> None:
    hand_in(call_as, world, [samples.text_post("a"), samples.text_post("b")])
    run_jobs()
    (event,) = added
    assert event.project_id == world.project.pk
    assert set(event.post_ids) == set(Post.objects.values_list("id", flat=True))
    publish(event)


def test_a_mode_nobody_knows_is_refused_and_nothing_is_kept(world: World, call_as: As) -> None:
    answer = hand_in(call_as, world, [samples.text_post("a")], mode="some")
    assert answer.status_code == 400
    assert PostImport.objects.count() == 0


@pytest.mark.parametrize(("who", "status"), [("annotator", 403), ("outsider", 404), ("anon", 401)])
def test_only_those_who_may_import_can_hand_in_a_manifest(
    world: World, call_as: As, who: str, status: int
) -> None:
    assert hand_in(call_as, world, [samples.text_post("a")], who=who).status_code == status


def test_importing_takes_the_same_number_of_queries_for_ten_posts_and_a_thousand(
    world: World, call_as: As, run_jobs: Run, django_assert_max_num_queries: Any
) -> None:
    hand_in(call_as, world, [samples.text_post(f"p{number}") for number in range(1000)])
    with django_assert_max_num_queries(60):
        run_jobs()
    assert Post.objects.count() == 1000
