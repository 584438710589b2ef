"""What changes after a model was trained: how often people agree with it, and the posts that come."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from active_learning.domain.drift import LEAST_DECISIONS, LEAST_POSTS
from active_learning.models import InputMeasure, ModelVersion, Pick, Promotion
from active_learning.services.drift import models_watch
from annotation.models import Suggestion
from annotation.services.suggestions import Proposer, SuggestionDraft, suggestions_record
from core.accounts.models import Project
from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Task
from policies.selectors import ReleaseView
from tests.active_learning import material
from tests.annotation.material import post_make, release_once, rules, tasks_make
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]

pytestmark = pytest.mark.usefixtures("words")


def trained(world: World, call_as: Call, run_jobs: RunJobs) -> ModelVersion:
    material.decided_world(world)
    body = material.round_body(release_once(world), budget=6)
    call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", body)
    assert {job.state for job in run_jobs()} == {"succeeded"}
    return ModelVersion.objects.get()


def told(caller: Caller, model: ModelVersion) -> Any:
    return caller.get(f"/api/models/{model.pk}/drift/").json()["drift"]


def said(world: World, model: ModelVersion, posts: list[Post], harmful: bool) -> ReleaseView:
    """The model suggested an answer for each of these posts."""
    release = release_once(world)
    drafts = [SuggestionDraft(post.pk, "spam", "yes" if harmful else "no", 0.9) for post in posts]
    proposer = Proposer("head", "model", str(model.number), model.pk)
    suggestions_record(None, world.project, release=release, proposer=proposer, drafts=drafts)
    return release


def test_agreement_with_people_is_counted_by_week_beside_the_held_out_share(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    assert told(call_as("reviewer"), model)["agreement"]["recent"]["total"] == 0
    posts = [post_make(world, with_image=False) for _ in range(40)]
    release = said(world, model, posts, harmful=True)
    for number, post in enumerate(posts):
        material.decide(world, release, post, "yes" if number < 10 else "no")
    found = told(call_as("reviewer"), model)["agreement"]
    assert (found["recent"]["hits"], found["recent"]["total"]) == (10, 40)
    (week,) = found["weeks"]
    assert week["share"]["total"] == 40
    assert datetime.fromisoformat(week["week"]).weekday() == 0
    assert found["held_out"]["total"] == model.metrics["posts"]
    assert found["recent_from"] == week["week"]
    assert found["state"] == "few"
    assert found["least"] == LEAST_DECISIONS > found["held_out"]["total"]
    # Measured on enough held-out posts, nine of ten of which agreed, ten of forty are too few to be chance.
    ModelVersion.objects.update(evaluation=material.evaluation_made())
    found = told(call_as("reviewer"), model)["agreement"]
    assert (found["held_out"]["total"], found["state"]) == (80, "drifted")
    address = f"/api/projects/{world.project.pk}/drifted-models/"
    drifted = call_as("reviewer").get(address).json()["results"]
    assert [(one["clause_key"], one["number"], one["agreement"]["state"]) for one in drifted] == [
        ("spam", 1, "drifted")
    ]


def test_a_few_decisions_raise_no_alarm(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    model = trained(world, call_as, run_jobs)
    posts = [post_make(world, with_image=False) for _ in range(LEAST_DECISIONS - 1)]
    release = said(world, model, posts, harmful=True)
    for post in posts:
        material.decide(world, release, post, "no")
    ModelVersion.objects.update(evaluation=material.evaluation_made())
    found = told(call_as("reviewer"), model)["agreement"]
    assert (found["recent"]["hits"], found["state"]) == (0, "few")
    address = f"/api/projects/{world.project.pk}/drifted-models/"
    assert call_as("reviewer").get(address).json() == {"results": []}


def test_what_a_strategy_chose_and_what_was_decided_before_do_not_count(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    release = release_once(world)
    picks = list(Pick.objects.select_related("post"))
    for pick in picks:
        material.decide(world, release, pick.post, "no")
    learned = Post.objects.get(external_id="post-0000")
    said(world, model, [learned], harmful=True)
    material.decide(world, release, learned, "no", method="adjudicated")
    found = told(call_as("reviewer"), model)["agreement"]["recent"]
    assert 0 < sum(pick.is_random for pick in picks) < len(picks)
    assert found["total"] == sum(pick.is_random for pick in picks)


def test_answers_given_with_the_suggestion_in_sight_do_not_count(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    Task.objects.filter(project=world.project).update(state="withdrawn")
    post = post_make(world, with_image=False)
    rules(world)
    release = said(world, model, [post], harmful=False)
    tasks_make(world, release, [post], overlap=1, clause_keys=["spam"])
    annotator, address = call_as("annotator"), f"/api/projects/{world.project.pk}/label/exchange/"
    (bundle,) = annotator.post(address, {"take": 1}).json()["next"]
    assert len(bundle["suggestions"]["suggestions"]) == 1
    given = {
        "lease_id": bundle["lease"]["id"],
        "id": str(uuid.uuid4()),
        "document": {"verdicts": [{"clause_key": "spam", "answer": "no"}]},
        "active_ms": 900,
    }
    assert annotator.post(address, {"answer": given, "take": 0}).status_code == 200
    material.decide(world, release, post, "no", submissions=[uuid.UUID(given["id"])])
    found = told(call_as("reviewer"), model)["agreement"]
    assert (found["recent"]["total"], found["influenced"]) == (0, 1)


def test_posts_that_come_are_measured_once_by_the_hourly_look(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    assert sum(model.evaluation["inputs"]) == Post.objects.count()
    assert told(call_as("reviewer"), model)["inputs"] is None
    assert models_watch() == 0
    later = datetime.now(UTC) + timedelta(minutes=1)
    for post in material.spam_posts(world, 12, start=500):
        Post.objects.filter(pk=post.pk).update(created_at=later)
    assert (models_watch(), models_watch()) == (1, 1)
    assert [job.state for job in run_jobs()] == ["succeeded"]
    measured = InputMeasure.objects.get()
    assert sum(measured.bins) == 12
    found = told(call_as("reviewer"), model)["inputs"]
    assert (found["since"], found["before"]) == (measured.bins, model.evaluation["inputs"])
    assert (found["state"], found["index_state"], found["apart_state"]) == ("few", "few", "few")
    assert (found["index"] >= 0, found["apart"]["value"], found["least"]) == (True, None, LEAST_POSTS)
    assert Suggestion.objects.filter(post__external_id="post-0500").count() == 0


def test_what_was_said_and_decided_before_the_newest_promotion_does_not_count(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    early, late = [post_make(world, with_image=False) for _ in range(2)]
    release = said(world, model, [early, late], harmful=True)
    material.decide(world, release, early, "yes")
    assert told(call_as("reviewer"), model)["agreement"]["recent"]["total"] == 1
    Promotion.objects.create(
        project=world.project,
        clause_key="spam",
        ordinal=2,
        kind="threshold",
        model=model,
        threshold=0.9,
        reason="Annotators trust it too much.",
        decided_by=world.person("manager"),
    )
    material.decide(world, release, late, "yes")
    assert told(call_as("reviewer"), model)["agreement"]["recent"]["total"] == 0
    said(world, model, [post := post_make(world, with_image=False)], harmful=True)
    material.decide(world, release, post, "yes")
    assert told(call_as("reviewer"), model)["agreement"]["recent"]["total"] == 1


@pytest.mark.parametrize(("text", "least", "most"), [(None, 0, 18), ("zephyr quartz nimbus", 22, 24)])
def test_new_posts_are_told_apart_where_their_words_are_new(
    world: World,
    call_as: Call,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
    text: str | None,
    least: int,
    most: int,
) -> None:
    model = trained(world, call_as, run_jobs)
    monkeypatch.setattr("active_learning.runs.drift.LEAST_POSTS", 12)
    if text is None:
        new = material.spam_posts(world, 12, start=500)
    else:
        new = [post_make(world, with_image=False, text=f"{text} {number}") for number in range(12)]
    later = datetime.now(UTC) + timedelta(minutes=1)
    Post.objects.filter(pk__in=[post.pk for post in new]).update(created_at=later)
    models_watch()
    assert [job.state for job in run_jobs()] == ["succeeded"]
    measured = InputMeasure.objects.get()
    assert measured.apart_total == 24
    assert least <= measured.apart_hits <= most
    found = told(call_as("manager"), model)["inputs"]["apart"]
    assert (found["hits"], found["total"]) == (measured.apart_hits, 24)


def test_a_model_taken_back_or_of_an_archived_project_is_not_watched(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    later = datetime.now(UTC) + timedelta(minutes=1)
    Post.objects.filter(pk=material.spam_posts(world, 1, start=500)[0].pk).update(created_at=later)
    Project.objects.filter(pk=world.project.pk).update(state="archived")
    assert models_watch() == 0
    Project.objects.filter(pk=world.project.pk).update(state="active")
    assert models_watch() == 1
    body = {"after": 1, "reason": "It misses adverts."}
    assert call_as("manager").post(f"/api/models/{model.pk}/withdrawal/", body).status_code == 200
    assert models_watch() == 0


def test_a_model_without_kept_figures_has_no_drift(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    model = trained(world, call_as, run_jobs)
    ModelVersion.objects.update(evaluation={})
    assert told(call_as("reviewer"), model) is None
    assert models_watch() == 0
