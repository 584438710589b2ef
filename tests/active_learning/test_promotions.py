"""Which model of a clause suggests: people promote, go back, take away; a round's own only until they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from active_learning.models import ModelVersion, Pick, Promotion
from active_learning.selectors.uncertainty import uncertainty_picked
from active_learning.services import promotions as deciding
from annotation.models import Suggestion
from core.accounts.models import AuditEvent
from core.jobs.models import Job
from tests.active_learning import material
from tests.annotation.material import release_changed, release_once, rules
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]

pytestmark = pytest.mark.usefixtures("words")


def round_ended(world: World, call_as: Call, run_jobs: RunJobs, **changes: Any) -> ModelVersion:
    """Run a round to its end and return what it trained."""
    body = material.round_body(release_once(world), budget=3, **changes)
    started = call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", body)
    assert started.status_code == 202, started.content
    assert {job.state for job in run_jobs()} == {"succeeded"}
    return ModelVersion.objects.order_by("-number")[0]


def decide(
    caller: Caller, model: ModelVersion, what: str = "promotion", *, after: int, reason: str = "Better."
) -> Any:
    return caller.post(f"/api/models/{model.pk}/{what}/", {"after": after, "reason": reason})


def states(caller: Caller, world: World) -> dict[int, str]:
    listed = caller.get(f"/api/projects/{world.project.pk}/models/").json()["results"]
    return {row["number"]: row["state"] for row in listed}


def handed_out(caller: Caller, world: World, *, take: int = 1) -> list[Any]:
    """Take the next posts; return what is suggested for them."""
    answered = caller.post(f"/api/projects/{world.project.pk}/label/exchange/", {"take": take})
    told = [bundle["suggestions"] for bundle in answered.json()["next"]]
    return [suggestion for one in told if one is not None for suggestion in one["suggestions"]]


def two_models(world: World, call_as: Call, run_jobs: RunJobs) -> tuple[ModelVersion, ModelVersion]:
    material.decided_world(world)
    return round_ended(world, call_as, run_jobs), round_ended(world, call_as, run_jobs, seed=6)


def test_the_newest_rounds_model_is_promoted_until_a_person_decides(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    first, second = two_models(world, call_as, run_jobs)
    manager = call_as("manager")
    assert states(manager, world) == {1: "was_promoted", 2: "promoted"}
    told = decide(manager, first, after=2, reason="Version 2 suggests spam everywhere.")
    assert told.status_code == 200, told.content
    third = round_ended(world, call_as, run_jobs, seed=7)
    assert states(manager, world) == {1: "promoted", 2: "was_promoted", 3: "never"}
    held = told.json()["promotions"][0]
    assert (held["kind"], held["model_number"], held["reason"]) == (
        "promoted",
        1,
        "Version 2 suggests spam everywhere.",
    )
    assert held["decided_by"] == world.person("manager").display_name
    # What the third round asks about, the first model suggests for.
    assert set(Suggestion.objects.filter(source_id=third.pk)) == set()
    newest = Suggestion.objects.order_by("-pk")[0]
    assert newest.source_id == first.pk
    assert AuditEvent.objects.filter(action="model.promote", target_id=str(first.pk)).count() == 2
    assert second.pk != third.pk


def test_a_person_keeps_the_model_its_round_promoted(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world)
    first = round_ended(world, call_as, run_jobs)
    assert decide(call_as("engineer"), first, after=1).status_code == 200
    again = decide(call_as("engineer"), first, after=2)
    assert (again.status_code, again.json()["code"]) == (409, "model_promoted")
    round_ended(world, call_as, run_jobs, seed=6)
    assert states(call_as("engineer"), world) == {1: "promoted", 2: "never"}


def test_going_back_leads_to_the_model_before_and_not_further(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    first, second = two_models(world, call_as, run_jobs)
    engineer = call_as("engineer")
    told = engineer.get(f"/api/models/{second.pk}/").json()
    assert (told["ordinal"], told["before"]["number"]) == (2, 1)
    back = decide(engineer, second, "rollback", after=2, reason="It misses adverts.")
    assert back.status_code == 200, back.content
    assert states(engineer, world) == {1: "promoted", 2: "was_promoted"}
    assert engineer.get(f"/api/models/{first.pk}/").json()["before"] is None
    further = decide(engineer, first, "rollback", after=3)
    assert (further.status_code, further.json()["code"]) == (409, "no_model_before")
    assert AuditEvent.objects.filter(action="model.roll_back").count() == 1


def test_what_a_withdrawn_model_proposed_is_shown_to_nobody(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world)
    model = round_ended(world, call_as, run_jobs)
    rules(world)

    assert len(handed_out(call_as("annotator"), world)) == 1
    assert decide(call_as("manager"), model, "withdrawal", after=1).status_code == 200
    assert handed_out(call_as("annotator2"), world) == []
    assert states(call_as("manager"), world) == {1: "was_promoted"}
    refused = call_as("engineer").post(f"/api/models/{model.pk}/suggestions/")
    assert (refused.status_code, refused.json()["code"]) == (409, "model_not_promoted")
    # A round that comes after promotes nothing by itself: a person wanted none.
    round_ended(world, call_as, run_jobs, seed=6)
    assert states(call_as("manager"), world) == {1: "was_promoted", 2: "never"}


def test_after_going_back_the_older_model_has_the_last_word(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    first, second = two_models(world, call_as, run_jobs)
    rules(world)
    decide(call_as("engineer"), second, "rollback", after=2)
    assert {job.state for job in run_jobs()} == {"succeeded"}
    told = handed_out(call_as("annotator"), world, take=3)
    assert {one["version"] for one in told} == {str(first.number)}
    assert len(told) == 3


def test_of_two_who_decide_at_once_one_is_told(
    world: World, call_as: Call, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_models(world, call_as, run_jobs)
    seen = Promotion.objects.get(ordinal=2)
    assert decide(call_as("engineer"), first, after=2).status_code == 200
    late = decide(call_as("manager"), second, after=2)
    assert (late.status_code, late.json()["code"]) == (409, "promotion_passed")
    # Both read before either wrote: the place of the second in the row is taken.
    monkeypatch.setattr(deciding, "promotion_newest", lambda *_: seen)
    at_once = decide(call_as("manager"), second, "withdrawal", after=2)
    assert (at_once.status_code, at_once.json()["code"]) == (409, "promotion_passed")
    assert Promotion.objects.count() == 3


def test_a_model_of_a_meaning_that_has_passed_does_not_suggest(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    first, second = two_models(world, call_as, run_jobs)
    release_changed(world, release_once(world), clause_key="spam", question="Is it advertising at all?")
    told = call_as("engineer").get(f"/api/models/{second.pk}/").json()
    assert (told["state"], told["meaning_holds"]) == ("promoted", False)
    for answer in (
        decide(call_as("engineer"), first, after=2),
        decide(call_as("engineer"), second, "rollback", after=2),
        call_as("engineer").post(f"/api/models/{second.pk}/suggestions/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "model_meaning_passed")
    assert decide(call_as("engineer"), second, "withdrawal", after=2).status_code == 200


def test_a_reason_is_asked_for(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world)
    model = round_ended(world, call_as, run_jobs)
    assert decide(call_as("engineer"), model, after=1, reason="  ").status_code == 400


def test_promotions_are_facts(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world)
    round_ended(world, call_as, run_jobs)
    for statement in ("UPDATE {} SET reason = 'x'", "DELETE FROM {}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format("active_learning_promotion"))


def test_campaigns_ask_first_what_the_promoted_model_is_unsure_of(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    first, second = two_models(world, call_as, run_jobs)
    picked = {
        model.pk: list(Pick.objects.filter(round__model=model).values_list("post_id", flat=True))
        for model in (first, second)
    }
    every = [post for posts in picked.values() for post in posts]

    def told() -> set[Any]:
        return set(uncertainty_picked(project_id=world.project.pk, clause_keys=["spam"], post_ids=every))

    assert told() == set(picked[second.pk])
    decide(call_as("engineer"), first, after=2)
    assert told() == set(picked[first.pk])
