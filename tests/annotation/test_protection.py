"""How the room of work is told what is shut and how a post is covered (W01, W04, W08), and nothing more."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from core.queue.domain.harm import Harm, severity_of_step
from core.queue.models import Harm as HarmRow
from core.queue.models import Lease, Slot
from core.queue.services import harms_find, harms_state
from core.queue.services.protection import person_protection_set, project_protection_set
from tests.annotation import material
from tests.annotation.test_exchange import answer_to, exchange, work_make
from tests.world import Caller, World

Call = Callable[[str], Caller]


def test_w08_an_answer_before_a_break_is_kept_and_what_was_held_ahead_is_taken_back(
    world: World, call_as: Call
) -> None:
    work_make(world, 4)
    caller = call_as("annotator")
    on_screen, ahead = exchange(caller, world, take=2).json()["next"]
    caller.post("/api/me/breaks/", {"minutes": 10})
    done = exchange(caller, world, answer=answer_to(on_screen), holding=[ahead["lease"]["id"]]).json()
    assert done["answer"]["counts"] is True
    assert (done["next"], done["over"]) == ([], [ahead["lease"]["id"]])
    assert done["closed"]["why"] == "break"
    assert done["closed"]["may_end"] is True
    assert Lease.objects.get(pk=ahead["lease"]["id"]).state == "expired"
    assert Slot.objects.filter(state="open").count() == 3
    shut = caller.get(f"/api/leases/{on_screen['lease']['id']}/label/")
    assert shut.status_code == 200, "what one answered can be looked at again"
    caller.delete("/api/me/breaks/")
    again = exchange(caller, world, take=1).json()
    assert again["closed"] is None
    assert again["next"][0]["task"]["id"] == ahead["task"]["id"], "it comes back to the same person"


def test_w08_a_bundle_is_not_opened_during_a_break(world: World, call_as: Call) -> None:
    work_make(world, 1)
    caller = call_as("annotator")
    (held,) = exchange(caller, world).json()["next"]
    caller.post("/api/me/breaks/", {"minutes": 10})
    refused = caller.get(f"/api/leases/{held['lease']['id']}/label/")
    assert (refused.status_code, refused.json()["code"]) == (409, "work_closed")
    idle = exchange(caller, world).json()
    assert (idle["next"], idle["closed"]["why"]) == ([], "break")
    # Without an answer nothing is taken from the screen.
    kept = exchange(caller, world, holding=[held["lease"]["id"]]).json()
    assert (kept["over"], kept["closed"]["why"]) == ([], "break")


def test_w04_a_bundle_says_how_its_post_is_covered(world: World, call_as: Call) -> None:
    release = material.release_make(world)
    known, unknown = material.post_make(world), material.post_make(world)
    harms_state({known.pk: Harm(2, ("hate",))})
    material.tasks_make(world, release, [known, unknown], overlap=1)
    person_protection_set(
        world.actor("annotator"),
        {"cover": {"blur": 40}, "covers": [{"category": "hate", "severity": 1, "grey": False}]},
    )
    first, second = exchange(call_as("annotator"), world, take=2).json()["next"]
    by_post = {bundle["post"]["id"]: bundle["protection"] for bundle in (first, second)}
    grave = by_post[str(known.pk)]
    assert (grave["severity"], grave["categories"], grave["is_known"]) == (2, ["hate"], True)
    assert grave["cover"] == {
        "covered": True,
        "blur": 40,
        "grey": False,
        "muted": True,
        "paused": True,
        "text_covered": True,
        "size": 100,
        "rate": 1.0,
    }
    plain = by_post[str(unknown.pk)]
    assert (plain["severity"], plain["is_known"]) == (1, False)
    assert (plain["cover"]["text_covered"], plain["cover"]["grey"]) == (False, True)


def test_the_covering_tells_nothing_of_what_was_decided(world: World, call_as: Call) -> None:
    """A post that others found grave is covered as one nobody has seen: the answer must not be told."""
    release = material.release_make(world)
    plain, decided = material.post_make(world), material.post_make(world)
    harms_find({decided.pk: Harm(2, ("hate",))})
    material.tasks_make(world, release, [plain, decided], overlap=1)
    first, second = exchange(call_as("annotator"), world, take=2).json()["next"]
    assert json.dumps(first["protection"]) == json.dumps(second["protection"])


@pytest.mark.parametrize(
    ("hate", "severity", "found"), [("yes", 1, 1), ("yes", 2, 3), ("yes", 3, 4), ("no", None, 0)]
)
def test_a_decision_on_a_sorted_clause_tells_the_queue_how_grave_a_post_is(
    world: World, hate: str, severity: int | None, found: int
) -> None:
    release = material.release_make(world)
    post = material.post_make(world)
    material.tasks_make(world, release, [post], overlap=1)
    clauses = [{"clause_key": "hate", "category": "hate"}]
    project_protection_set(world.actor("manager"), world.project, {"clauses": clauses})
    material.answer(world, "annotator", material.document(hate, severity=severity or 2))
    row = HarmRow.objects.get(post=post)
    assert (row.severity, row.keys) == (found, [f"hate{found}"] if found else [])
    assert row.stated_severity is None


def test_a_decision_on_a_clause_nobody_sorted_tells_nothing(world: World) -> None:
    release = material.release_make(world)
    post = material.post_make(world)
    material.tasks_make(world, release, [post], overlap=1)
    material.answer(world, "annotator", material.document("yes"))
    assert not HarmRow.objects.exists()


def test_steps_of_a_scale_lie_between_mild_and_extreme() -> None:
    assert [severity_of_step(step, [1, 2, 3]) for step in (1, 2, 3)] == [1, 3, 4]
    assert [severity_of_step(step, [0, 10, 20, 30, 40]) for step in (0, 10, 20, 30, 40)] == [1, 2, 3, 3, 4]
    assert severity_of_step(7, [7]) == severity_of_step(9, [1, 2]) == 2


def test_the_sum_of_a_day_is_one_s_own(world: World, call_as: Call) -> None:
    other: Any = call_as("annotator2").get("/api/me/meter/").json()
    assert (other["seconds_day"], other["items_day"], other["closed"]) == (0, 0, None)
