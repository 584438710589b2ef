"""A changed rule is told once to each person, wherever they work."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from annotation.models import RuleChangeTold
from core.accounts.models import AuditEvent
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import Caller, World

CallAs = Callable[[str], Caller]


def path(world: World, release: ReleaseView) -> str:
    return f"/api/projects/{world.project.pk}/rule-changes/{release.id}/"


@pytest.fixture
def releases(world: World) -> tuple[ReleaseView, ReleaseView]:
    first = material.release_make(world)
    return first, material.release_changed(world, first, clause_key="hate", question="Does it threaten?")


def test_who_knew_the_release_before_is_told_once_on_every_machine(
    world: World, call_as: CallAs, releases: tuple[ReleaseView, ReleaseView]
) -> None:
    first, second = releases
    caller = call_as("annotator")
    assert caller.get(path(world, first)).json() == {"former": None, "is_told": False}, (
        "the first release changes nothing"
    )
    assert caller.put(path(world, first)).status_code == 204
    told = {"former": {"id": str(first.id), "label": first.label}, "is_told": False}
    assert caller.get(path(world, second)).json() == told
    assert Caller(world.person("annotator")).get(path(world, second)).json() == told, "until it was told"
    assert caller.put(path(world, second)).status_code == 204
    for machine in (caller, Caller(world.person("annotator"))):
        assert machine.get(path(world, second)).json() == {"former": None, "is_told": True}
        assert machine.get(path(world, first)).json() == {"former": None, "is_told": True}, (
            "an older task tells nothing"
        )


def test_a_third_release_is_told_against_the_newest_that_was_known(
    world: World, call_as: CallAs, releases: tuple[ReleaseView, ReleaseView]
) -> None:
    first, second = releases
    third = material.release_changed(world, second, clause_key="spam", question="Is it advertising?")
    one, other = call_as("annotator"), call_as("annotator2")
    for release in (first, second):
        one.put(path(world, release))
    other.put(path(world, first))
    assert one.get(path(world, third)).json()["former"]["id"] == str(second.id)
    assert other.get(path(world, third)).json()["former"]["id"] == str(first.id)


def test_who_worked_before_it_was_kept_is_told_by_their_answers(world: World, call_as: CallAs) -> None:
    first = material.release_make(world)
    material.tasks_make(world, first, [material.post_make(world)], overlap=1)
    material.answer(world, "annotator", material.document())
    second = material.release_changed(world, first, clause_key="hate", question="Does it threaten?")
    assert call_as("annotator").get(path(world, second)).json()["former"]["id"] == str(first.id)
    assert call_as("annotator2").get(path(world, second)).json()["former"] is None


def test_another_policy_of_the_project_is_another_matter(world: World, call_as: CallAs) -> None:
    first = material.release_make(world)
    other = material.release_make(world, {"violence": material.HATE})
    caller = call_as("annotator")
    caller.put(path(world, first))
    assert caller.get(path(world, other)).json()["former"] is None


def test_told_twice_it_is_kept_once_and_never_changed(world: World, call_as: CallAs) -> None:
    release = material.release_make(world)
    for _ in range(2):
        assert call_as("annotator").put(path(world, release)).status_code == 204
    kept = RuleChangeTold.objects.get()
    assert (kept.person_id, kept.release_id) == (world.person("annotator").pk, release.id)
    assert AuditEvent.objects.filter(action="release.acknowledge").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleChangeTold.objects.all().delete()


def test_a_release_of_elsewhere_is_not_there(world: World, call_as: CallAs) -> None:
    material.release_make(world)
    nowhere = f"/api/projects/{world.project.pk}/rule-changes/{uuid.uuid4()}/"
    assert call_as("annotator").get(nowhere).status_code == 404
    assert call_as("annotator").put(nowhere).status_code == 404
    assert RuleChangeTold.objects.count() == 0
