from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from active_learning.domain.held_out import is_held_out
from active_learning.learners.heads.head import Head
from active_learning.models import Embedding, EncodingWait, ModelVersion, Pick, Round
from active_learning.runs.rounds import round_run
from annotation.models import GoldAnswer, GoldItem, Suggestion
from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Slot, Task
from core.storage import blob_store
from tests.active_learning import material
from tests.annotation.material import SPAM, release_changed, release_make
from tests.core.content import samples
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]


def start(world: World, caller: Caller, body: dict[str, Any]) -> Any:
    return caller.post(f"/api/projects/{world.project.pk}/rounds/", body)


def finished(world: World, call_as: Call, run_jobs: RunJobs, body: dict[str, Any]) -> dict[str, Any]:
    started = start(world, call_as("engineer"), body)
    assert started.status_code == 202, started.content
    assert started.json()["job"]["state"] == "queued"
    jobs = run_jobs()
    assert {job.state for job in jobs} == {"succeeded"}, jobs[-1].error_detail
    ended: dict[str, Any] = call_as("reviewer").get(f"/api/rounds/{started.json()['id']}/").json()
    return ended


def nothing_else_waits() -> None:
    """Leave only the posts to be encoded: what clauses say would be, too, between the batches of a round."""
    EncodingWait.objects.all().delete()


