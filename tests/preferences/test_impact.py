from __future__ import annotations

from typing import Any

import pytest
from django.db.models.functions import Now

from core.content.models import Post
from core.queue.models import Task
from policies.selectors import meaning_changes
from policies.selectors.campaign_findings import campaign_findings
from policies.services import (
    CitingRecord,
    MeasuredTime,
    Place,
    RecordFilter,
    RecordsSought,
    Renewed,
    StoppedMeaning,
    campaign_start,
)
from policies.services.campaign_tasks import campaign_make_tasks
from preferences.models import ComparisonDecision, GoldPair
from preferences.services import gold_pair_make
from preferences.services.impact import PreferenceImpact
from tests.annotation import material as labelling
from tests.preferences import material
from tests.preferences.material import document, judge
from tests.world import World

impact = PreferenceImpact()


@pytest.fixture
def changed(world: World) -> tuple[World, list[StoppedMeaning]]:
    """Three judged comparisons, then a change of what ``helpful`` means."""
    release = material.release_make(world)
    material.comparisons_make(world, 3, language="de")
    material.tasks_make(world)
    refused = {"position": "first", "acceptable": False, "clause_keys": ["weapons"]}
    for _ in range(3):
        judge(world, "annotator", answer=document(2, responses=[refused]))
    later = material.release_changed(world, release, clause_key="helpful", question="Which one solves it?")
    (change,) = meaning_changes(release.id, later.id)
    assert change.before is not None
    return world, [StoppedMeaning(change.clause_key, change.before, change.after)]


def test_judgments_and_decisions_citing_a_changed_axis_are_counted_with_their_share_of_time(
    changed: tuple[World, list[StoppedMeaning]],
) -> None:
    world, stopped = changed
    counts = impact.count(project_id=world.project.pk, stopped=stopped)
    found = {(row.noun, row.language): (row.count, row.time) for row in counts}
    assert found == {
        ("judgments", "de"): (3, MeasuredTime(median_ms=15_000, timings=3)),
        ("comparison decisions", "de"): (3, None),
    }


def test_response_assessments_citing_a_changed_clause_are_counted(
    changed: tuple[World, list[StoppedMeaning]],
) -> None:
    world, _ = changed
    counts = impact.count(project_id=world.project.pk, stopped=[StoppedMeaning("weapons", 1, 2)])
    assert [(row.noun, row.count) for row in counts] == [("response assessments", 3)]


def test_known_pairs_whose_axis_changes_are_counted_and_listed_while_they_are_in_use(world: World) -> None:
    material.release_make(world)
    pairs = material.comparisons_make(world, 2, language="de")
    for pair in pairs:
        gold_pair_make(world.actor("reviewer"), pair.pk, answers={"helpful": ["a", "tie"]})
    meaning = StoppedMeaning("helpful", 1, 2)

    def told() -> list[tuple[str, str, int]]:
        rows = impact.count(project_id=world.project.pk, stopped=[meaning])
        return [(row.noun, row.language, row.count) for row in rows]

    assert told() == [("gold items", "de", 2)]
    newest, oldest = impact.records(RecordsSought(world.project.pk, meaning, "gold items", 5))
    assert (newest.target_id, oldest.target_id) == (pairs[1].pk, pairs[0].pk)
    assert newest.answer == "a, tie"
    GoldPair.objects.filter(comparison=pairs[1]).update(
        retired_at=Now(), retired_by=world.person("reviewer"), retired_because="Too easy."
    )
    assert told() == [("gold items", "de", 1)]


def test_where_people_decided_nothing_no_decision_stops(world: World) -> None:
    material.release_make(world)
    material.comparisons_make(world)
    material.tasks_make(world, overlap=2)
    judge(world, "annotator", answer=document(2))
    judge(world, "annotator2", answer=document(-2))
    meaning = StoppedMeaning("helpful", 1, 2)
    assert ComparisonDecision.objects.filter(clause_key="helpful").latest("id").outcome == "none"
    assert [row.noun for row in impact.count(project_id=world.project.pk, stopped=[meaning])] == ["judgments"]
    assert impact.records(RecordsSought(world.project.pk, meaning, "comparison decisions", 5)) == []


@pytest.mark.parametrize("noun", ["judgments", "comparison decisions", "response assessments"])
def test_what_is_counted_is_listed_page_by_page(
    changed: tuple[World, list[StoppedMeaning]], noun: str
) -> None:
    world, stopped = changed
    meaning = StoppedMeaning("weapons", 1, 2) if noun == "response assessments" else stopped[0]
    found: list[CitingRecord] = []
    for wanted in (RecordFilter(language="de"), RecordFilter(language="en")):
        after: Place | None = None
        while page := impact.records(RecordsSought(world.project.pk, meaning, noun, 2, wanted, after)):
            found += page
            after = page[-1].place
    assert len({row.id for row in found}) == len(found) == 3
    assert {row.language for row in found} == {"de"}
    assert {row.answer for row in found} == {"" if noun == "response assessments" else "b"}


def test_an_affected_comparison_names_the_post_it_is_about(world: World) -> None:
    release = material.release_make(world)
    post = labelling.post_make(world, external_id="upload-7")
    material.comparisons_make(world, post_external_id="upload-7")
    material.tasks_make(world)
    judge(world, "annotator")
    later = material.release_changed(world, release, clause_key="helpful", question="Which one solves it?")
    (change,) = meaning_changes(release.id, later.id)
    assert change.before is not None
    stopped = [StoppedMeaning(change.clause_key, change.before, change.after)]
    (item,) = impact.affected(project_id=world.project.pk, stopped=stopped, after=None, limit=9)
    assert item.post_id == post.pk


