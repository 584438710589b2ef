"""What is kept of a model: what it was trained on, held-out figures in slices, the threshold it suggests by."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from active_learning.domain.held_out import ids_digest, is_held_out
from active_learning.models import ModelVersion, Promotion
from annotation.models import Suggestion
from core.accounts.models import AuditEvent
from core.content.models import Post
from core.jobs.models import Job
from tests.active_learning import material
from tests.annotation.material import release_once
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]

pytestmark = pytest.mark.usefixtures("words")


def trained(world: World, call_as: Call, run_jobs: RunJobs, *, wrong: Sequence[int] = ()) -> ModelVersion:
    material.decided_world(world, wrong=wrong)
    for number, post in enumerate(Post.objects.filter(project=world.project).order_by("external_id")):
        Post.objects.filter(pk=post.pk).update(language="de" if number % 4 == 0 else "en")
    body = material.round_body(release_once(world), budget=6)
    assert call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", body).status_code == 202
    assert {job.state for job in run_jobs()} == {"succeeded"}
    return ModelVersion.objects.get()


def told(caller: Caller, model: ModelVersion) -> Any:
    return caller.get(f"/api/models/{model.pk}/").json()


def state(caller: Caller, model: ModelVersion, **said: Any) -> Any:
    body = {"after": Promotion.objects.count(), "reason": "Fewer wrong ones."} | said
    return caller.post(f"/api/models/{model.pk}/threshold/", body)


def test_a_model_says_what_it_was_trained_on(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    model = trained(world, call_as, run_jobs)
    on = told(call_as("reviewer"), model)["trained_on"]
    decided = Post.objects.filter(project=world.project).order_by("external_id")[:60]
    held = [post.pk for post in decided if is_held_out(post.pk)]
    assert on["posts"] == 60 - len(held) == sum(on["answers"].values())
    assert on["held_out_digest"] == ids_digest(held)
    assert on["encoder"] == {"text": "words@1", "image": "none@1"}
    assert (on["seed"], len(on["answers_digest"]), len(on["code"]["sources"])) == (5, 12, 12)


def test_the_same_answers_have_the_same_digest_and_another_answer_another(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    first = trained(world, call_as, run_jobs)
    release = release_once(world)

    def again(seed: int) -> ModelVersion:
        body = material.round_body(release, budget=2, seed=seed)
        call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", body)
        run_jobs()
        return ModelVersion.objects.order_by("-number")[0]

    assert again(9).trained_on["answers_digest"] == first.trained_on["answers_digest"]
    learned = next(post for post in Post.objects.order_by("external_id") if not is_held_out(post.pk))
    material.decide(world, release, learned, "no", method="adjudicated")
    assert again(9).trained_on["answers_digest"] != first.trained_on["answers_digest"]


def test_held_out_figures_are_told_in_slices_with_intervals(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    found = told(call_as("reviewer"), model)["evaluation"]
    assert (found["threshold"], found["stated"]) == (0.5, None)
    whole, *rest = found["slices"]
    assert (whole["by"], whole["posts"]) == ("all", model.metrics["posts"])
    assert {(one["by"], one["value"]) for one in rest} == {("language", "en"), ("language", "de")}
    assert sum(one["posts"] for one in rest) == whole["posts"]
    assert whole["recall"]["value"] == pytest.approx(model.metrics["harmful_recall"])
    assert whole["precision"]["value"] == pytest.approx(model.metrics["harmful_precision"])
    assert whole["recall"]["low"] < whole["recall"]["value"] <= whole["recall"]["high"]
    assert sum(one["posts"] for one in found["bins"]) == whole["posts"]
    assert sum(one["harmful"] for one in found["bins"]) == whole["harmful"]
    assert "scores" not in whole


def test_too_few_held_out_posts_give_no_threshold(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    model = trained(world, call_as, run_jobs)
    for answer in (
        call_as("engineer").get(f"/api/models/{model.pk}/threshold/?figure=precision&at_least=0.9"),
        state(call_as("manager"), model, figure="precision", at_least=0.9),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "threshold_unreachable")
        assert "label more posts" in answer.json()["detail"]
    assert Promotion.objects.count() == 1


def test_a_stated_precision_decides_what_is_suggested(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    model = trained(world, call_as, run_jobs)
    ModelVersion.objects.filter(pk=model.pk).update(evaluation=material.evaluation_made())
    found = call_as("reviewer").get(f"/api/models/{model.pk}/threshold/?figure=precision&at_least=0.9")
    assert found.status_code == 200, found.content
    chosen = found.json()
    assert chosen["threshold"] == 0.905
    assert chosen["precision"]["value"] == pytest.approx(10 / 11)
    assert chosen["recall"]["value"] == pytest.approx(10 / 20)
    stored = state(call_as("manager"), model, figure="precision", at_least=0.9)
    assert stored.status_code == 200, stored.content
    held = stored.json()["promotions"][0]
    assert (held["kind"], held["threshold"], held["stated"]["at_least"]) == ("threshold", 0.905, 0.9)
    assert stored.json()["evaluation"]["threshold"] == 0.905
    assert AuditEvent.objects.filter(action="model.state_threshold").count() == 1
    assert [job.state for job in run_jobs()] == ["succeeded"]
    newest = Suggestion.objects.order_by("post_id", "-pk").distinct("post_id")
    assert all((one.confidence or 0) >= 0.905 for one in newest if one.answer == "yes")


def test_harm_that_is_likely_but_below_the_threshold_is_not_suggested(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    # Wrong answers keep a head from being certain.
    model = trained(world, call_as, run_jobs, wrong=range(0, 60, 7))
    before = list(Suggestion.objects.all())
    # Only certainty was right nine times in ten.
    kept = material.evaluation_made()
    kept["slices"][0]["scores"] = [[0, 40, 0], [990, 2, 0], [1000, 0, 10]]
    ModelVersion.objects.filter(pk=model.pk).update(evaluation=kept)
    assert state(call_as("engineer"), model, figure="precision", at_least=0.9).status_code == 200
    run_jobs()
    newest = {one.post_id: one.answer for one in Suggestion.objects.order_by("pk")}
    harmful = {one.post_id: one.confidence or 0 for one in before if one.answer == "yes"}
    unsure = {post for post, confidence in harmful.items() if confidence < 0.999}
    unsaid = {post for post, answer in newest.items() if answer is None}
    assert unsure
    assert unsure <= unsaid <= harmful.keys()


def test_a_threshold_for_recall_lets_less_likely_harm_be_suggested(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    # A model that must be believed early: half of what is harmful lies at three in a hundred.
    rows = [[0, 40, 0], [30, 4, 10], [900, 0, 10]]
    kept = material.evaluation_made()
    kept["slices"][0]["scores"] = rows
    ModelVersion.objects.filter(pk=model.pk).update(evaluation=kept)
    assert state(call_as("engineer"), model, figure="recall", at_least=0.95).status_code == 200
    assert Promotion.objects.get(ordinal=2).threshold == 0.03
    run_jobs()
    newest = Suggestion.objects.order_by("post_id", "-pk").distinct("post_id")
    assert {one.answer for one in newest} <= {"yes", "no"}
    assert all((one.confidence or 0) >= 0.03 for one in newest if one.answer == "yes")
    assert all((one.confidence or 0) > 0.97 for one in newest if one.answer == "no")
    # Taken back, the likeliest answer counts again.
    assert state(call_as("engineer"), model, figure=None, at_least=None).status_code == 200
    run_jobs()
    again = Suggestion.objects.order_by("post_id", "-pk").distinct("post_id")
    assert all((one.confidence or 0) >= 0.5 for one in again)


def test_going_back_brings_the_threshold_of_the_model_before(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    model = trained(world, call_as, run_jobs)
    ModelVersion.objects.filter(pk=model.pk).update(evaluation=material.evaluation_made())
    state(call_as("engineer"), model, figure="recall", at_least=0.9)
    body = material.round_body(release_once(world), budget=2)
    call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", body)
    run_jobs()
    second = ModelVersion.objects.get(number=2)
    for address, after in ((f"{second.pk}/promotion", 2), (f"{second.pk}/rollback", 3)):
        done = call_as("engineer").post(f"/api/models/{address}/", {"after": after, "reason": "Trying."})
        assert done.status_code == 200, done.content
    held = Promotion.objects.get(ordinal=4)
    assert (held.model_id, held.threshold) == (model.pk, Promotion.objects.get(ordinal=2).threshold)
    assert held.stated["figure"] == "recall"


def test_half_a_statement_is_refused(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    model = trained(world, call_as, run_jobs)
    assert state(call_as("engineer"), model, figure="recall", at_least=None).status_code == 400
    asked = call_as("engineer").get(f"/api/models/{model.pk}/threshold/?figure=speed&at_least=2")
    assert asked.status_code == 400
    assert call_as("engineer").get(f"/api/models/{uuid.uuid4()}/").status_code == 404
