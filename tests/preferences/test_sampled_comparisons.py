from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from preferences.domain.sampling import (
    MOST_PAIRS,
    Beside,
    pairs_of,
    sample_messages,
    sample_seed,
    slates_of,
    text_kept,
)
from preferences.models import Comparison, Prompt, Slate, SlateResponse
from tests.preferences.material import jsonl_file
from tests.preferences.sampling import (
    MODEL,
    Call,
    RunJobs,
    ended,
    model_at,
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


def ids(count: int) -> list[uuid.UUID]:
    return [uuid.UUID(int=number + 1) for number in range(count)]


def test_pairs_are_all_there_are_up_to_a_number_and_then_follow_from_the_ids() -> None:
    own, others = ids(4), [uuid.UUID(int=100 + number) for number in range(3)]
    assert len(pairs_of(own, others, beside=Beside.OWN)) == 6
    assert len(pairs_of(own, others, beside=Beside.OTHERS)) == 12
    assert pairs_of(own, [], beside=Beside.OTHERS) == pairs_of(own[:1], others, beside=Beside.OWN) == []
    many = pairs_of(ids(32), [], beside=Beside.OWN)
    assert len(many) == len({frozenset(pair) for pair in many}) == MOST_PAIRS
    assert pairs_of(ids(32), [], beside=Beside.OWN) == many


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, []), (2, [2]), (10, [10]), (11, [6, 5]), (32, [8] * 4)]
)
def test_slates_hold_everything_and_none_is_left_with_one(count: int, sizes: list[int]) -> None:
    found = slates_of(ids(count), [], beside=Beside.OWN)
    assert [len(slate) for slate in found] == sizes
    assert sorted(one for slate in found for one in slate) == (ids(count) if count > 1 else [])


def test_responses_of_other_models_are_dealt_out_over_slates() -> None:
    others = [uuid.UUID(int=100 + number) for number in range(4)]
    slates = slates_of(ids(8), others, beside=Beside.OTHERS)
    assert [len(set(slate) & set(others)) for slate in slates] == [2, 2]
    assert slates_of([], others, beside=Beside.OTHERS) == []


def test_a_system_text_goes_before_those_that_have_none_and_a_post_before_the_question() -> None:
    asked = [{"role": "user", "content": "Is it allowed?"}]
    own = [{"role": "system", "content": "Be kind."}, *asked]
    assert sample_messages(asked, system="Be brief.", post_texts=[])[0]["content"] == "Be brief."
    told = sample_messages(own, system="Be brief.", post_texts=["One", "Two "])
    assert [message["content"] for message in told] == [
        "Be kind.",
        "<post>\nOne\n\nTwo\n</post>\n\nIs it allowed?",
    ]
    assert own[1]["content"] == "Is it allowed?"


def test_what_is_kept_of_an_answer_can_be_stored_and_begins_where_it_began() -> None:
    assert text_kept("\n\n    def f():\n        pass\n\n") == "    def f():\n        pass"
    assert text_kept("a\x00b\ud800") == "ab?"
    assert text_kept(" \n\t") == ""


def test_seeds_of_samples_differ_and_follow_from_the_runs() -> None:
    one, other = ids(2)
    seeds = [
        sample_seed(seed, prompt, place) for seed in (0, 1) for prompt in (one, other) for place in (0, 1)
    ]
    assert len(set(seeds)) == 8
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert seeds[0] == sample_seed(0, one, 0)


