from __future__ import annotations

import pytest

from policies.selectors import meaning_changes
from policies.services import StoppedMeaning
from preferences.services.impact import PreferenceImpact
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
    found = {(row.noun, row.language): (row.count, row.active_ms) for row in counts}
    assert found == {("judgments", "de"): (3, 45_000), ("comparison decisions", ""): (3, 0)}


def test_response_assessments_citing_a_changed_clause_are_counted(
    changed: tuple[World, list[StoppedMeaning]],
) -> None:
    world, _ = changed
    counts = impact.count(project_id=world.project.pk, stopped=[StoppedMeaning("weapons", 1, 2)])
    assert [(row.noun, row.count) for row in counts] == [("response assessments", 3)]


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


def test_an_axis_that_is_gone_leaves_nothing_to_ask(changed: tuple[World, list[StoppedMeaning]]) -> None:
    world, _ = changed
    stopped = [StoppedMeaning("helpful", 1, None)]
    assert impact.affected(project_id=world.project.pk, stopped=stopped, after=None, limit=9) == []