def test_affected_comparisons_come_by_pages_until_they_are_judged_again(
    changed: tuple[World, list[StoppedMeaning]],
) -> None:
    world, stopped = changed
    project_id = world.project.pk
    first = impact.affected(project_id=project_id, stopped=stopped, after=None, limit=2)
    rest = impact.affected(project_id=project_id, stopped=stopped, after=first[-1].item_id, limit=2)
    ids = [item.item_id for item in [*first, *rest]]
    assert ids == sorted(set(ids))
    assert len(ids) == 3
    assert first[0].kind == "compare"
    assert first[0].old_answers == [{"clause_key": "helpful", "choice": "prefer", "value": 2}]
    material.tasks_make(world, comparison_ids=[ids[0]], clause_keys=["helpful"])
    judge(world, "annotator2", answer={"axes": [material.axis("helpful", 1)]})
    left = impact.affected(project_id=project_id, stopped=stopped, after=None, limit=9)
    assert [item.item_id for item in left] == ids[1:]


def test_what_a_campaign_would_ask_is_counted_as_it_would_be_gone_through(
    changed: tuple[World, list[StoppedMeaning]],
) -> None:
    world, stopped = changed
    scope: dict[str, Any] = {"project_id": world.project.pk, "stopped": stopped}
    ids = [item.item_id for item in impact.affected(**scope, after=None, limit=9)]
    assert list(impact.affected_ids(**scope)) == ids
    assert impact.affected_count(**scope) == len(ids) == 3
    only = impact.affected(**scope, after=None, limit=9, among=[ids[1]])
    assert [item.item_id for item in only] == [ids[1]]
    material.tasks_make(world, comparison_ids=[ids[2]], clause_keys=["helpful"])
    judge(world, "annotator2", answer={"axes": [material.axis("helpful", 1)]})
    left = [item.item_id for item in impact.affected(**scope, after=None, limit=9)]
    assert list(impact.affected_ids(**scope)) == left == ids[:2]
    assert impact.affected_count(**scope) == 2


def test_a_comparison_about_a_hidden_post_is_not_asked_again(world: World) -> None:
    release = material.release_make(world)
    post = labelling.post_make(world, external_id="upload-8")
    material.comparisons_make(world, post_external_id="upload-8")
    material.tasks_make(world)
    judge(world, "annotator")
    stopped = [StoppedMeaning("helpful", release.clauses["helpful"].meaning_revision, 2)]
    scope: dict[str, Any] = {"project_id": world.project.pk, "stopped": stopped}
    assert impact.affected_count(**scope) == 1
    Post.objects.filter(pk=post.pk).update(is_hidden=True)
    assert impact.affected(**scope, after=None, limit=9) == []
    assert impact.affected_count(**scope) == 0


def test_a_judgment_that_was_on_its_way_when_the_rule_changed_is_asked_again_too(world: World) -> None:
    first = material.release_make(world)
    judged, late = sorted(material.comparisons_make(world, 2), key=lambda comparison: comparison.pk)
    material.tasks_make(world, comparison_ids=[judged.pk])
    judge(world, "annotator")
    material.tasks_make(world)
    lease = material.lease_make(world, "annotator")
    assert lease.task.comparison_id == late.pk
    second = material.release_changed(world, first, clause_key="helpful", question="Which one solves it?")
    campaign = campaign_start(
        world.actor("policy_editor"), project_id=world.project.pk, release_id=second.id, against_id=first.id
    )
    campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=lambda _: None)

    def asked() -> list[tuple[Any, list[str]]]:
        tasks = Task.objects.filter(source_id=campaign.pk).order_by("comparison_id")
        return list(tasks.values_list("comparison_id", "clause_keys"))

    assert asked() == [(judged.pk, ["helpful"])]
    material.submit(world.actor("annotator"), lease, document(1))
    assert asked() == [(judged.pk, ["helpful"]), (late.pk, ["helpful"])]


def test_an_axis_that_is_gone_leaves_nothing_to_ask(changed: tuple[World, list[StoppedMeaning]]) -> None:
    world, _ = changed
    stopped = [StoppedMeaning("helpful", 1, None)]
    assert impact.affected(project_id=world.project.pk, stopped=stopped, after=None, limit=9) == []


def test_findings_tell_which_comparisons_a_campaign_has_turned(world: World) -> None:
    release = material.release_make(world)
    material.comparisons_make(world, 3, language="de")
    material.tasks_make(world)
    for _ in range(3):
        judge(world, "annotator", answer=document(2))
    later = material.release_changed(world, release, clause_key="helpful", question="Which one solves it?")
    campaign = campaign_start(
        world.actor("policy_editor"),
        project_id=world.project.pk,
        release_id=later.id,
        against_id=release.id,
    )
    campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=lambda _: None)

    def found() -> dict[str, Renewed]:
        findings = campaign_findings(world.actor("manager"), campaign.pk)
        return {"all": findings.items, **{row.clause_key: row for row in findings.clauses}}

    assert found()["helpful"] == Renewed("helpful", "de", asked=3, renewed=0, compared=0, changed=0)
    for value in (-2, 1):
        judge(world, "annotator", answer={"axes": [material.axis("helpful", value)]})
    told = found()
    assert set(told) == {"all", "helpful"}, "the other axis means the same and is not asked"
    assert told["helpful"] == Renewed("helpful", "de", asked=3, renewed=2, compared=2, changed=1)
    assert told["all"] == Renewed("", "", asked=3, renewed=2, compared=2, changed=1)
    judge(world, "annotator", answer={"axes": [material.axis("helpful")]})
    assert found()["all"] == Renewed("", "", asked=3, renewed=3, compared=3, changed=2), (
        "a tie is another outcome"
    )