def test_samples_stand_beside_other_models_and_no_pair_is_made_twice(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    [prompt] = prompts_make(world, 1)
    with model_at(world, settings, replying()) as (_, endpoint):
        run = ended(call_as, started(call_as, world, endpoint, samples=1, beside="others"), run_jobs)
        assert run["made_pairs"] == 2
        more = ended(call_as, started(call_as, world, endpoint, samples=2, beside="others"), run_jobs)
        assert more["made_pairs"] == 2
        third = ended(call_as, started(call_as, world, endpoint, samples=3), run_jobs)
        assert third["made_pairs"] == 3
    models = {
        frozenset((each.response_a.source_model, each.response_b.source_model))
        for each in Comparison.objects.filter(prompt=prompt)
    }
    assert frozenset((MODEL, "secret-model-one")) in models
    assert frozenset((MODEL,)) in models
    assert Comparison.objects.filter(prompt=prompt).count() == 1 + 2 + 2 + 3


def test_slates_of_samples_can_be_asked_about(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    [prompt] = prompts_make(world, 1)
    with model_at(world, settings, replying()) as (_, endpoint):
        run = ended(call_as, started(call_as, world, endpoint, becomes="slates", beside="others"), run_jobs)
        named = ended(
            call_as,
            started(call_as, world, endpoint, becomes="responses", source_model="fresh, brief"),
            run_jobs,
        )
    slate = Slate.objects.get()
    members = SlateResponse.objects.filter(slate=slate).order_by("place")
    assert (run["made_slates"], run["made_pairs"], slate.size, slate.prompt_id) == (1, 0, 5, prompt.pk)
    assert [each.response.source_model for each in members][:3] == [MODEL] * 3
    assert (named["source_model"], named["kept_calls"], named["made_pairs"]) == ("fresh, brief", 3, 0)


def file_of(*lines: Any) -> Any:
    return jsonl_file(lines)


def test_prompts_of_a_file_are_brought_in_once_and_asked(
    world: World, call_as: Call, run_jobs: RunJobs, settings: Settings
) -> None:
    [known] = prompts_make(world, 1)
    post = post_of_words(world)
    lines = [
        {"prompt": "Question 0?"},
        {"prompt": "What is new?", "system": "Be kind.", "language": "en"},
        {"prompt": [{"role": "user", "content": "What is new?"}], "system": "Be kind."},
        {"prompt": "Is this allowed?", "post_external_id": post.external_id},
    ]
    with model_at(world, settings, replying()) as (stub, endpoint):
        body = {"endpoint_id": str(endpoint.pk), "samples": 2, "system": "Be brief."}
        plan = call_as("engineer").post(f"{runs_at(world)}estimate/", {**body, "file": file_of(*lines)})
        assert (plan.status_code, plan.json()["prompts"], plan.json()["calls"]) == (200, 3, 6), plan.content
        assert Prompt.objects.count() == 1
        assert stub.heard == []
        answer = call_as("engineer").post(runs_at(world), {**body, "file": file_of(*lines)})
        assert answer.status_code == 202, answer.content
        run = ended(call_as, answer.json(), run_jobs)
        again = call_as("engineer").post(runs_at(world), {**body, "file": file_of(*lines)})
    assert (run["prompts_from"], run["kept_calls"], run["made_pairs"]) == ("file", 6, 3)
    assert len(texts_of(known)) == 2
    told = Prompt.objects.get(language="en")
    assert [message["role"] for message in told.messages] == ["system", "user"]
    assert {heard.system for heard in stub.heard} == {"Be brief.", "Be kind."}
    assert Prompt.objects.get(post=post).messages == [{"role": "user", "content": "Is this allowed?"}]
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_sample")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "not JSON"),
        (["no object"], "JSON object"),
        ({"prompt": ""}, "prompt"),
        ({"prompt": "Why?", "responses": []}, "'responses' is none of them"),
        ({"prompt": [{"role": "assistant", "content": "No."}]}, "must end with the user's turn"),
        ({"prompt": "Why?", "post_external_id": "missing"}, "no post with the external_id 'missing'"),
        (
            {"prompt": [{"role": "user", "media": [{"kind": "image", "asset": "a.png"}]}]},
            "leave out prompts with media",
        ),
    ],
)
def test_a_file_with_a_line_that_cannot_be_used_asks_nobody(
    line: Any, problem: str, world: World, call_as: Call, settings: Settings
) -> None:
    with model_at(world, settings, replying()) as (stub, endpoint):
        body = {"endpoint_id": str(endpoint.pk), "file": file_of({"prompt": "Fine?"}, line)}
        refused = call_as("engineer").post(runs_at(world), body)
    assert (refused.status_code, refused.json()["code"]) == (400, "sampling_file"), refused.content
    assert "Line 2: " in refused.json()["detail"]
    assert problem in json.dumps(refused.json(), ensure_ascii=False)
    assert (Prompt.objects.count(), stub.heard) == (0, [])
