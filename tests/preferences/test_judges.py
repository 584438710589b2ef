from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from core.content.models import Post
from core.endpoints import asking
from core.endpoints.models import Endpoint
from core.jobs.errors import JobCancelled
from core.jobs.models import Job
from core.queue.models import Slot, Task
from preferences.models import (
    AxisAnswer,
    ComparisonDecision,
    JudgeRun,
    Judgment,
)
from preferences.services import gold_pair_make
from preferences.services.judge_running import judge_run
from tests.core.endpoints.endpoints import endpoint_row
from tests.core.endpoints.stub import Heard, Said, Stub, stub_serving
from tests.preferences.judge_rows import Call, judges_told, numbered, said_by_people
from tests.preferences.material import (
    comparisons_make,
    lease_make,
    release_make,
    tasks_make,
)
from tests.world import World

RunJobs = Callable[[], list[Job]]


@pytest.fixture(autouse=True)
def blob_folder(settings: Settings, tmp_path: Path) -> None:
    settings.BLOB_FOLDER = tmp_path / "blobs"


@contextmanager
def judge_at(
    world: World, settings: Settings, script: Callable[[Heard, int], Said], **fields: Any
) -> Iterator[tuple[Stub, Endpoint]]:
    with stub_serving(script) as stub:
        settings.ENDPOINT_HOSTS = frozenset({stub.base_url.removeprefix("http://").removesuffix("/v1")})
        yield stub, endpoint_row(world, base_url=stub.base_url, **fields)


def asked(heard: Heard) -> tuple[int, bool]:
    """The number of the pair that was asked about, and whether B stood first."""
    first = heard.user.split("\n<first ", 1)[1]
    return int(first.split("Answer ", 1)[1].split()[0]), "of two." in first.split("</first", 1)[0]


def saying_a(strength: int, *, swapped: bool) -> Said:
    return Said(f"{'second' if swapped else 'first'} {strength}", tokens_in=100, tokens_out=2)


def saying_b(strength: int, *, swapped: bool) -> Said:
    return Said(f"{'first' if swapped else 'second'} {strength}", tokens_in=100, tokens_out=2)


def started(call_as: Call, world: World, endpoint: Endpoint, **asks: Any) -> dict[str, Any]:
    body = {"endpoint_id": str(endpoint.pk), "clause_keys": ["helpful"], **asks}
    answer = call_as("engineer").post(f"/api/projects/{world.project.pk}/judge-runs/", body)
    assert answer.status_code == 202, answer.content
    found: dict[str, Any] = answer.json()
    return found


def ended(call_as: Call, run: dict[str, Any], run_jobs: RunJobs, state: str = "succeeded") -> dict[str, Any]:
    job = run_jobs()[-1]
    assert job.state == state, (job.error_code, job.error_detail)
    found: dict[str, Any] = call_as("engineer").get(f"/api/judge-runs/{run['id']}/").json()
    return found


