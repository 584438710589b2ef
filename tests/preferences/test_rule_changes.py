"""Judges of pairs are told of a changed rule as labellers are: once, and beside the words it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.accounts.services import languages_set
from core.queue.services import lease_next
from policies.selectors import ReleaseView
from policies.services import campaign_start
from policies.services.campaign_tasks import campaign_make_tasks
from tests.preferences import material
from tests.world import Caller, World

CallAs = Callable[[str], Caller]


def _changed(world: World, **pair: Any) -> tuple[ReleaseView, ReleaseView]:
    first = material.release_make(world)
    material.comparisons_make(world, 1, **pair)
    material.tasks_make(world, overlap=1)
    material.judge(world, "annotator")
    return first, material.release_changed(
        world, first, clause_key="helpful", question="Which one solves it?"
    )


def test_who_judged_under_the_earlier_release_is_told_by_their_judgments(
    world: World, call_as: CallAs
) -> None:
    first, second = _changed(world)
    path = f"/api/projects/{world.project.pk}/rule-changes/{second.id}/"
    told = call_as("annotator").get(path).json()
    assert told == {"former": {"id": str(first.id), "label": first.label}, "is_told": False}
    assert call_as("annotator2").get(path).json()["former"] is None, "who never judged has nothing to unlearn"


def test_a_pair_that_a_campaign_asks_again_says_against_which_release(world: World, call_as: CallAs) -> None:
    first, second = _changed(world)
    ordered = campaign_start(
        world.actor("policy_editor"),
        project_id=world.project.pk,
        release_id=second.id,
        against_id=first.id,
    )
    campaign_make_tasks(campaign_id=ordered.pk, requested_by_id=None, progress=lambda _: None)
    lease = material.lease_make(world, "annotator2")
    bundle = call_as("annotator2").get(f"/api/leases/{lease.pk}/comparison/").json()
    assert bundle["campaign"] == {"campaign_id": str(ordered.pk), "against_id": str(first.id)}
    assert [answer["clause_key"] for answer in bundle["old_answers"]] == ["helpful"]


def test_other_pairs_are_asked_for_no_campaign(world: World, call_as: CallAs) -> None:
    material.release_make(world)
    material.comparisons_make(world, 1)
    material.tasks_make(world)
    lease = material.lease_make(world, "annotator")
    bundle = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/").json()
    assert (bundle["campaign"], bundle["old_answers"]) == (None, [])


def test_a_pair_is_asked_again_of_those_who_read_it(world: World) -> None:
    first, second = _changed(world, language="th")
    ordered = campaign_start(
        world.actor("policy_editor"), project_id=world.project.pk, release_id=second.id, against_id=first.id
    )
    campaign_make_tasks(campaign_id=ordered.pk, requested_by_id=None, progress=lambda _: None)
    reader = world.actor("annotator2")
    languages_set(reader, languages=["en"])
    assert lease_next(reader, project=world.project, kind="compare") is None
    languages_set(reader, languages=["en", "th"])
    assert lease_next(reader, project=world.project, kind="compare") is not None
