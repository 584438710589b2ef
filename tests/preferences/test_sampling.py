from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from core.content.models import Post
from core.endpoints import asking
from core.jobs.errors import JobCancelled
from core.jobs.models import Job
from core.queue.models import Task
from preferences.models import Comparison, Prompt, Response, SamplingCall
from preferences.services import gold_pair_make
from preferences.services.sampling_running import sampling_run
from tests.core.endpoints.stub import Heard, Said
from tests.preferences.material import release_make
from tests.preferences.sampling import (
    MODEL,
    Call,
    RunJobs,
    ended,
    model_at,
    now,
    post_of_words,
    prompts_make,
    replying,
    runs_at,
    started,
    texts_of,
)
from tests.world import World


@pytest.fixture(autouse=True)
def blob_folder(settings: Settings, tmp_path: Path) -> None:
    settings.BLOB_FOLDER = tmp_path / "blobs"


class Killed(BaseException):
    """What no handler expects, as when the machine takes the worker away."""


def test_each_prompt_gets_its_samples_once_each_and_pairs_are_made_of_them(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    one, other = prompts_make(world, 2)
    script = replying(question_0=["So.", "Or so.", "So.\n"])
    with model_at(world, settings, script, price_in=3, price_out=10) as (stub, endpoint):
        run = ended(call_as, started(call_as, world, endpoint, system="Be brief.", temperature=0.5), run_jobs)
    assert (run["planned_calls"], run["made_calls"], run["kept_calls"], run["repeated_calls"]) == (6, 6, 5, 1)
    assert run["cost"]["money"] == pytest.approx((600 * 3 + 60 * 10) / 1e6)
    assert sorted(text.strip() for text in texts_of(one)) == ["Or so.", "So."]
    assert len(texts_of(other)) == 3
    assert (run["made_pairs"], run["made_slates"]) == (1 + 3, 0)
    made = Comparison.objects.filter(external_id__startswith="sampled:")
    assert {each.prompt_id for each in made} == {one.pk, other.pk}
    assert all(each.response_a.source_model == each.response_b.source_model == MODEL for each in made)
    assert {each.metadata["sampled"]["run"] for each in made} == {run["id"]}
    assert not Task.objects.exists()
    assert all(heard.body["stream"] and heard.system == "Be brief." for heard in stub.heard)
    assert len({heard.body["seed"] for heard in stub.heard}) == 6
    shown = call_as("reviewer").get(f"/api/sampling-runs/{run['id']}/prompts/").json()["results"]
    assert [len(each["samples"]) for each in shown] == [3, 3]
    assert [each["outcome"] for each in shown[0]["samples"]].count("repeated") == 1


def test_another_run_asks_only_for_what_is_missing_and_draws_anew(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    prompts_make(world, 2)
    with model_at(world, settings, replying(question_0=["So.", "So."])) as (stub, endpoint):
        ended(call_as, started(call_as, world, endpoint, samples=2), run_jobs)
        again = started(call_as, world, endpoint, samples=2)
        assert (again["prompts"], again["planned_calls"]) == (1, 1)
        again = ended(call_as, again, run_jobs)
        nothing = call_as("engineer").post(
            runs_at(world), {"endpoint_id": str(endpoint.pk), "samples": 2, "becomes": "pairs"}
        )
    assert (again["kept_calls"], again["made_pairs"]) == (1, 1)
    assert len({heard.body["seed"] for heard in stub.heard}) == 5
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_sample")


def test_a_worker_that_is_killed_loses_no_sample_and_asks_none_twice(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts_make(world, 3)
    keep = asking._keep
    kept = 0

    def killing(*args: Any) -> None:
        nonlocal kept
        if kept == 4:
            raise Killed()
        kept += 1
        keep(*args)

    with model_at(world, settings, replying(), concurrency=1) as (stub, endpoint):
        run = started(call_as, world, endpoint)
        with monkeypatch.context() as patched, pytest.raises(Killed):
            patched.setattr(asking, "_keep", killing)
            sampling_run(uuid.UUID(run["id"]), lambda *_: None)
        assert (Response.objects.filter(source_model=MODEL).count(), len(stub.heard)) == (4, 5)
        done = ended(call_as, run, run_jobs)
        # What was under way as it died is asked again; nothing that had come is.
        assert (done["kept_calls"], done["made_pairs"], len(stub.heard)) == (9, 9, 10)
        again = sampling_run(uuid.UUID(run["id"]), lambda *_: None)
    assert (again["pairs"], Comparison.objects.filter(external_id__startswith="sampled:").count()) == (9, 9)


def test_what_comes_broken_is_asked_for_again_before_it_counts_as_an_answer(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    prompts_make(world, 1)
    reply = replying()

    def script(heard: Heard, number: int) -> Said:
        return {1: Said("Half an answer", broken=True), 2: Said(status=503)}.get(number) or reply(
            heard, number
        )

    with model_at(world, settings, script, concurrency=1) as (_, endpoint):
        run = ended(call_as, started(call_as, world, endpoint, samples=2), run_jobs)
    assert (run["kept_calls"], run["failed_calls"]) == (2, 0)
    assert sorted(SamplingCall.objects.values_list("attempts", flat=True)) == [1, 3]
    assert not Response.objects.filter(text__startswith="Half").exists()


def test_a_run_is_cancelled_while_the_model_is_silent_and_gone_on_with_or_left(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts_make(world, 2)
    never = threading.Event()
    monkeypatch.setattr(asking, "TELL_S", 0.05)
    reply = replying()

    def script(heard: Heard, number: int) -> Said:
        return Said("late", wait=never) if number > 3 else reply(heard, number)

    def cancelling(done: int, total: int | None, message: str) -> None:
        if done >= 3:
            raise JobCancelled()

    with model_at(world, settings, script, concurrency=1, timeout_s=60) as (stub, endpoint):
        run = started(call_as, world, endpoint)
        with pytest.raises(JobCancelled):
            sampling_run(uuid.UUID(run["id"]), cancelling)
        never.set()
        resume = f"/api/sampling-runs/{run['id']}/resume/"
        busy = call_as("engineer").post(resume, {})
        assert (busy.status_code, busy.json()["code"]) == (409, "run_under_way")
        Job.objects.update(state="cancelled")
        asked = len(stub.heard)
        left = call_as("engineer").post(resume, {"asks": False})
        assert (left.status_code, left.json()["made_calls"]) == (202, 3), left.content
        done = ended(call_as, run, run_jobs)
        assert (done["made_pairs"], done["finished_at"] is None, len(stub.heard)) == (3, False, asked)
        over = call_as("engineer").post(resume, {})
    assert (over.status_code, over.json()["code"]) == (409, "run_under_way")


def test_a_broken_model_ends_the_run_and_what_failed_is_asked_again(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    prompts_make(world, 4)
    mended = threading.Event()
    reply = replying()

    def script(heard: Heard, number: int) -> Said:
        return reply(heard, number) if mended.is_set() else Said(status=400)

    with model_at(world, settings, script, concurrency=1) as (_, endpoint):
        run = ended(call_as, started(call_as, world, endpoint), run_jobs, state="failed")
        assert (run["failed_calls"], run["job"]["error"]["code"]) == (8, "model_silent")
        mended.set()
        call_as("engineer").post(f"/api/sampling-runs/{run['id']}/resume/", {})
        run = ended(call_as, run, run_jobs)
    assert (run["kept_calls"], run["failed_calls"], run["made_pairs"]) == (12, 0, 12)


@pytest.mark.parametrize("counts", [True, False])
def test_a_run_stops_before_its_limit_also_where_the_endpoint_counts_no_tokens(
    counts: bool, world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    prompts_make(world, 4)

    def script(heard: Heard, number: int) -> Said:
        return Said(f"{number} " + "word " * 99, tokens_in=100 * counts, tokens_out=20 * counts)

    with model_at(world, settings, script, concurrency=1) as (stub, endpoint):
        run = ended(call_as, started(call_as, world, endpoint, most_tokens=550), run_jobs)
    assert (run["stopped_by"], run["cost"]["tokens_out"] > 0) == ("tokens", True)
    assert run["cost"]["tokens_in"] + run["cost"]["tokens_out"] <= 550
    assert 3 <= len(stub.heard) < 12
    assert run["made_pairs"] >= 3
    assert run["finished_at"] is not None


def test_what_is_hidden_measures_or_shows_media_stays_in_the_house(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    release_make(world)
    prompts = prompts_make(world, 6)
    known, later, hidden, held, with_media, about = prompts
    gold_pair_make(world.actor("reviewer"), known.comparisons.get().pk, answers={"helpful": ["a"]})
    words, shown = post_of_words(world), post_of_words(world)
    material = Post.objects.create(
        project=world.project, external_id="m", content_sha256="0" * 64, is_material=True
    )
    for prompt, fields in (
        (hidden, {"post": shown}),
        (held, {"post": post_of_words(world, held_out=True)}),
        (with_media, {"material": material}),
        (about, {"post": words}),
    ):
        Prompt.objects.filter(pk=prompt.pk).update(**fields)
    with model_at(world, settings, replying()) as (stub, endpoint):
        body = {"endpoint_id": str(endpoint.pk), "samples": 2}
        plan = call_as("engineer").post(f"{runs_at(world)}estimate/", body).json()
        assert (plan["prompts"], plan["left_out"], plan["calls"]) == (3, 3, 6)
        run = started(call_as, world, endpoint, samples=2)
        gold_pair_make(world.actor("reviewer"), later.comparisons.get().pk, answers={"helpful": ["b"]})
        Post.objects.filter(pk=shown.pk).update(is_hidden=True)
        run = ended(call_as, run, run_jobs)
    assert {heard.user for heard in stub.heard} == {
        "<post>\nA chair for sale\n</post>\n\nQuestion 5?",
    }
    assert (run["made_calls"], run["made_pairs"]) == (2, 1)


def test_an_estimate_asks_nobody_and_tells_what_it_costs_at_most(
    world: World, call_as: Call, settings: Settings
) -> None:
    prompts_make(world, 5)
    with model_at(world, settings, replying(), price_in=2, price_out=4, per_minute=16, max_tokens=50) as (
        stub,
        endpoint,
    ):
        body = {"endpoint_id": str(endpoint.pk), "most": 4, "samples": 4, "system": "Be brief."}
        path = f"{runs_at(world)}estimate/"
        plan = call_as("engineer").post(path, body).json()
        longer = call_as("engineer").post(path, {**body, "max_tokens": 51})
        alone = call_as("engineer").post(path, {**body, "samples": 1})
        beside = call_as("engineer").post(path, {**body, "samples": 1, "beside": "others"})
    assert (plan["prompts"], plan["calls"], plan["source_model"], stub.heard) == (4, 16, MODEL, [])
    assert plan["tokens_out_most"] == 16 * 50
    assert 16 * 4 < plan["tokens_in"] < 16 * 20
    assert plan["cost_most"] == pytest.approx((plan["tokens_in"] * 2 + 800 * 4) / 1e6)
    assert plan["least_seconds"] == 60
    assert (longer.status_code, longer.json()["code"]) == (400, "sample_too_long")
    assert (alone.status_code, alone.json()["code"]) == (400, "sample_alone")
    assert beside.status_code == 200


def test_what_was_answered_is_never_rewritten(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    prompts_make(world, 1)
    with model_at(world, settings, replying()) as (_, endpoint):
        run = ended(call_as, started(call_as, world, endpoint), run_jobs)
    for statement in (
        "UPDATE preferences_sampling_call SET tokens_out = 0",
        "DELETE FROM preferences_sampling_call",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert now(call_as, run)["made_calls"] == 3
