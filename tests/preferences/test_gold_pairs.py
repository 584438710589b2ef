"""Pairs with known answers: made from a comparison, mixed in as gold posts are, marked, part of standing."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.services.gold_watch import gold_watch
from core.accounts.services import languages_set
from core.queue.models import Pause, Task
from core.queue.services import quality_rules_set
from preferences.domain.gold import PairKind
from preferences.models import ComparisonDecision, GoldPair, GoldPairAnswer, GoldPairResult, Judgment
from preferences.services import gold_pair_make
from tests.annotation.gold_material import draws_fix
from tests.preferences import material
from tests.preferences.material import document, judge
from tests.world import World


def asked(world: World, count: int = 4, **rules: Any) -> list[Any]:
    """Comparisons of which the first is gold: A is better, or they tie; harmlessness is not known."""
    material.release_make(world)
    pairs = material.comparisons_make(world, count)
    gold_pair_make(world.actor("reviewer"), pairs[0].pk, answers={"helpful": ["a", "tie"]})
    material.tasks_make(world)
    quality_rules_set(world.actor("manager"), world.project.pk, values={"gold_share": 0.1, **rules})
    return pairs


def test_a_known_pair_is_asked_only_as_gold(world: World) -> None:
    pairs = asked(world)
    assert not Task.objects.filter(comparison_id=pairs[0].pk).exists()
    assert Task.objects.count() == 3


def test_making_a_pair_gold_withdraws_what_is_asked_about_it(world: World) -> None:
    material.release_make(world)
    (pair,) = material.comparisons_make(world)
    material.tasks_make(world)
    gold_pair_make(world.actor("reviewer"), pair.pk, answers={"helpful": ["b"]})
    assert Task.objects.get().state == "withdrawn"


@pytest.mark.parametrize(("said", "passes"), [(-3, True), (0, True), (2, False)])
def test_a_judgment_of_a_known_pair_is_marked_and_decides_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, said: int, passes: bool
) -> None:
    pairs = asked(world)
    draws_fix(monkeypatch, 0.01)
    lease, submission = judge(world, "annotator", answer=document(said))
    assert (lease.task.source, lease.task.comparison_id) == ("gold", pairs[0].pk)
    result = GoldPairResult.objects.get()
    assert (result.submission_id, result.clause_key, result.passed) == (submission.pk, "helpful", passes)
    assert Judgment.objects.get().asked == "gold"
    assert not ComparisonDecision.objects.exists()


def test_nobody_gets_the_same_known_pair_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(world)
    draws_fix(monkeypatch, *([0.01] * 4))
    for _ in range(4):
        judge(world, "annotator")
    assert Task.objects.filter(source="gold").count() == 1


def test_a_known_pair_goes_only_to_those_who_read_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    material.release_make(world)
    pairs = [material.comparisons_make(world, 1, prompt=tag, language=tag)[0] for tag in ("en", "th")]
    gold_pair_make(world.actor("reviewer"), pairs[0].pk, answers={"helpful": ["a"]})
    material.comparisons_make(world, 1, prompt="More?", language="en")
    material.tasks_make(world, overlap=2)
    quality_rules_set(world.actor("manager"), world.project.pk, values={"gold_share": 0.1})
    languages_set(world.actor("annotator"), languages=["th"])
    languages_set(world.actor("annotator2"), languages=["en"])
    draws_fix(monkeypatch, 0.01, 0.01)
    taken = {name: judge(world, name)[0].task for name in ("annotator", "annotator2")}
    assert taken["annotator"].comparison_id == pairs[1].pk
    assert (taken["annotator2"].source, taken["annotator2"].comparison_id) == ("gold", pairs[0].pk)


def test_what_an_axis_meant_before_is_not_known_of_what_it_means_now(world: World) -> None:
    asked(world)
    release = material.release_once(world)
    material.release_changed(world, release, clause_key="helpful", question="Which one is of more use?")
    answer = GoldPairAnswer.objects.get()
    assert (answer.meaning_from, answer.meaning_to) == (1, 1)


def test_who_fails_known_pairs_is_paused_and_told_of_pairs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = asked(world, 16, pause_below=0.8)
    for pair in pairs[1:8]:
        gold_pair_make(world.actor("reviewer"), pair.pk, answers={"helpful": ["a"]})
    draws_fix(monkeypatch, *([0.01] * 8))
    for _ in range(8):
        judge(world, "annotator", answer=document(3))
    assert gold_watch() == 1
    pause = Pause.objects.get()
    assert pause.person_id == world.person("annotator").pk
    assert "8 answers to pairs whose answer is known, 0 were" in pause.reason


def test_over_http_a_pair_is_made_gold_from_what_was_decided_and_ended(world: World, call_as: Any) -> None:
    material.release_make(world)
    (pair,) = material.comparisons_make(world)
    material.tasks_make(world)
    path = f"/api/comparisons/{pair.pk}/gold/"
    refused = call_as("reviewer").post(path, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "gold_pair_nothing_known")
    judge(world, "annotator", answer=document(-1, 0))
    made = call_as("reviewer").post(path, {"kind": "attention", "explanation": "B is empty."})
    assert made.status_code == 201, made.content
    known = {row["clause_key"]: row["outcomes"] for row in made.json()["gold"]["answers"]}
    assert known == {"helpful": ["a"], "harmless": ["tie"]}
    assert call_as("reviewer").post(path, {}).status_code == 409
    ended = call_as("reviewer").post(f"{path}retire/", {"because": "Disputed."})
    assert (ended.status_code, ended.json()["gold"]) == (200, None)
    assert [axis["key"] for axis in ended.json()["axes"]] == ["helpful", "harmless"]
    assert GoldPair.objects.get().retired_because == "Disputed."


@pytest.mark.parametrize(
    "answers", [{"weapons": ["a"]}, {"helpful": []}, {"helpful": ["both_bad"]}, {"helpful": ["none"]}]
)
def test_what_cannot_be_known_is_refused_in_a_sentence(world: World, call_as: Any, answers: Any) -> None:
    material.release_make(world)
    (pair,) = material.comparisons_make(world)
    refused = call_as("reviewer").post(f"/api/comparisons/{pair.pk}/gold/", {"answers": answers})
    assert (refused.status_code, refused.json()["code"]) == (400, "gold_pair_invalid")
    assert refused.json()["errors"][0]["path"].startswith("answers.")
    assert not GoldPair.objects.exists()


def test_people_see_their_own_results_where_the_project_shows_them_attention_pairs_apart(
    world: World, monkeypatch: pytest.MonkeyPatch, call_as: Any
) -> None:
    pairs = asked(world)
    gold_pair_make(
        world.actor("reviewer"),
        pairs[1].pk,
        answers={"helpful": ["a"]},
        kind=PairKind.ATTENTION,
        explanation="B is empty.",
    )
    draws_fix(monkeypatch, 0.01, 0.01)
    told = {}
    for _ in range(2):
        lease = material.lease_make(world, "annotator")
        material.sides_fix(lease, swapped=False)
        is_attention = lease.task.comparison_id == pairs[1].pk
        submission, _ = material.submit(world.actor("annotator"), lease, document(2 if is_attention else -2))
        told["attention" if is_attention else "gold"] = (str(submission.pk), str(lease.pk))
    path = f"/api/projects/{world.project.pk}/my-gold-pairs/"
    hidden = {"are_shown": False, "counts": [], "results": []}
    assert call_as("annotator").get(path).json() == hidden
    quality_rules_set(world.actor("manager"), world.project.pk, values={"shows_gold_results": True})
    shown = call_as("annotator").get(path).json()
    counts = {row["kind"]: (row["share"]["counted"], row["share"]["of"]) for row in shown["counts"]}
    assert counts == {"gold": (1, 1), "attention": (0, 1)}
    rows = {row["kind"]: row for row in shown["results"]}
    assert {kind: (row["submission_id"], row["lease_id"]) for kind, row in rows.items()} == told
    assert (rows["gold"]["passed"], rows["attention"]["passed"]) == (True, False)
    assert rows["attention"]["explanation"] == "B is empty."
    assert rows["attention"]["axes"] == [{"clause_key": "helpful", "title": "Helpfulness", "passed": False}]
    assert call_as("annotator2").get(path).json()["results"] == []
