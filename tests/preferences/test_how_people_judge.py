"""Who can be trusted, what sways them and whether they say it again: planted in stored judgments, read from the API."""

from __future__ import annotations

import uuid
from typing import Any

import numpy as np
import pytest

from core.accounts.selectors import pseudonyms
from preferences.models import ComparisonDecision, JudgingMeasure
from preferences.selectors.comparisons import current_decisions
from preferences.services.decisions import decisions_recompute
from tests.preferences import material
from tests.preferences.judged_rows import Said, annotators_make, comparisons_store, judgments_store
from tests.world import Caller, World

_ADVERSARY, _SIDED, _LENGTHY = 0, 1, 2
_PEOPLE, _EACH = 8, 160
_SIDE, _LENGTH = 1.5, 0.9


@pytest.fixture
def crowd(world: World) -> tuple[World, list[Any]]:
    """Eight people judge pairs of five models: one says the opposite, one favours what is first, one what is longer."""
    random = np.random.default_rng(11)
    release = material.release_make(world)
    truth = np.linspace(-1.5, 1.5, 5)
    pairs = []
    for _ in range(400):
        one, other = random.choice(5, 2, replace=False)
        lengths = 20 * 2 ** random.integers(0, 3, 2)
        pairs.append((f"model-{one}", f"model-{other}", int(lengths[0]), int(lengths[1])))
    comparisons = comparisons_store(world, pairs)
    people = annotators_make(world, _PEOPLE)
    said = []
    for number, person in enumerate(people):
        for place in random.choice(len(pairs), _EACH, replace=False):
            one, other, a_length, b_length = pairs[place]
            swapped = bool(random.integers(2))
            lead = truth[int(one[-1])] - truth[int(other[-1])]
            if number == _ADVERSARY:
                lead = -lead
            if number == _SIDED:
                lead += -_SIDE if swapped else _SIDE
            if number == _LENGTHY:
                lead += _LENGTH * np.log2(a_length / b_length)
            half = np.exp(lead / 2)
            drawn = random.choice([-1, 0, 1], p=np.array([half, 0.4, 1 / half]) / (half + 0.4 + 1 / half))
            said.append(Said(person, comparisons[place], swapped, int(drawn)))
    judgments_store(world, release, said)
    return world, people


def _measured(world: World, call_as: Any, run_jobs: Any) -> dict[str, Any]:
    path = f"/api/projects/{world.project.pk}/judging/"
    assert call_as("manager").post(f"{path}measure/").status_code == 202
    run_jobs()
    body: dict[str, Any] = call_as("manager").get(path).json()
    return body


def test_planted_annotators_are_found_with_their_size(
    crowd: tuple[World, list[Any]], call_as: Any, run_jobs: Any
) -> None:
    world, people = crowd
    found = _measured(world, call_as, run_jobs)["found"]
    assert found["answers"] == _PEOPLE * _EACH
    assert [sway["name"] for sway in found["sways"]] == ["side", "length"]
    mine = [Caller(person).get(f"/api/projects/{world.project.pk}/judging/mine/").json() for person in people]
    told = [each["axes"][0]["person"] for each in mine]
    assert told[_ADVERSARY]["reliability"]["against"]
    assert told[_ADVERSARY]["worth"]["high"] < 0
    assert [each["reliability"]["against"] for each in told].count(True) == 1
    side, length = told[_SIDED]["side"], told[_LENGTHY]["length"]
    assert side["low"] < _SIDE < side["high"]
    assert side["beyond_doubt"]
    assert length["low"] < _LENGTH < length["high"]
    assert length["beyond_doubt"]
    upright = [*told[3:]]
    doubted = [each["side"]["beyond_doubt"] or each["length"]["beyond_doubt"] for each in upright]
    # Ten bounds at 0.95, of which one may miss by chance, or two.
    assert sum(doubted) <= 2
    assert all(each["worth"]["low"] > 0 for each in upright)
    assert all(each["reliability"]["size"] > 0.7 for each in upright), [
        each["reliability"] for each in upright
    ]


def test_a_decision_holds_what_follows_from_who_said_it(
    crowd: tuple[World, list[Any]], call_as: Any, run_jobs: Any
) -> None:
    world, people = crowd
    release = material.release_once(world)
    (pair,) = material.comparisons_make(world, 1)
    judgments_store(
        world, release, [Said(people[_ADVERSARY], pair, False, -1), Said(people[5], pair, False, 1)]
    )
    decisions_recompute(pair.pk, release=release, clause_keys=["helpful"])
    before = current_decisions().get(comparison=pair)
    assert before.p_a_better == pytest.approx(0.5)
    _measured(world, call_as, run_jobs)
    after = current_decisions().get(comparison=pair)
    # Both say that B is better: one by saying so, the other by always saying the opposite.
    assert after.p_a_better < 0.2
    assert (after.outcome, after.votes) == (before.outcome, before.votes)
    assert ComparisonDecision.objects.filter(comparison=pair).count() == 2
    _measured(world, call_as, run_jobs)
    assert ComparisonDecision.objects.filter(comparison=pair).count() == 2
    assert JudgingMeasure.objects.filter(project=world.project).count() == 2


