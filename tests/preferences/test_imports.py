from __future__ import annotations

import json
from typing import Any

import pytest

from core.jobs.selectors import Job
from preferences.models import Comparison, GoldPair, Prompt, Response, SlateResponse
from preferences.services import imports
from tests.annotation.material import post_make
from tests.preferences import material
from tests.preferences.material import import_run, line
from tests.world import World


def test_a_file_becomes_comparisons_with_their_conversation_models_and_post(world: World) -> None:
    post = post_make(world, external_id="upload-7")
    turns = [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Yes?"},
        {"role": "user", "content": "Go"},
    ]
    job = import_run(
        world,
        [
            line(
                1,
                prompt=turns,
                system="Be kind.",
                post_external_id="upload-7",
                language="de",
                metadata={"batch": 4},
            ),
            line(2),
        ],
    )
    assert (job.state, job.result) == ("succeeded", {"lines": 2, "created": 2, "already_there": 0})
    comparison = Comparison.objects.select_related("prompt", "response_a", "response_b").get(
        external_id="pair-1"
    )
    assert comparison.prompt.messages == [{"role": "system", "content": "Be kind."}, *turns]
    assert (comparison.prompt.post_id, comparison.prompt.language) == (post.pk, "de")
    assert comparison.response_a.source_model == "secret-model-one"
    assert comparison.response_b.text == "Answer 1 of two."
    assert comparison.metadata == {"batch": 4}


def test_importing_a_file_again_adds_nothing(world: World) -> None:
    import_run(world, [line(1), line(2)])
    again = import_run(world, [line(1), line(2), line(3)])
    assert again.result == {"lines": 3, "created": 1, "already_there": 2}
    assert Comparison.objects.count() == 3


def test_pairs_of_one_prompt_share_it_and_the_responses_that_are_the_same(world: World) -> None:
    third = {"text": "A third.", "model": "secret-model-three"}
    first, second = line(1)["responses"]
    import_run(world, [line(1), line(1, external_id="pair-1b", responses=[first, third]),
                       line(1, external_id="pair-1c", responses=[third, second])])  # fmt: skip
    assert (Comparison.objects.count(), Prompt.objects.count(), Response.objects.count()) == (3, 1, 3)


def test_bad_lines_are_named_and_nothing_is_written(world: World) -> None:
    job = import_run(
        world,
        [
            line(1),
            b"{not json",
            line(3, responses=[{"text": str(number)} for number in range(11)]),
            b"",
            line(5, post_external_id="nowhere"),
            line(1),
            b'{"external_id": "x", "external_id": "y"}',
            b'{"prompt": "\\u0000", "responses": []}',
        ],
    )
    assert (job.state, job.error_code) == ("failed", "comparison_import")
    for said in (
        "Line 2:",
        "Line 3: A line has at most 10 responses, this one has 11.",
        "Line 5:",
        "in line 1.",
        "Line 7:",
        "Line 8:",
    ):
        assert said in job.error_detail, job.error_detail
    assert "Line 4:" not in job.error_detail
    assert not Comparison.objects.exists()


def test_changed_content_under_a_known_name_is_refused(world: World) -> None:
    import_run(world, [line(1)])
    job = import_run(world, [line(2), line(1, prompt="Another question?")])
    assert "Line 2: 'pair-1' was imported before with other content." in job.error_detail
    assert Comparison.objects.count() == 1


def test_many_problems_are_counted_and_the_first_ones_told(world: World) -> None:
    job = import_run(world, [b"[]"] * 50)
    assert "50 of the lines" in job.error_detail
    assert "And 30 more." in job.error_detail


def test_an_import_broken_off_between_batches_is_finished_by_running_it_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "BATCH_LINES", 2)
    whole = imports._write
    calls: list[int] = []

    def breaking(*args: Any) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the worker died")
        return whole(*args)

    monkeypatch.setattr(imports, "_write", breaking)
    lines = [line(number) for number in range(5)]
    assert import_run(world, lines).state == "failed"
    assert Comparison.objects.count() == 2
    assert import_run(world, lines).result == {"lines": 5, "created": 3, "already_there": 2}