@pytest.mark.usefixtures("words")
def test_a_round_trains_chooses_and_asks(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, posts = material.decided_world(world)
    ended = finished(world, call_as, run_jobs, material.round_body(release, strategy="margin", overlap=2))
    assert (ended["picked"], ended["used_strategy"], ended["model_number"]) == (8, "margin", 1)
    metrics = ended["metrics"]
    assert metrics["held_out"]["accuracy"] > 0.9
    assert metrics["held_out"]["posts"] == sum(is_held_out(post.pk) for post in posts[:60])
    assert set(metrics["curves"]) == {"margin", "random"}
    assert sum(metrics["harm_histogram"]) == metrics["pool"]
    tasks = list(Task.objects.filter(source="round", source_id=ended["id"]))
    picks = list(Pick.objects.filter(round_id=ended["id"]).order_by("rank"))
    undecided = {post.pk for post in posts[60:] if not is_held_out(post.pk)}
    assert {pick.post_id for pick in picks} <= undecided
    assert {task.pk for task in tasks} == {pick.task_id for pick in picks}
    assert {(task.slots, tuple(task.clause_keys), str(task.release_id)) for task in tasks} == {
        (2, ("spam",), str(release.id))
    }
    assert sum(pick.is_random for pick in picks) == 2
    assert all(len(pick.why["nearest"]) == 3 for pick in picks)
    by_priority = Slot.objects.filter(task__in=tasks, ordinal=0).order_by("-priority")
    assert [slot.task_id for slot in by_priority] == [pick.task_id for pick in picks]


def test_what_is_decided_is_told_before_a_round_is_started(world: World, call_as: Call) -> None:
    release, posts = material.decided_world(world, decided=9, open_posts=1)
    address = f"/api/projects/{world.project.pk}/decided-clauses/?release_id={release.id}"
    told = {row["clause_key"]: row["answers"] for row in call_as("engineer").get(address).json()}
    assert told == {"hate": {}, "spam": {"no": 6, "yes": 3}}
    changed = release_changed(world, release, clause_key="spam", question="Is it advertising at all?")
    later = call_as("engineer").get(address.replace(str(release.id), str(changed.id))).json()
    assert later[1] == {"clause_key": "spam", "answers": {}}
    assert call_as("engineer").get(address.replace(str(release.id), str(posts[0].pk))).json() == []


@pytest.mark.usefixtures("words")
def test_what_a_round_chose_comes_before_other_work(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, posts = material.decided_world(world, decided=30, open_posts=12)
    asked = {"release_id": str(release.id), "posts": {"post_ids": [str(posts[0].pk)]}, "overlap": 1}
    call_as("manager").post(f"/api/projects/{world.project.pk}/label-tasks/", asked)
    ended = finished(world, call_as, run_jobs, material.round_body(release, budget=3))
    first = (
        call_as("annotator").post(f"/api/projects/{world.project.pk}/queue/next/", {"kind": "label"}).json()
    )
    best = Pick.objects.get(round_id=ended["id"], rank=0)
    assert first["task"]["post_id"] == str(best.post_id)
    assert "source" not in first["task"]


@pytest.mark.usefixtures("words")
def test_the_same_seed_chooses_the_same_posts_and_another_seed_others(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = material.decided_world(world)
    chosen = []
    for seed in (5, 5, 6):
        ended = finished(world, call_as, run_jobs, material.round_body(release, strategy="random", seed=seed))
        chosen.append(
            list(Pick.objects.filter(round_id=ended["id"]).order_by("rank").values_list("post_id", flat=True))
        )
        Task.objects.filter(source_id=ended["id"]).update(state="withdrawn")
    assert chosen[0] == chosen[1] != chosen[2]


@pytest.mark.usefixtures("words")
def test_a_round_run_twice_is_one_round(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, _ = material.decided_world(world, decided=30, open_posts=10)
    ended = finished(world, call_as, run_jobs, material.round_body(release, budget=4))
    before = (Task.objects.count(), ModelVersion.objects.count())
    result = round_run(Round.objects.get(pk=ended["id"]).pk, lambda done, total, message: None)
    assert result["picked"] == 4
    assert (Task.objects.count(), ModelVersion.objects.count()) == before


@pytest.mark.usefixtures("words")
def test_a_round_that_broke_half_way_keeps_its_vectors_and_makes_no_tasks(
    world: World, call_as: Call, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, _ = material.decided_world(world, decided=30, open_posts=10)
    nothing_else_waits()
    started = start(world, call_as("engineer"), material.round_body(release)).json()
    with monkeypatch.context() as patched:
        patched.setattr("active_learning.runs.rounds.blob_store", lambda: 1 / 0)
        assert [job.state for job in run_jobs()] == ["failed"]
    assert (Task.objects.count(), Pick.objects.count(), Embedding.objects.count()) == (0, 0, 40)
    result = round_run(Round.objects.get(pk=started["id"]).pk, lambda done, total, message: None)
    assert result["metrics"]["encoded_now"] == 0
    assert Task.objects.count() == result["picked"] > 0


@pytest.mark.usefixtures("words")
def test_a_cancelled_round_asks_nothing(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, _ = material.decided_world(world, decided=30, open_posts=10)
    started = start(world, call_as("engineer"), material.round_body(release)).json()
    call_as("engineer").post(f"/api/jobs/{started['job']['id']}/cancel/", {})
    run_jobs()
    shown = call_as("engineer").get(f"/api/rounds/{started['id']}/").json()
    assert (shown["job"]["state"], shown["finished_at"], Task.objects.count()) == ("cancelled", None, 0)


@pytest.mark.usefixtures("words")
def test_without_decisions_a_round_covers_the_pool_and_says_so(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = material.decided_world(world, decided=0, open_posts=20)
    ended = finished(world, call_as, run_jobs, material.round_body(release, strategy="entropy", budget=5))
    assert (ended["strategy"], ended["used_strategy"], ended["model_number"]) == ("entropy", "k_center", 1)
    assert ended["picked"] == 5
    assert "curves" not in ended["metrics"]


@pytest.mark.usefixtures("words")
def test_decisions_under_another_meaning_do_not_teach(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, _ = material.decided_world(world, decided=30, open_posts=10)
    changed = release_changed(world, release, clause_key="spam", question="Is it an advert?")
    ended = finished(world, call_as, run_jobs, material.round_body(changed, budget=3))
    assert (ended["metrics"]["answered"], ended["used_strategy"]) == (0, "k_center")


@pytest.mark.usefixtures("words")
def test_posts_without_media_the_clause_is_about_are_not_chosen(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release = release_make(world, {"spam": SPAM | {"modalities": ["video"]}})
    material.spam_posts(world, 10)
    ended = finished(world, call_as, run_jobs, material.round_body(release))
    assert (ended["metrics"]["pool"], ended["picked"]) == (0, 0)


@pytest.mark.usefixtures("words")
def test_the_head_a_round_trained_is_kept_as_safetensors(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = material.decided_world(world, decided=30, open_posts=5)
    finished(world, call_as, run_jobs, material.round_body(release, budget=2))
    model = call_as("reviewer").get(f"/api/projects/{world.project.pk}/models/").json()["results"][0]
    head = Head.from_bytes(b"".join(blob_store().open(model["artifact_sha256"])))
    assert head.classes == ("no", "yes")
    assert model["metrics"]["posts"] + sum(model["trained_on"]["answers"].values()) == 30


def test_a_round_runs_on_the_bundled_encoders_with_pictures(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release = release_make(world)
    call = call_as("engineer")
    call.post(
        f"/api/projects/{world.project.pk}/assets/",
        {"file": samples.upload(samples.picture(320, 240, seed=1), "photo.jpg")},
    )
    photo = {"kind": "image", "asset": "photo.jpg"}
    lines = [
        {"external_id": "a", "parts": [photo, {"kind": "caption", "text": "A lamp."}]},
        {"external_id": "b", "parts": [photo]},
        {"external_id": "c", "parts": [{"kind": "caption", "text": "Win a prize now."}]},
        {"external_id": "d", "parts": [{"kind": "caption", "text": "A lamp."}]},
    ]
    call.post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest(lines)})
    run_jobs()
    nothing_else_waits()
    ended = finished(world, call_as, run_jobs, material.round_body(release, clause_key="hate", budget=4))
    assert (
        ended["metrics"]["posts"],
        ended["metrics"]["encoded_now"],
        ended["metrics"]["unreadable_parts"],
    ) == (4, 3, 0)
    assert sorted(Embedding.objects.values_list("encoder", flat=True)) == [
        "all-minilm-l6-v2", "all-minilm-l6-v2", "efficientnet-lite0",
    ]  # fmt: skip


def test_an_encoder_that_is_not_there_fails_with_a_sentence(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = material.decided_world(world, decided=4, open_posts=2)
    started = start(world, call_as("engineer"), material.round_body(release, encoder="hub:nobody/nothing"))
    assert started.status_code == 202
    (job,) = run_jobs()
    assert (job.state, job.error_code) == ("failed", "encoder_unusable")
    assert "hf download" in job.error_detail


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"clause_key": "nothing"}, 400, "clause_not_learnable"),
        ({"release_id": material.unknown()}, 409, "release_not_published"),
        ({"encoder": "local:../../etc"}, 400, "encoder_name"),
        ({"strategy": "magic"}, 400, "invalid_fields"),
        ({"budget": 0}, 400, "invalid_fields"),
        ({"random_share": 0}, 400, "invalid_fields"),
        ({"quotas": [{"axis": "mood"}]}, 400, "invalid_fields"),
        ({"quotas": [{"axis": "language", "least": 0.2}]}, 400, "quotas_impossible"),
        ({"like_post_id": material.unknown()}, 400, "like_post_missing"),
        ({"project_id": material.unknown()}, 400, "invalid_fields"),
    ],
)
def test_what_cannot_be_run_gets_a_sentence(
    world: World, call_as: Call, changes: dict[str, Any], status: int, code: str
) -> None:
    release = release_make(world)
    refused = start(world, call_as("engineer"), material.round_body(release, **changes))
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (Round.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.usefixtures("words")
def test_each_pick_says_why_and_how_likely_it_was(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, _ = material.decided_world(world)
    ended = finished(world, call_as, run_jobs, material.round_body(release, strategy="badge"))
    picks = call_as("engineer").get(f"/api/rounds/{ended['id']}/picks/").json()["results"]
    pool = ended["metrics"]["pool"]
    assert sum(1 / pick["inclusion"] for pick in picks) == pytest.approx(pool)
    assert {pick["inclusion"] for pick in picks if not pick["is_random"]} == {1.0}
    for pick in picks:
        assert pick["reason"] == "Drawn by lot." or pick["reason"].startswith("What it would teach lies ")
        assert pick["is_random"] == (pick["reason"] == "Drawn by lot.")


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(
    "strategy", ["bald", "ranked_batch", "typical", "density", "expected_harm", "likeness"]
)
def test_every_new_strategy_runs_as_a_round(
    world: World, call_as: Call, run_jobs: RunJobs, strategy: str
) -> None:
    release, posts = material.decided_world(world, decided=30, open_posts=12)
    body = material.round_body(release, strategy=strategy, budget=4, like_post_id=str(posts[0].pk))
    ended = finished(world, call_as, run_jobs, body)
    assert (ended["picked"], ended["used_strategy"]) == (4, strategy)


@pytest.mark.usefixtures("words")
def test_a_round_keeps_to_its_quotas(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, posts = material.decided_world(world, decided=30, open_posts=20)
    for number, post in enumerate(posts):
        Post.objects.filter(pk=post.pk).update(
            language="de" if number % 2 else "en", group_key=f"g{number // 4}"
        )
    quotas = [
        {"axis": "language", "value": "de", "least": 0.8, "most": 1.0, "most_posts": None},
        {"axis": "group", "value": None, "least": 0.0, "most": 1.0, "most_posts": 1},
    ]
    body = material.round_body(release, strategy="k_center", budget=5, quotas=quotas, random_share=0.2)
    ended = finished(world, call_as, run_jobs, body)
    assert ended["quotas"] == quotas
    chosen = Post.objects.filter(
        pk__in=Pick.objects.filter(round_id=ended["id"], is_random=False).values("post_id")
    )
    languages, groups = zip(*chosen.values_list("language", "group_key"), strict=True)
    assert languages.count("de") >= 3
    assert len(set(groups)) == len(groups) == 4


def test_the_strategies_explain_themselves(call_as: Call) -> None:
    rows = call_as("engineer").get("/api/strategies/").json()["results"]
    assert {row["name"] for row in rows} >= {"random", "margin", "k_center", "committee"}
    assert all(row["summary"].endswith(".") or row["summary"].endswith(").") for row in rows)


def test_lists_take_the_same_number_of_queries_however_long_they_are(
    world: World, call_as: Call, django_assert_max_num_queries: Any
) -> None:
    release = release_make(world)
    for seed in range(5):
        start(world, call_as("engineer"), material.round_body(release, seed=seed))
        call_as("engineer").post(f"/api/projects/{world.project.pk}/scans/", {"release_id": str(release.id)})
    caller = call_as("engineer")
    for noun in ("rounds", "scans"):
        with django_assert_max_num_queries(8):
            listed = caller.get(f"/api/projects/{world.project.pk}/{noun}/").json()["results"]
        assert len(listed) == 5


@pytest.mark.usefixtures("words")
def test_a_rounds_head_suggests_for_what_people_are_asked_gold_or_not(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = material.decided_world(world)
    gold = posts[0]
    known = GoldItem.objects.create(
        project=world.project, post=gold, release_id=release.id, made_by=world.person("reviewer")
    )
    GoldAnswer.objects.create(item=known, clause_key="spam", meaning_from=1, answer="yes")
    ended = finished(world, call_as, run_jobs, material.round_body(release))
    stored = {one.post_id: one for one in Suggestion.objects.all()}
    picked = set(Pick.objects.filter(round_id=ended["id"]).values_list("post_id", flat=True))
    assert set(stored) == picked | {gold.pk}
    model = ModelVersion.objects.get()
    assert {(one.source, one.source_id, one.model, one.version) for one in stored.values()} == {
        ("head", model.pk, "model", "1")
    }
    assert all(one.answer in {"yes", "no"} and 0.5 <= (one.confidence or 0) <= 1 for one in stored.values())
    assert {one.clause_key for one in stored.values()} == {"spam"}
    round_run(Round.objects.get().pk, lambda done, total, words: None)
    assert Suggestion.objects.count() == len(stored)


@pytest.mark.usefixtures("words")
def test_a_model_suggests_again_for_what_is_asked_since(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = material.decided_world(world)
    finished(world, call_as, run_jobs, material.round_body(release))
    before = Suggestion.objects.count()
    # Some of the round's posts are drawn by lot: one that it did not ask about.
    left = [post for post in posts if not Suggestion.objects.filter(post=post).exists()][-1]
    asked = {"release_id": str(release.id), "posts": {"post_ids": [str(left.pk)]}, "overlap": 1}
    call_as("manager").post(f"/api/projects/{world.project.pk}/label-tasks/", asked)
    address = f"/api/models/{ModelVersion.objects.get().pk}/suggestions/"
    for _ in range(2):
        assert call_as("engineer").post(address).status_code == 202
        assert [job.state for job in run_jobs()] == ["succeeded"]
        assert Suggestion.objects.count() == before + 1
    newest = Suggestion.objects.order_by("-id")[0]
    assert (newest.post_id, newest.model, newest.version) == (left.pk, "model", "1")


@pytest.mark.usefixtures("words")
def test_random_posts_tell_how_much_harm_there_is_and_how_much_was_found(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = material.decided_world(world)
    body = material.round_body(release, strategy="margin", random_share=0.5)
    ended = finished(world, call_as, run_jobs, body)

    def harm() -> dict[str, Any]:
        told: dict[str, Any] = call_as("reviewer").get(f"/api/rounds/{ended['id']}/harm/").json()
        return told

    before = harm()
    unknown = {"value": None, "low": None, "high": None}
    assert (before["drawn"], before["answered"], before["prevalence"]) == (4, 0, unknown)
    by_id = {post.pk: number for number, post in enumerate(posts)}
    picks = list(Pick.objects.filter(round_id=ended["id"]).select_related("post"))
    for pick in picks:
        answer = "yes" if material.is_spam(by_id[pick.post_id]) else "no"
        material.decide(world, release, pick.post, answer)
    after = harm()
    teaching = [number for number, post in enumerate(posts) if not is_held_out(post.pk)]
    known = [number for number in teaching if number < 60]
    picked = [by_id[pick.post_id] for pick in picks if not pick.is_random]
    drawn = [by_id[pick.post_id] for pick in picks if pick.is_random]
    spam = {number for number in teaching if material.is_spam(number)}
    rest = len(teaching) - len(known) - len(picked)
    expected = (len(spam & {*known, *picked}) + rest * len(spam & set(drawn)) / len(drawn)) / len(teaching)
    assert after["prevalence"]["value"] == pytest.approx(expected)
    assert after["prevalence"]["low"] <= len(spam) / len(teaching) <= after["prevalence"]["high"]
    assert (after["answered"], after["harmful"]) == (4, len(spam & set(drawn)))
    assert (after["population"], after["found"]) == (len(teaching), len(spam & {*known, *picked, *drawn}))
    assert after["recall"]["value"] == pytest.approx(after["found"] / (expected * len(teaching)))
    assert after["recall"]["low"] <= after["found"] / len(spam) <= after["recall"]["high"]
