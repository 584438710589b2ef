"""Harm that a model predicts counts where a project trusts the model and no person said anything (W01, W02, W04)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import annotation.tasks  # noqa: F401 - the handlers
from annotation.services.predictions import PREDICT_JOB
from core.content.models import Post
from core.jobs.models import Job
from core.jobs.running import job_run
from core.queue.domain.harm import Harm
from core.queue.models import Harm as HarmRow
from core.queue.models import Reveal, Slot, Ward
from core.queue.services import harms_find, harms_state
from core.queue.services.protection import person_protection_set
from tests.annotation import material
from tests.annotation.test_exchange import exchange
from tests.world import Caller, World

Call = Callable[[str], Caller]


def trust(world: World, *, expects: dict[str, Any] | None = None, **changed: Any) -> Any:
    """Have the manager trust the detector on hate, from a confidence of 0.8 on."""
    call = Caller(world.person("manager"))
    address = f"/api/projects/{world.project.pk}/protection/"
    settings = call.get(address).json()["project"]
    settings["clauses"] = [{"clause_key": "hate", "category": "hate"}]
    settings["expects"] = expects or settings["expects"]
    trusted = {"clause_key": "hate", "model": "detector", "version": "", "confidence_from": 0.8, **changed}
    settings["predictions"] = [trusted] if trusted["confidence_from"] is not None else []
    return call.put(address, settings)


def work_off() -> None:
    """Run what waits to be predicted, as a worker would."""
    for job in Job.objects.filter(kind=PREDICT_JOB, state="queued").order_by("pk"):
        job_run(job.pk)


def two_posts(world: World, **said: Any) -> tuple[Post, Post]:
    """Two posts to label; of the first a model says something."""
    release = material.release_once(world)
    told, other = material.post_make(world), material.post_make(world)
    material.tasks_make(world, release, [told, other], overlap=1)
    material.suggest(world, release, told, **{"answer": "yes", "severity": 2, "confidence": 0.9, **said})
    return told, other


def ward(post: Post) -> tuple[int, list[str]]:
    """The sort of post that the queue takes it for: severity (−1: nothing known) and harm words."""
    number = Slot.objects.get(task__post=post).ward_id or 0
    if number == 0:
        return (-1, [])
    found = Ward.objects.get(pk=number)
    return found.severity, found.keys


def test_nobody_trusts_a_model_unless_the_project_says_so(world: World, call_as: Call) -> None:
    told, _ = two_posts(world)
    assert ward(told) == (-1, [])
    assert (
        call_as("manager")
        .get(f"/api/projects/{world.project.pk}/protection/")
        .json()["project"]["predictions"]
        == []
    )
    assert not Job.objects.filter(kind=PREDICT_JOB).exists()


def test_w02_a_post_held_for_severe_goes_only_to_those_who_agreed(world: World, call_as: Call) -> None:
    assert trust(world).status_code == 200
    told, other = two_posts(world)
    assert ward(told) == (3, ["hate3"])
    handed = exchange(call_as("annotator"), world, take=2).json()["next"]
    assert [bundle["post"]["id"] for bundle in handed] == [str(other.pk)]
    person_protection_set(world.actor("annotator2"), {"consents": [{"category": "hate", "up_to": 3}]})
    (severe,) = exchange(call_as("annotator2"), world, take=2).json()["next"]
    said = severe["protection"]
    assert (said["severity"], said["categories"]) == (3, ["hate"])
    assert (said["known_from"], said["is_known"]) == ("predicted", False)
    assert said["cover"]["text_covered"] is True
    assert handed[0]["protection"]["known_from"] == "expected"
    counted = Reveal.objects.get(person=world.person("annotator2"), mode="handed")
    assert (counted.severity, counted.categories) == (3, ["hate"])


@pytest.mark.parametrize(
    "said", [{"confidence": 0.79}, {"answer": "no"}, {"answer": "no", "confidence": 1.0}]
)
def test_what_a_model_is_less_sure_of_and_harmlessness_count_for_nothing(
    world: World, said: dict[str, Any]
) -> None:
    trust(world)
    told, _ = two_posts(world, severity=None if said.get("answer") == "no" else 2, **said)
    assert ward(told)[0] == -1
    assert not HarmRow.objects.exists()


def test_what_people_said_stands_before_what_a_model_predicts(world: World, call_as: Call) -> None:
    trust(world)
    told, other = two_posts(world)
    harms_state({told.pk: Harm(1, ("other",))})
    assert ward(told) == (1, ["other1"])
    handed = exchange(call_as("annotator"), world, take=2).json()["next"]
    assert {bundle["protection"]["known_from"] for bundle in handed} == {"stated", "expected"}
    assert {bundle["post"]["id"] for bundle in handed} == {str(told.pk), str(other.pk)}


def test_a_decision_takes_its_place_in_the_queue_and_tells_nothing_in_the_cover(
    world: World, call_as: Call
) -> None:
    trust(world)
    told, _ = two_posts(world, severity=1)
    person_protection_set(world.actor("annotator"), {"consents": [{"category": "hate", "up_to": 4}]})
    caller = call_as("annotator")
    bundles = exchange(caller, world, take=2).json()["next"]
    (held,) = [one for one in bundles if one["post"]["id"] == str(told.pk)]
    harms_find({told.pk: Harm(0)})
    assert HarmRow.objects.get(post=told).severity == 0
    again = caller.get(f"/api/leases/{held['lease']['id']}/label/").json()
    assert again["protection"] == held["protection"]
    assert again["protection"]["known_from"] == "predicted"


def test_a_prediction_only_adds_to_what_the_project_expects(world: World) -> None:
    trust(world, expects={"severity": 3, "categories": ["violence"]})
    told, _ = two_posts(world, severity=1)
    row = HarmRow.objects.get(post=told)
    assert (row.severity, row.keys) == (3, ["hate3", "violence3"])


def test_a_change_of_trust_is_worked_through_and_can_be_taken_back(world: World) -> None:
    told, other = two_posts(world)
    assert trust(world).status_code == 200
    job = Job.objects.get(kind=PREDICT_JOB)
    work_off()
    job.refresh_from_db()
    assert job.result == {"posts": 1, "harmful": 1}
    assert ward(told) == (3, ["hate3"])
    trust(world, confidence_from=0.95)
    work_off()
    assert (ward(told), ward(other)) == ((-1, []), (-1, []))
    trust(world, confidence_from=0.8, version="2")
    work_off()
    assert ward(told)[0] == 3
    trust(world, confidence_from=None)
    work_off()
    assert ward(told)[0] == -1
    assert not HarmRow.objects.exists()


def test_a_model_is_trusted_only_about_a_sorted_clause(world: World, call_as: Call) -> None:
    settings = call_as("manager").get(f"/api/projects/{world.project.pk}/protection/").json()["project"]
    settings["predictions"] = [{"clause_key": "hate", "model": "detector"}]
    refused = call_as("manager").put(f"/api/projects/{world.project.pk}/protection/", settings)
    assert refused.status_code == 400
    assert "which kind of harm" in refused.content.decode()
