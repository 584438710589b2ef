"""What is said of single responses, in ratings and by cited clauses, stops with the rule and is asked again."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from core.content.models import Post
from core.queue.models import Slot, Task
from policies.models import Campaign
from policies.selectors import ReleaseView
from policies.selectors.campaign_findings import campaign_findings
from policies.services import RecordsSought, StoppedMeaning, campaign_start
from policies.services.campaign_tasks import campaign_make_tasks
from preferences.domain.forms import Form
from preferences.errors import JudgmentInvalidError
from preferences.models import Comparison, ComparisonDecision, RatingDecision, Slate, SlateAnswer
from preferences.selectors import judged_slates
from preferences.services.impact import PreferenceImpact
from preferences.services.slate_impact import SlateImpact
from tests.preferences import material, slates
from tests.preferences.material import lease_make, submit
from tests.world import World

REFUSED = {"position": "first", "acceptable": False, "severity": 2, "clause_keys": ["weapons"]}
FINE = {"position": "first", "acceptable": True}


def changed(world: World, release: ReleaseView, clause_key: str) -> ReleaseView:
    return material.release_changed(world, release, clause_key=clause_key, question="What does it say now?")


def campaign_make(world: World, first: ReleaseView, second: ReleaseView) -> Campaign:
    ordered = campaign_start(
        world.actor("policy_editor"), project_id=world.project.pk, release_id=second.id, against_id=first.id
    )
    campaign_make_tasks(campaign_id=ordered.pk, requested_by_id=None, progress=lambda _: None)
    return ordered


def asked(campaign: Campaign) -> dict[UUID | None, tuple[list[str], str | None]]:
    tasks = Task.objects.filter(source="campaign", source_id=campaign.pk)
    return {task.comparison_id: (task.clause_keys, task.context.get("form")) for task in tasks}


def counted(world: World, key: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for row in PreferenceImpact().count(project_id=world.project.pk, stopped=[StoppedMeaning(key, 1, 2)]):
        found[row.noun] += row.count
    return dict(found)


def listed(world: World, key: str, noun: str) -> list[tuple[str, UUID]]:
    rows = PreferenceImpact().records(
        RecordsSought(world.project.pk, StoppedMeaning(key, 1, 2), noun, limit=50)
    )
    return [(row.target, row.target_id) for row in rows]


@pytest.fixture
def rated(world: World) -> ReleaseView:
    """Three responses of one prompt, rated by one person on both axes; of another prompt nobody rated any."""
    release = material.release_once(world)
    slates.slates_make(world, form="rating", size=3, overlap=1, count=2)
    slates.rank(world, "annotator", 4, 0, 2, order=(0, 1, 2))
    Task.objects.filter(state="open").update(state="withdrawn")
    Slot.objects.filter(state="open").update(state="withdrawn")
    return release


def test_ratings_are_counted_once_each_and_not_as_the_pairs_that_follow(
    world: World, rated: ReleaseView
) -> None:
    assert Comparison.objects.count() == 3
    told = {"ratings": 3, "rating decisions": 3, "comparison decisions": 3}
    assert counted(world, "helpful") == told
    slate = SlateAnswer.objects.get().slate_id
    for noun in ("ratings", "rating decisions"):
        assert listed(world, "helpful", noun) == [("slate", slate)] * 3
    assert listed(world, "helpful", "judgments") == []


def test_the_time_of_a_rating_is_its_share_of_all_that_were_given_together(
    world: World, rated: ReleaseView
) -> None:
    (row,) = [
        row
        for row in PreferenceImpact().count(
            project_id=world.project.pk, stopped=[StoppedMeaning("helpful", 1, 2)]
        )
        if row.noun == "ratings"
    ]
    assert row.time is not None
    assert row.time.median_ms == 5_000, "30 seconds over three responses and two axes"


def test_a_campaign_asks_the_rated_slate_again_on_the_changed_axis_and_none_of_its_pairs(
    world: World, rated: ReleaseView, call_as: Any
) -> None:
    later = changed(world, rated, "helpful")
    campaign = campaign_make(world, rated, later)
    slate = SlateAnswer.objects.get().slate_id
    assert asked(campaign) == {slate: (["helpful"], "rating")}
    lease = lease_of(world, "annotator2", campaign)
    slates.order_fix(lease, 2, 1, 0)
    bundle = call_as("annotator2").get(f"/api/leases/{lease.pk}/comparison/").json()
    assert [axis["key"] for axis in bundle["axes"]] == ["helpful"]
    assert bundle["old_ratings"] == [
        {"clause_key": "helpful", "position": "third", "value": 4.0},
        {"clause_key": "helpful", "position": "second", "value": 0.0},
        {"clause_key": "helpful", "position": "first", "value": 2.0},
    ]
    before = campaign_findings(world.actor("manager"), campaign.pk)
    assert (before.items.asked, before.items.renewed) == (1, 0)
    places = [
        {"position": each, "value": value} for each, value in zip(slates.POSITIONS, (2, 0, 1), strict=False)
    ]
    submit(world.actor("annotator2"), lease, {"axes": [{"clause_key": "helpful", "places": places}]})
    assert SlateAnswer.objects.count() == 2, "the old answer stands"
    anew = RatingDecision.objects.filter(clause_key="helpful", meaning_revision=2)
    assert sorted(anew.values_list("place", "value")) == [(0, 1.0), (1, 0.0), (2, 2.0)]
    assert ComparisonDecision.objects.filter(clause_key="helpful", meaning_revision=2).count() == 3
    found = campaign_findings(world.actor("manager"), campaign.pk)
    assert [(row.clause_key, row.renewed, row.changed) for row in found.clauses] == [("helpful", 1, 1)]
    scope: dict[str, Any] = {
        "project_id": world.project.pk,
        "stopped": [StoppedMeaning("helpful", 1, 2)],
    }
    for source in (SlateImpact(), PreferenceImpact()):
        assert source.affected(**scope, after=None, limit=9) == []
        assert (list(source.affected_ids(**scope)), source.affected_count(**scope)) == ([], 0)


def lease_of(world: World, person: str, campaign: Campaign) -> Any:
    lease = lease_make(world, person)
    assert lease.task.source_id == campaign.pk
    return lease


def test_stale_slates_come_by_pages_in_the_order_of_their_names_and_without_hidden_ones(world: World) -> None:
    material.release_once(world)
    slates.slates_make(world, form="rating", size=1, overlap=1, count=4)
    for _ in range(4):
        slates.rank(world, "annotator", 3, order=(0,))
    scope: dict[str, Any] = {"project_id": world.project.pk, "stopped": [StoppedMeaning("helpful", 1, 2)]}
    everything = sorted(Slate.objects.values_list("pk", flat=True))
    source = SlateImpact()
    first = source.affected(**scope, after=None, limit=3)
    rest = source.affected(**scope, after=first[-1].item_id, limit=3)
    assert [item.item_id for item in [*first, *rest]] == everything
    assert list(source.affected_ids(**scope)) == everything
    only = source.affected(**scope, after=None, limit=9, among=everything[1:2])
    assert [item.item_id for item in only] == everything[1:2]
    post = Post.objects.create(project=world.project, external_id="media", is_material=True, is_hidden=True)
    prompt = Slate.objects.get(pk=everything[0]).prompt
    prompt.material = post
    prompt.save()
    assert source.affected_count(**scope) == 3


def test_a_pair_whose_response_was_held_to_break_a_changed_clause_is_assessed_again_and_no_other(
    world: World, call_as: Any
) -> None:
    release = material.release_make(world)
    refused, fine = material.comparisons_make(world, 2)
    for pair, opinion in ((refused, REFUSED), (fine, FINE)):
        material.tasks_make(world, comparison_ids=[pair.pk])
        material.judge(world, "annotator", answer=material.document(2, responses=[opinion]), swapped=True)
    later = changed(world, release, "weapons")
    assert counted(world, "weapons") == {"response assessments": 1}
    campaign = campaign_make(world, release, later)
    assert asked(campaign) == {refused.pk: (["weapons"], None)}
    lease = lease_of(world, "annotator2", campaign)
    material.sides_fix(lease, swapped=True)
    bundle = call_as("annotator2").get(f"/api/leases/{lease.pk}/comparison/").json()
    assert (bundle["axes"], bundle["assessment_is_required"]) == ([], True)
    assert [clause["key"] for clause in bundle["assessed"]] == ["weapons"]
    assert bundle["old_citations"] == [
        {"clause_key": "weapons", "position": "first", "severity": 2, "cited_by": 1}
    ]
    with pytest.raises(JudgmentInvalidError):
        submit(world.actor("annotator2"), lease, {"axes": []})
    said = [FINE, {"position": "second", "acceptable": True}]
    submit(world.actor("annotator2"), lease, {"axes": [], "responses": said})
    found = campaign_findings(world.actor("manager"), campaign.pk)
    assert [(row.clause_key, row.compared, row.changed) for row in found.clauses] == [("weapons", 1, 1)]
    stopped = [StoppedMeaning("weapons", 1, 2)]
    assert PreferenceImpact().affected_count(project_id=world.project.pk, stopped=stopped) == 0
    decided = ComparisonDecision.objects.filter(comparison=refused, clause_key="helpful")
    assert decided.count() == 1, "what was preferred is left as it was"


def test_an_axis_and_a_clause_that_changed_together_are_asked_in_one_task(world: World) -> None:
    release = material.release_make(world)
    (pair,) = material.comparisons_make(world)
    material.tasks_make(world)
    material.judge(world, "annotator", answer=material.document(2, responses=[REFUSED]))
    later = changed(world, changed(world, release, "helpful"), "weapons")
    campaign = campaign_make(world, release, later)
    assert asked(campaign) == {pair.pk: (["helpful", "weapons"], None)}


def test_what_is_held_of_a_slates_response_counts_once_whatever_follows_from_the_answer(world: World) -> None:
    slates.slates_make(world)
    lease, given = slates.rank(world, "annotator", 1, 2, 3, 4, responses=[REFUSED])
    assert counted(world, "weapons") == {"response assessments": 1}
    assert listed(world, "weapons", "response assessments") == [("slate", SlateAnswer.objects.get().slate_id)]
    submit(world.actor("annotator"), lease, slates.ranks(1, 2, 3, 4), supersedes_id=given.pk)
    assert counted(world, "weapons") == {}


def test_of_a_slate_only_the_responses_are_assessed_again_and_its_order_stands(
    world: World, call_as: Any
) -> None:
    slates.slates_make(world, overlap=1)
    slates.rank(world, "annotator", 1, 2, 3, 4, responses=[REFUSED])
    release = material.release_once(world)
    campaign = campaign_make(world, release, changed(world, release, "weapons"))
    slate = Slate.objects.get()
    assert asked(campaign) == {slate.pk: (["weapons"], str(Form.RATING))}
    lease = lease_of(world, "annotator2", campaign)
    slates.order_fix(lease, 0, 1, 2, 3)
    said = [{"position": each, "acceptable": True} for each in slates.POSITIONS]
    submit(world.actor("annotator2"), lease, {"axes": [], "responses": said})
    assert (
        SlateImpact().affected_count(project_id=world.project.pk, stopped=[StoppedMeaning("weapons", 1, 2)])
        == 0
    )
    found = campaign_findings(world.actor("manager"), campaign.pk)
    assert [(row.clause_key, row.compared, row.changed) for row in found.clauses] == [("weapons", 1, 1)]
    assert Comparison.objects.count() == 6
    (view,) = judged_slates(world.project.pk)
    assert {answer.is_rating for answer in view.answers} == {False}
    assert sorted(len(answer.meanings) for answer in view.answers) == [0, 2]
    votes = [answer.opinions[0].acceptable for answer in view.answers if 0 in answer.opinions]
    assert votes == [True], "what was held under the earlier meaning is no vote against it"


def test_a_rating_on_its_way_when_the_rule_changed_is_asked_again_too(world: World) -> None:
    release = material.release_once(world)
    slates.slates_make(world, form="rating", size=1, overlap=1)
    lease = lease_make(world, "annotator")
    slates.order_fix(lease, 0)
    campaign = campaign_make(world, release, changed(world, release, "helpful"))
    assert asked(campaign) == {}
    submit(world.actor("annotator"), lease, slates.ranks(3))
    assert asked(campaign) == {Slate.objects.get().pk: (["helpful"], "rating")}