def test_kappa_order_bias_and_cost_are_what_was_planted_and_nothing_is_decided_by_them(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    release = release_make(world)
    pairs = numbered(world, 20)
    said_by_people(world, release, pairs, [-2 if number % 2 == 0 else 2 for number in range(20)])
    before = (Judgment.objects.count(), AxisAnswer.objects.count(), ComparisonDecision.objects.count())

    def script(heard: Heard, _: int) -> Said:
        number, swapped = asked(heard)
        if number in {0, 1}:  # always the one shown first
            return Said("first 2", tokens_in=100, tokens_out=2)
        if number == 2:  # against people, in both orders
            return saying_b(3, swapped=swapped)
        if number == 3:
            return Said("The second one, I think", tokens_in=100, tokens_out=2)
        return (saying_a if number % 2 == 0 else saying_b)(2, swapped=swapped)

    with judge_at(world, settings, script, price_in=3, price_out=10) as (stub, endpoint):
        run = ended(call_as, started(call_as, world, endpoint), run_jobs)
    assert (run["planned_calls"], run["made_calls"], len(stub.heard)) == (40, 40, 40)
    assert run["cost"]["money"] == pytest.approx((4000 * 3 + 80 * 10) / 1e6)
    assert all("It answers what was asked, correctly and clearly." in heard.system for heard in stub.heard)
    told = judges_told(call_as, world)
    [version] = told["versions"]
    figures = version["figures"]
    assert (version["judge"], version["source"]) == (endpoint.name, "endpoint")
    assert (figures["agreement"]["counted"], figures["agreement"]["of"]) == (16, 20)
    assert (figures["same"]["counted"], figures["same"]["of"]) == (17, 19)
    assert (figures["turned"]["counted"], figures["turned"]["of"]) == (2, 19)
    assert (figures["unclear"]["counted"], figures["unclear"]["of"]) == (3, 20)
    assert figures["first"]["value"] == pytest.approx((17 + 4) / 38)
    assert figures["first"]["low"] < figures["first"]["value"] < figures["first"]["high"]
    # Seen 16 of 20; by chance (10·8 + 10·9) / 400 = 0.425.
    assert figures["kappa"]["value"] == pytest.approx((0.8 - 0.425) / (1 - 0.425))
    assert figures["kappa"]["low"] < figures["kappa"]["value"] < figures["kappa"]["high"]
    assert {each["doubt"]: each["comparisons"] for each in told["doubts"]} == {
        "unsure": 1,
        "inconsistent": 2,
        "against_people": 1,
        "against_judge": 0,
    }
    path = f"/api/judge-runs/{run['id']}/comparisons/?clause_key=helpful&which="
    rows = call_as("manager").get(f"{path}inconsistent").json()["results"]
    assert {row["external_id"] for row in rows} == {"pair-0", "pair-1"}
    assert {(call["swapped"], call["value"]) for call in rows[0]["calls"]} == {(False, -2), (True, 2)}
    assert [row["external_id"] for row in call_as("manager").get(f"{path}disagree").json()["results"]] == [
        "pair-2"
    ]
    decided = (Judgment.objects.count(), AxisAnswer.objects.count(), ComparisonDecision.objects.count())
    assert decided == before


def test_versions_stand_side_by_side_and_what_changed_is_told_on_the_same_pairs(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    release = release_make(world)
    pairs = numbered(world, 10)
    said_by_people(world, release, pairs, [-2] * 10)
    wrong = {"model": 6}

    def script(heard: Heard, _: int) -> Said:
        number, swapped = asked(heard)
        return (saying_b if number < wrong["model"] else saying_a)(2, swapped=swapped)

    with judge_at(world, settings, script) as (_, endpoint):
        ended(call_as, started(call_as, world, endpoint), run_jobs)
        Endpoint.objects.update(model="judge-2")
        wrong["model"] = 2
        ended(call_as, started(call_as, world, endpoint), run_jobs)
    newest, first = judges_told(call_as, world)["versions"]
    assert (newest["model"], first["model"]) == ("judge-2", "judge")
    assert newest["fingerprint"] == first["fingerprint"] != ""
    assert (first["figures"]["agreement"]["counted"], newest["figures"]["agreement"]["counted"]) == (4, 8)
    changes = newest["changes"]
    assert first["changes"] is None
    assert (changes["changed"]["counted"], changes["changed"]["of"]) == (4, 10)
    assert (changes["better"], changes["worse"]) == (4, 0)


def test_people_are_asked_where_a_judge_leaves_a_doubt_and_learn_nothing_of_it(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    release = release_make(world)
    pairs = numbered(world, 6)
    tasks_make(world, comparison_ids=[pairs[0].pk, pairs[5].pk], clause_keys=["helpful"])
    from tests.preferences.material import axis, judge

    for _ in range(2):
        judge(world, "annotator", answer={"axes": [axis("helpful", -2)]})
    run_jobs()
    from preferences.services.settling import judgments_settle

    judgments_settle()

    def script(heard: Heard, _: int) -> Said:
        number, swapped = asked(heard)
        if number == 0:
            return saying_b(2, swapped=swapped)  # against people
        if number == 1:
            return Said("first 2")  # inconsistent
        return saying_a(1 if number == 2 else 3, swapped=swapped)  # 2 is unsure

    with judge_at(world, settings, script) as (_, endpoint):
        ended(call_as, started(call_as, world, endpoint), run_jobs)
    path = f"/api/projects/{world.project.pk}/judge-doubts/"
    only = call_as("manager").post(path, {"doubts": ["inconsistent"]}).json()
    assert only == {"doubted": 1, "created": 1, "asked_more": 0, "under_way": 0}
    rest = call_as("manager").post(path, {}).json()
    assert rest == {"doubted": 3, "created": 1, "asked_more": 1, "under_way": 1}
    assert set(Task.objects.filter(state="open").values_list("comparison_id", flat=True)) == {
        pairs[0].pk,
        pairs[1].pk,
        pairs[2].pk,
    }
    assert Slot.objects.filter(task__comparison_id=pairs[0].pk).count() == 2
    lease = lease_make(world, "annotator2")
    bundle = call_as("annotator2").get(f"/api/leases/{lease.pk}/comparison/")
    assert bundle.status_code == 200
    assert b"judge" not in bundle.content.replace(b"judgment", b"")
    assert release.id == lease.task.release_id


def test_what_measures_people_and_what_is_hidden_stays_in_the_house(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    release_make(world)
    pairs = numbered(world, 4)
    gold_pair_make(world.actor("reviewer"), pairs[0].pk, answers={"helpful": ["a"]})
    post = Post.objects.create(project=world.project, external_id="hidden-later", content_sha256="0" * 64)
    [about] = comparisons_make(world, 1)
    type(about.prompt).objects.filter(pk=about.prompt_id).update(post=post)

    def script(heard: Heard, _: int) -> Said:
        return saying_a(2, swapped=asked(heard)[1])

    with judge_at(world, settings, script) as (stub, endpoint):
        run = started(call_as, world, endpoint)
        assert run["comparisons"] == 4
        gold_pair_make(world.actor("reviewer"), pairs[1].pk, answers={"helpful": ["b"]})
        Post.objects.filter(pk=post.pk).update(is_hidden=True)
        run = ended(call_as, run, run_jobs)
    assert {asked(heard)[0] for heard in stub.heard} == {2, 3}
    assert run["made_calls"] == 4


def test_an_estimate_asks_nobody_and_tells_calls_tokens_and_money(
    world: World, call_as: Call, settings: Settings
) -> None:
    release_make(world)
    numbered(world, 8)
    with judge_at(world, settings, lambda heard, number: Said(), price_in=2, price_out=4, per_minute=16) as (
        stub,
        endpoint,
    ):
        body = {"endpoint_id": str(endpoint.pk), "most": 4}
        found = call_as("engineer").post(f"/api/projects/{world.project.pk}/judge-runs/estimate/", body)
        missing = call_as("engineer").post(
            f"/api/projects/{world.project.pk}/judge-runs/", {**body, "clause_keys": ["nonsense"]}
        )
    assert found.status_code == 200, found.content
    plan = found.json()
    assert (plan["comparisons"], plan["calls"], stub.heard) == (4, 16, [])
    assert [axis["key"] for axis in plan["axes"]] == ["helpful", "harmless"]
    assert plan["cost"] == pytest.approx((plan["tokens_in"] * 2 + plan["tokens_out"] * 4) / 1e6)
    assert plan["tokens_in"] > 16 * 100
    assert plan["least_seconds"] == 60
    assert (missing.status_code, missing.json()["code"]) == (400, "axes_unknown")
    assert not JudgeRun.objects.exists()


def test_a_run_is_cancelled_while_the_judge_is_silent_and_gone_on_with(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_make(world)
    numbered(world, 4)
    never = threading.Event()
    monkeypatch.setattr(asking, "TELL_S", 0.05)

    def script(heard: Heard, number: int) -> Said:
        return Said("tie", wait=never if number > 3 else None)

    def cancelling(done: int, total: int | None, message: str) -> None:
        if done >= 3:
            raise JobCancelled()

    with judge_at(world, settings, script, concurrency=1, timeout_s=60) as (_, endpoint):
        run = started(call_as, world, endpoint)
        with pytest.raises(JobCancelled):
            judge_run(uuid.UUID(run["id"]), cancelling)
        never.set()
        Job.objects.update(state="cancelled")
        resumed = call_as("engineer").post(f"/api/judge-runs/{run['id']}/resume/")
        assert (resumed.status_code, resumed.json()["made_calls"]) == (202, 3), resumed.content
        again = call_as("engineer").post(f"/api/judge-runs/{run['id']}/resume/")
        assert (again.status_code, again.json()["code"]) == (409, "run_under_way")
        done = ended(call_as, run, run_jobs)
    assert (done["made_calls"], done["failed_calls"]) == (8, 0)
    assert done["finished_at"] is not None


def test_a_broken_judge_ends_the_run_and_what_failed_is_asked_again(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    release_make(world)
    numbered(world, 10)
    mended = threading.Event()

    def script(heard: Heard, number: int) -> Said:
        return Said("tie") if mended.is_set() else Said(status=400)

    with judge_at(world, settings, script, concurrency=1) as (_, endpoint):
        run = ended(call_as, started(call_as, world, endpoint), run_jobs, state="failed")
        assert (run["failed_calls"], run["job"]["error"]["code"]) == (8, "model_silent")
        mended.set()
        call_as("engineer").post(f"/api/judge-runs/{run['id']}/resume/")
        run = ended(call_as, run, run_jobs)
    assert (run["made_calls"], run["failed_calls"]) == (20, 0)


def test_a_run_stops_before_its_budget_is_spent(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    release_make(world)
    numbered(world, 10)
    said = Said("tie", tokens_in=100, tokens_out=0)
    with judge_at(world, settings, lambda heard, number: said, concurrency=1) as (stub, endpoint):
        run = ended(call_as, started(call_as, world, endpoint, most_tokens=550), run_jobs)
    assert (len(stub.heard), run["stopped_by"]) == (5, "tokens")
