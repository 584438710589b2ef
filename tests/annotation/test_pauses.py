from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotation.models import GoldResult
from annotation.services.gold_watch import gold_watch
from core.accounts.models import AuditEvent
from core.accounts.selectors import pseudonyms
from core.queue.models import Pause
from core.queue.services import pause_answer
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.world import Caller, World

Call = Callable[[str], Caller]


def results_make(world: World, monkeypatch: pytest.MonkeyPatch, right: int, wrong: int) -> None:
    """Gold that the annotator answered, so many times as known and so many times not."""
    release = material.release_once(world)
    count = right + wrong
    material.tasks_make(world, release, [material.post_make(world) for _ in range(count + 1)], overlap=9)
    for _ in range(count):
        gold_item(world, release)
    draws_fix(monkeypatch, *([0.0] * count))
    for number in range(count):
        material.answer(world, "annotator", material.document("yes" if number < right else "no"))


def exchange(caller: Caller, world: World) -> Any:
    return caller.post(f"/api/projects/{world.project.pk}/label/exchange/", {"take": 1}).json()


def test_many_wrong_answers_pause_with_a_reason(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rules_set(world, gold_share=0.5, pause_below=0.7)
    results_make(world, monkeypatch, right=0, wrong=6)
    assert gold_watch() == 1
    pause = Pause.objects.get()
    assert pause.person == world.person("annotator")
    assert pause.reason.startswith("Of your last 6 answers to posts whose answer is known, 0 were")
    assert gold_watch() == 0, "safe to run twice"
    assert AuditEvent.objects.filter(action="pause.begin").count() == 1


def test_two_unlucky_answers_pause_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rules_set(world, gold_share=0.5, pause_below=0.7)
    results_make(world, monkeypatch, right=0, wrong=2)
    assert gold_watch() == 0


def test_no_threshold_pauses_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rules_set(world, gold_share=0.5)
    results_make(world, monkeypatch, right=0, wrong=6)
    assert gold_watch() == 0


def test_a_paused_person_gets_no_work_reads_why_and_appeals(world: World, call_as: Call) -> None:
    release = material.release_once(world)
    material.tasks_make(world, release, [material.post_make(world)], overlap=3)
    base = f"/api/projects/{world.project.pk}"
    name = pseudonyms(world.project.pk)[world.person("annotator").pk].pseudonym
    reviewer, annotator = call_as("reviewer"), call_as("annotator")
    begun = reviewer.post(f"{base}/pauses/", {"person": name, "reason": "Let us talk about satire first."})
    assert begun.status_code == 201
    shut = exchange(annotator, world)
    assert (shut["next"], shut["idle"]["code"]) == ([], "person_paused")
    next_one = annotator.post(f"{base}/queue/next/", {"kind": "label"})
    assert (next_one.status_code, next_one.json()["code"]) == (409, "person_paused")
    assert exchange(call_as("annotator2"), world)["next"], "nobody else is stopped"
    told = annotator.get(f"{base}/my-pause/").json()["pause"]
    assert told["reason"] == "Let us talk about satire first."
    assert annotator.post(f"{base}/my-pause/", {"text": "  "}).status_code == 400
    assert annotator.post(f"{base}/my-pause/", {"text": "I read the clause again."}).status_code == 200
    assert annotator.post(f"{base}/my-pause/", {"text": "Please."}).json()["code"] == "appealed_already"
    (waiting,) = reviewer.get(f"{base}/pauses/").json()["results"]
    assert (waiting["person"], waiting["appeal"]) == (name, "I read the clause again.")
    answer = f"{base}/pauses/{waiting['id']}/answer/"
    kept = reviewer.post(answer, {"restores": False, "text": "Read example 2 as well, please."})
    assert (kept.json()["ended_at"], exchange(annotator, world)["next"]) == (None, [])
    assert reviewer.post(answer, {"restores": True, "text": "Welcome back."}).status_code == 200
    assert len(exchange(annotator, world)["next"]) == 1
    assert annotator.get(f"{base}/my-pause/").json()["pause"]["answer"] == "Welcome back."
    actions = AuditEvent.objects.filter(action__startswith="pause.").values_list("action", flat=True)
    assert sorted(actions) == ["pause.appeal", "pause.begin", "pause.end", "pause.keep"]


def test_nobody_decides_about_their_own_pause(world: World, call_as: Call) -> None:
    base = f"/api/projects/{world.project.pk}"
    name = pseudonyms(world.project.pk)[world.person("reviewer").pk].pseudonym
    begun = call_as("policy_editor").post(f"{base}/pauses/", {"person": name, "reason": "Let us talk."})
    answer = f"{base}/pauses/{begun.json()['id']}/answer/"
    refused = call_as("reviewer").post(answer, {"restores": True, "text": "I restore myself."})
    assert (refused.status_code, refused.json()["code"]) == (409, "own_pause")


def test_results_before_a_pause_do_not_pause_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rules_set(world, gold_share=0.5, pause_below=0.7)
    results_make(world, monkeypatch, right=0, wrong=6)
    gold_watch()
    pause = Pause.objects.get()
    pause_answer(world.actor("manager"), world.project.pk, pause.pk, restores=True, text="Go on.")
    assert GoldResult.objects.exists()
    assert gold_watch() == 0


def test_results_are_shown_to_the_person_when_the_project_shows_them(
    world: World, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules_set(world, gold_share=0.5)
    results_make(world, monkeypatch, right=1, wrong=1)
    path = f"/api/projects/{world.project.pk}/my-gold/"
    assert call_as("annotator").get(path).json() == {"are_shown": False, "tally": None, "results": []}
    rules_set(world, shows_gold_results=True)
    shown = call_as("annotator").get(path).json()
    assert (shown["tally"]["answered"], shown["tally"]["passed"]) == (2, 1)
    assert [row["passed"] for row in shown["results"]] == [False, True]
    assert call_as("annotator2").get(path).json()["results"] == []


def test_gold_that_nobody_gets_right_says_so(
    world: World, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules_set(world, gold_share=0.5)
    release = material.release_once(world)
    material.tasks_make(world, release, [material.post_make(world) for _ in range(2)], overlap=9)
    gold_item(world, release)
    draws_fix(monkeypatch, *([0.0] * 9))
    for name in ("annotator", "annotator2", "reviewer", "reviewer2"):
        material.answer(world, name, material.document("no"))
    (item,) = call_as("reviewer").get(f"/api/projects/{world.project.pk}/gold/").json()["results"]
    told = {
        row["clause_key"]: (row["answered"], row["passed"], row["nobody_gets_it"]) for row in item["clauses"]
    }
    assert told == {"hate": (4, 0, True), "spam": (4, 4, False)}
    people = call_as("reviewer").get(f"/api/projects/{world.project.pk}/gold-results/").json()["people"]
    assert [(row["answered"], row["passed"]) for row in people] == [(1, 0)] * 4
