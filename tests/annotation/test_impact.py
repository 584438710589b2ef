from __future__ import annotations

from annotation.services.impact import AnnotationImpact
from policies.selectors import meaning_changes
from policies.services import StoppedMeaning
from tests.annotation import material
from tests.world import World

impact = AnnotationImpact()


def test_answers_and_decisions_citing_a_changed_meaning_are_counted_with_their_time(world: World) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world, language="de")])
    material.answer(world, "annotator", material.document("yes"), active_ms=4_000)
    material.answer(world, "annotator2", material.document("yes"), active_ms=2_000)
    later = material.release_changed(world, release, clause_key="hate", question="Does it attack people?")
    (change,) = meaning_changes(release.id, later.id)
    assert change.before is not None
    stopped = [StoppedMeaning(change.clause_key, change.before, change.after)]
    counts = impact.count(project_id=world.project.pk, stopped=stopped)
    found = {(row.noun, row.language, row.severity): (row.count, row.active_ms) for row in counts}
    assert found == {("answers", "de", 2): (2, 3_000), ("decisions", "de", 2): (1, 0)}


def test_affected_posts_come_with_what_was_answered_until_they_are_answered_again(world: World) -> None:
    release = material.release_make(world)
    posts = [material.post_make(world) for _ in range(3)]
    material.tasks_make(world, release, posts, overlap=1)
    for _ in posts:
        material.answer(world, "annotator", material.document("yes"))
    later = material.release_changed(world, release, clause_key="hate", question="Does it attack people?")
    (change,) = meaning_changes(release.id, later.id)
    assert change.before is not None
    stopped = [StoppedMeaning("hate", change.before, change.after)]
    project_id = world.project.pk
    first = impact.affected(project_id=project_id, stopped=stopped, after=None, limit=2)
    rest = impact.affected(project_id=project_id, stopped=stopped, after=first[-1].item_id, limit=2)
    assert [item.item_id for item in [*first, *rest]] == sorted(post.pk for post in posts)
    assert first[0].clause_keys == ("hate",)
    assert first[0].old_answers[0]["answer"] == "yes"
    material.tasks_make(world, later, [posts[0]], overlap=1, clause_keys=["hate"])
    again = {"verdicts": [{"clause_key": "hate", "answer": "no"}]}
    material.answer(world, "annotator2", again)
    left = impact.affected(project_id=project_id, stopped=stopped, after=None, limit=9)
    assert posts[0].pk not in [item.item_id for item in left]


def test_a_clause_that_is_gone_leaves_nothing_to_ask(world: World) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world)], overlap=1)
    material.answer(world, "annotator", material.document())
    revision = release.clauses["spam"].meaning_revision
    stopped = [StoppedMeaning("spam", revision, None)]
    assert impact.affected(project_id=world.project.pk, stopped=stopped, after=None, limit=9) == []
    assert sum(row.count for row in impact.count(project_id=world.project.pk, stopped=stopped)) == 2