def test_a_second_look_with_sides_swapped_measures_who_stays_with_what_they_said(
    world: World, call_as: Any, run_jobs: Any
) -> None:
    release = material.release_make(world)
    comparisons = comparisons_store(world, [("one", "two", 10, 10)] * 10)
    steady, fickle = annotators_make(world, 2)
    first = [Said(person, pair, False, -2) for person in (steady, fickle) for pair in comparisons]
    judgments_store(world, release, first)
    again = [Said(steady, pair, True, -1, "again") for pair in comparisons]
    again += [
        Said(fickle, pair, True, value, "again")
        for pair, value in zip(comparisons, [2] * 6 + [-2] * 3 + [0], strict=True)
    ]
    judgments_store(world, release, again)
    found = _measured(world, call_as, run_jobs)["found"]
    assert found["answers"] == 20
    assert (found["turned"]["counted"], found["turned"]["of"]) == (6, 19)
    assert found["turned"]["low"] < 6 / 19 < found["turned"]["high"]
    same = sorted((each["same"]["counted"], each["turned"]["counted"]) for each in found["people"])
    assert same == [(3, 6), (10, 0)]
    assert found["suspects"] == []


def test_a_suspect_says_whether_its_own_person_turned_when_asked_again(
    world: World, call_as: Any, run_jobs: Any
) -> None:
    release = material.release_make(world)
    comparisons = comparisons_store(world, [("one", "two", 10, 10)] * 12)
    people = annotators_make(world, 4)
    fickle = people[0]
    said = [
        Said(person, pair, False, 2 if person == fickle and place < 2 else -2)
        for person in people
        for place, pair in enumerate(comparisons)
    ]
    judgments_store(world, release, said)
    again = [Said(fickle, comparisons[0], True, -2, "again"), Said(fickle, comparisons[1], True, 1, "again")]
    judgments_store(world, release, [*again, Said(people[1], comparisons[2], True, 0, "again")])
    suspects = _measured(world, call_as, run_jobs)["found"]["suspects"]
    turned = {each["comparison_id"]: each["turned"] for each in suspects}
    assert turned == {str(comparisons[0].pk): True, str(comparisons[1].pk): False}


def test_before_anybody_measured_there_is_nothing_and_a_project_without_axes_says_so(
    world: World, call_as: Any
) -> None:
    path = f"/api/projects/{world.project.pk}/judging/"
    assert call_as("manager").get(path).json()["axis"] is None
    assert call_as("annotator").get(f"{path}mine/").json() == {"axes": []}
    material.release_make(world)
    body = call_as("manager").get(path).json()
    assert (body["axis"]["key"], body["found"], body["is_measuring"]) == ("helpful", None, False)


def test_judgments_that_fight_everything_else_are_listed_reviewed_and_the_list_is_measured(
    crowd: tuple[World, list[Any]], call_as: Any, run_jobs: Any
) -> None:
    world, people = crowd
    found = _measured(world, call_as, run_jobs)["found"]
    suspects = found["suspects"]
    adversary = pseudonyms(world.project.pk)[people[_ADVERSARY].pk].pseudonym
    assert len(suspects) >= 5
    assert suspects == sorted(suspects, key=lambda each: each["probability"])
    assert suspects[0]["probability"] < 0.1
    theirs = [each for each in suspects if each["pseudonym"] == adversary]
    assert len(theirs) > 3 * len(suspects) / _PEOPLE, (
        "one of eight people gave three times their share of them"
    )
    assert all(each["reliability"] < 0.4 for each in theirs)
    assert found["suspects_wrong"]["of"] == 0

    base = f"/api/projects/{world.project.pk}"
    listed = (
        call_as("reviewer")
        .get(f"{base}/review-comparisons/?suspected=helpful&page_size=200")
        .json()["results"]
    )
    assert {row["comparison_id"] for row in listed} == {each["comparison_id"] for each in suspects}
    for suspect, outcome in zip(suspects, ("returned", "accepted"), strict=False):
        body = {"id": str(uuid.uuid4()), "outcome": outcome, "comment": "Look again."}
        sent = call_as("reviewer").post(f"{base}/judgments/{suspect['submission_id']}/reviews/", body)
        assert sent.status_code == 201, sent.content
    waiting = (
        call_as("reviewer")
        .get(f"{base}/review-comparisons/?suspected=helpful&page_size=200")
        .json()["results"]
    )
    assert len(waiting) <= len(listed) - 1
    again = _measured(world, call_as, run_jobs)["found"]
    assert (again["suspects_wrong"]["counted"], again["suspects_wrong"]["of"]) == (1, 2)
    spoken = {each["submission_id"] for each in suspects[:2]}
    assert spoken.isdisjoint(each["submission_id"] for each in again["suspects"])