def test_a_file_with_too_many_lines_is_refused_before_anything_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MOST_LINES", 2)
    assert import_run(world, [line(number) for number in range(3)]).error_code == "comparison_import_too_long"
    assert not Comparison.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_lines_of_a_batch(
    world: World, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60):
        import_run(world, [line(number) for number in range(200)])


def test_an_upload_over_http_starts_the_job_once(world: World, call_as: Any, run_jobs: Any) -> None:
    path = f"/api/projects/{world.project.pk}/comparison-imports/"
    lines = [line(1)]
    first = call_as("engineer").post(path, {"file": material.jsonl_file(lines)})
    second = call_as("engineer").post(path, {"file": material.jsonl_file(lines)})
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["id"] == second.json()["id"]
    (job,) = run_jobs()
    assert job.result == {"lines": 1, "created": 1, "already_there": 0}
    assert Job.objects.count() == 1


def test_an_upload_without_a_file_says_so(world: World, call_as: Any) -> None:
    answer = call_as("engineer").post(f"/api/projects/{world.project.pk}/comparison-imports/", {})
    assert answer.status_code in (400, 415)
    assert json.loads(answer.content)["code"]


def test_a_published_data_set_is_imported_by_its_columns(world: World) -> None:
    completions = [{"model": name, "response": f"It is {name}."} for name in ("x", "y", "z")]
    line = {"source": "evol", "instruction": "Which one?", "completions": completions}
    job = import_run(world, [line, line])
    assert job.state == "succeeded", job.error_detail
    assert job.result == {"lines": 2, "created": 1, "already_there": 1}
    members = SlateResponse.objects.order_by("place")
    assert [member.response.source_model for member in members] == ["x", "y", "z"]


def test_a_preview_tells_what_lines_become_and_stores_nothing(world: World, call_as: Any) -> None:
    transcripts = {
        "chosen": "\n\nHuman: Hi!\n\nAssistant: Hello.",
        "rejected": "\n\nHuman: Hi!\n\nAssistant: No.",
    }
    body = {"lines": [json.dumps(transcripts), "{", json.dumps({"text": "alone"})]}
    answer = call_as("engineer").post(f"/api/projects/{world.project.pk}/comparison-imports/preview/", body)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["shape"], told["comparisons"], told["left_out"]) == ("hh-rlhf", 1, 0)
    assert [response["text"] for response in told["shown"][0]["responses"]] == ["Hello.", "No."]
    assert [problem["line"] for problem in told["problems"]] == [2, 3]
    assert not Comparison.objects.exists()


GOLD = {"answers": {"helpful": ["a", "tie"]}, "kind": "attention", "explanation": "B is empty."}


def test_known_answers_come_with_a_file_of_somebody_who_keeps_gold(world: World) -> None:
    material.release_make(world)
    for _ in range(2):
        job = import_run(world, [line(1, gold=GOLD), line(2)], person="manager")
        assert job.state == "succeeded", job.error_detail
    item = GoldPair.objects.get()
    assert (item.kind, item.comparison.external_id, item.explanation) == (
        "attention",
        "pair-1",
        "B is empty.",
    )
    assert item.answers.get().outcomes == ["a", "tie"]


@pytest.mark.parametrize(
    ("person", "answers", "said"),
    [
        ("engineer", {"helpful": ["a"]}, "takes somebody who keeps gold"),
        ("manager", {"weapons": ["a"]}, "gold.answers.weapons: The release has no such axis."),
        ("manager", {"helpful": ["left"]}, "Outcomes are a, b, tie"),
    ],
)
def test_a_known_answer_that_cannot_be_kept_is_named_with_its_line(
    world: World, person: str, answers: Any, said: str
) -> None:
    material.release_make(world)
    job = import_run(world, [line(1, gold={"answers": answers})], person=person)
    assert job.state == "failed"
    assert "Line 1: " in job.error_detail
    assert said in job.error_detail
    assert not Comparison.objects.exists()
