from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from django.db import connection

from annotation.selectors.bundles import _campaign
from annotation.services import Answer, annotation_submit
from annotation.services.impact import AnnotationImpact
from core.queue.models import Submission
from core.queue.services import lease_next
from policies.selectors import meaning_changes
from policies.services import MeasuredTime, StoppedMeaning
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
    found = {(row.noun, row.language, row.severity): (row.count, row.time) for row in counts}
    assert found == {
        ("answers", "de", 2): (2, MeasuredTime(median_ms=1_500, timings=2)),
        ("decisions", "de", 2): (1, None),
    }


def test_where_no_time_was_measured_none_is_told(world: World) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world)], overlap=2)
    material.answer(world, "annotator", material.document("yes"), active_ms=0)
    stopped = [StoppedMeaning("hate", release.clauses["hate"].meaning_revision, None)]
    (row,) = [
        row for row in impact.count(project_id=world.project.pk, stopped=stopped) if row.noun == "answers"
    ]
    assert (row.count, row.answer, row.time) == (1, "yes", None)


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


@pytest.mark.parametrize("seed", range(3))
def test_what_a_campaign_would_ask_is_counted_as_it_would_be_gone_through(world: World, seed: int) -> None:
    """Answers that are late, corrected, to gold, under the new meaning already, on hidden posts: any mixture."""
    chance = random.Random(seed)
    release = material.release_make(world)
    posts = [material.post_make(world) for _ in range(6)]
    later = material.release_changed(world, release, clause_key="hate", question="Does it attack people?")
    for post in posts:
        for under, keys in ((release, ["hate", "spam"]), (later, ["hate"])):
            if chance.random() < (0.8 if under is release else 0.4):
                material.tasks_make(world, under, [post], overlap=1, clause_keys=keys)
    while (lease := lease_next(world.actor("annotator"), project=world.project, kind="label")) is not None:
        given = material.document(chance.choice(["yes", "no"]))["verdicts"]
        document = {"verdicts": [one for one in given if one["clause_key"] in lease.task.clause_keys]}
        annotation_submit(world.actor("annotator"), Answer(lease.pk, uuid.uuid4(), document, 900))
    made = list(Submission.objects.values_list("pk", "task_id").order_by("pk"))
    late, gold = chance.sample(made, 2)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE queue_submission SET slot_id = NULL WHERE id = %s", [late[0]])
        cursor.execute("UPDATE queue_task SET source = 'gold' WHERE id = %s", [gold[1]])
        cursor.execute("UPDATE content_post SET is_hidden = true WHERE id = %s", [chance.choice(posts).pk])
        cursor.execute(
            "UPDATE queue_submission SET supersedes_id = %s WHERE id = %s", [made[0][0], made[-1][0]]
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    stopped = [StoppedMeaning("hate", 1, 2), StoppedMeaning("spam", 1, 2)]
    for meanings in (stopped, stopped[:1]):
        scope: dict[str, Any] = {"project_id": world.project.pk, "stopped": meanings}
        ids = [item.item_id for item in impact.affected(**scope, after=None, limit=99)]
        assert list(impact.affected_ids(**scope)) == ids
        assert impact.affected_count(**scope) == len(ids)


def test_a_clause_that_is_gone_leaves_nothing_to_ask(world: World) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world)], overlap=1)
    material.answer(world, "annotator", material.document())
    revision = release.clauses["spam"].meaning_revision
    stopped = [StoppedMeaning("spam", revision, None)]
    assert impact.affected(project_id=world.project.pk, stopped=stopped, after=None, limit=9) == []
    assert sum(row.count for row in impact.count(project_id=world.project.pk, stopped=stopped)) == 2


def test_an_old_answer_says_to_its_giver_alone_that_it_was_theirs(world: World) -> None:
    first = material.release_make(world)
    post = material.post_make(world)
    material.tasks_make(world, first, [post], overlap=3)
    material.answer(world, "annotator", material.document())
    given = AnnotationImpact().affected(
        project_id=world.project.pk, stopped=[StoppedMeaning("hate", 1, 2)], after=None, limit=10
    )
    (old,) = given[0].old_answers
    context = {"old_answers": [dict(old)]}
    mine = _campaign(world.actor("annotator"), context)["old_answers"]
    theirs = _campaign(world.actor("annotator2"), context)["old_answers"]
    assert [answer["by"] for answer in mine + theirs] in (["you", "somebody"], ["decision", "decision"])
    assert not any("person_id" in answer for answer in mine + theirs)
