"""What annotators see of precedents: approved ones that hold, of posts they agreed to see, and none that measure."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from annotation.models import Citation, PrecedentShowing
from core.content.models import Post
from core.db.identifiers import uuid7
from exports.services.datasets import dataset_create
from exports.services.versions import version_start
from policies.models import Precedent
from policies.selectors import ReleaseView
from policies.services import precedent_retire
from tests.annotation import material
from tests.annotation.gold_material import gold_item
from tests.annotation.ruling_material import open_post, post_measured, precedent_made, rule
from tests.world import Caller, World

Call = Callable[[str], Caller]
ALIKE = "Those people from the harbour are vermin, throw them out"


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


def _held(world: World, call_as: Call, release: ReleaseView, *, text: str = ALIKE) -> tuple[str, str, Post]:
    """The annotator takes a task; its lease and project's address, and its post."""
    post = open_post(world, text=text)
    material.tasks_make(world, release, [post], overlap=1)
    base = f"/api/projects/{world.project.pk}"
    bundle = call_as("annotator").post(f"{base}/label/exchange/", {"take": 1}).json()["next"][0]
    return f"/api/leases/{bundle['lease']['id']}", base, post


def _shown(call_as: Call, lease: str, clause_key: str = "hate") -> list[dict[str, Any]]:
    response = call_as("annotator").post(f"{lease}/precedents/", {"clause_key": clause_key})
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["precedents"]
    return found


def test_the_most_alike_come_first_and_say_by_what(world: World, call_as: Call, release: ReleaseView) -> None:
    far = precedent_made(world, release, open_post(world, text="Buy cheap watches today"), answer="no")
    near = precedent_made(world, release, open_post(world, text="People from the harbour are vermin"))
    lease, _, _ = _held(world, call_as, release)
    found = _shown(call_as, lease)
    assert [row["id"] for row in found] == [str(near.pk), str(far.pk)]
    assert found[0]["likeness"]["by"] == "words"
    assert 0.5 < found[0]["likeness"]["score"] < 1
    assert found[0]["reason"] == "It names a group and demeans it."
    assert "text" not in found[0], "the post itself is looked at like any other"


def test_only_approved_ones_that_hold_under_the_release_of_the_task_are_shown(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    precedent_made(world, release, open_post(world))
    rule(world, release, open_post(world))
    gone = precedent_made(world, release, open_post(world))
    precedent_retire(world.actor("policy_editor"), gone.pk, reason="Wrong.")
    lease, _, _ = _held(world, call_as, release)
    assert len(_shown(call_as, lease)) == 1
    second = material.release_changed(world, release, clause_key="hate", question="Another?")
    held_under_first = _shown(call_as, lease)
    assert len(held_under_first) == 1, "the task is under the first release, where it holds"
    post = open_post(world)
    material.tasks_make(world, second, [post], overlap=1)
    base = f"/api/projects/{world.project.pk}"
    bundle = call_as("annotator2").post(f"{base}/label/exchange/", {"take": 1}).json()["next"][0]
    response = call_as("annotator2").post(
        f"/api/leases/{bundle['lease']['id']}/precedents/", {"clause_key": "hate"}
    )
    assert response.json()["precedents"] == []


def test_the_tasks_own_post_is_never_its_precedent(world: World, call_as: Call, release: ReleaseView) -> None:
    lease, _, post = _held(world, call_as, release)
    precedent_made(world, release, post)
    assert _shown(call_as, lease) == []


def test_a_verdict_cites_what_was_shown_and_nothing_else(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    near = precedent_made(world, release, open_post(world, text=ALIKE))
    lease, _, post = _held(world, call_as, release)
    given = material.document("yes")
    given["verdicts"][0]["precedents"] = [str(near.pk)]
    body = {"id": str(uuid7()), "document": given, "active_ms": 10}

    refused = call_as("annotator").post(f"{lease}/annotation/", body)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["code"] == "precedent_not_shown"

    _shown(call_as, lease)
    precedent_retire(world.actor("policy_editor"), near.pk, reason="While they worked.")
    taken = call_as("annotator").post(f"{lease}/annotation/", body)
    assert taken.status_code == 201, taken.content
    assert Citation.objects.get().verdict.clause_key == "hate"
    told = call_as("policy_editor").get(f"/api/precedents/{near.pk}/").json()
    assert told["cited"] == 1
    (given,) = call_as("reviewer").get(f"/api/posts/{post.pk}/answers/").json()["submissions"]
    assert [verdict["precedents"] for verdict in given["verdicts"]] == [[str(near.pk)], []]


def test_a_superseded_answer_cites_no_more(world: World, call_as: Call, release: ReleaseView) -> None:
    near = precedent_made(world, release, open_post(world, text=ALIKE))
    lease, _, _ = _held(world, call_as, release)
    _shown(call_as, lease)
    given = material.document("yes")
    given["verdicts"][0]["precedents"] = [str(near.pk)]
    first = {"id": str(uuid7()), "document": given, "active_ms": 10}
    call_as("annotator").post(f"{lease}/annotation/", first)
    second = {
        "id": str(uuid7()),
        "document": material.document(),
        "active_ms": 5,
        "supersedes_id": first["id"],
    }
    assert call_as("annotator").post(f"{lease}/annotation/", second).status_code == 201
    assert call_as("policy_editor").get(f"/api/precedents/{near.pk}/").json()["cited"] == 0


def test_the_post_of_a_precedent_is_open_to_whom_it_was_shown_and_to_no_other_annotator(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    near = precedent_made(world, release, open_post(world, text=ALIKE))
    lease, base, _ = _held(world, call_as, release)
    path = f"/api/posts/{near.post_id}/"
    assert call_as("annotator").get(path).status_code == 404
    _shown(call_as, lease)
    assert call_as("annotator").get(path).status_code == 200
    assert call_as("annotator2").get(path).status_code == 404
    look = {"post_id": str(near.post_id), "mode": "full", "purpose": "browse"}
    assert call_as("annotator").post(f"{base}/reveals/", look).status_code == 201
    gold_item(world, release, post=Post.objects.get(pk=near.post_id))
    assert call_as("annotator").get(path).status_code == 404, "it measures people now"


def test_posts_a_person_has_not_agreed_to_see_are_no_precedents_for_them(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    from core.queue.services import PostHarm, harms_find

    near = precedent_made(world, release, open_post(world, text=ALIKE))
    harms_find({near.post_id: PostHarm(4, ("violence",))})
    lease, _, _ = _held(world, call_as, release)
    assert _shown(call_as, lease) == []


def _gold(world: World, release: ReleaseView) -> Post:
    post = open_post(world, text=ALIKE)
    precedent_made(world, release, post)
    gold_item(world, release, post=post)
    return post


def _of_gold_group(world: World, release: ReleaseView) -> Post:
    gold_item(world, release, post=open_post(world, group_key="thread-1"))
    post = open_post(world, text=ALIKE, group_key="thread-1")
    precedent_held_out(world, release, post)
    return post


def _of_the_evaluation_set(world: World, release: ReleaseView) -> Post:
    post = post_measured(world, held_out=True, text=ALIKE)
    precedent_held_out(world, release, post)
    return post


def _of_a_test_split(world: World, release: ReleaseView) -> Post:
    post = open_post(world, text=ALIKE)
    precedent_made(world, release, post)
    dataset = dataset_create(
        world.actor("engineer"),
        world.project.pk,
        name="everything",
        title="Everything",
        kinds=["labels"],
        definition={"splits": {"train": 0, "validation": 0, "test": 1}},
    )
    version_start(world.actor("engineer"), dataset.pk)
    return post


def precedent_held_out(world: World, release: ReleaseView, post: Post) -> Precedent:
    """A precedent that was approved before its post began to measure."""
    rule(world, release, post)
    row = Precedent.objects.get(post=post)
    Precedent.objects.filter(pk=row.pk).update(
        state="approved", approved_by=world.person("policy_editor2"), approved_at=row.created_at
    )
    return row


@pytest.mark.parametrize(
    "measuring",
    [_gold, _of_gold_group, _of_the_evaluation_set, _of_a_test_split],
    ids=lambda made: made.__name__,
)
def test_precedents_of_held_out_posts_are_never_shown(
    world: World, call_as: Call, release: ReleaseView, measuring: Callable[[World, ReleaseView], Post]
) -> None:
    post = measuring(world, release)
    row = Precedent.objects.get(post=post)
    assert row.state == "approved"
    lease, base, _ = _held(world, call_as, release)

    assert _shown(call_as, lease) == [], "not by likeness"
    assert not PrecedentShowing.objects.exists()
    assert call_as("annotator").get(f"/api/posts/{post.pk}/").status_code == 404
    given = material.document("yes")
    given["verdicts"][0]["precedents"] = [str(row.pk)]
    body = {"id": str(uuid7()), "document": given, "active_ms": 10}
    assert call_as("annotator").post(f"{lease}/annotation/", body).status_code == 400, "not by identifier"
    for name in ("policy_editor", "reviewer", "engineer", "manager"):
        caller = call_as(name)
        assert caller.get(f"/api/precedents/{row.pk}/").status_code == 404
        assert caller.get(f"{base}/precedents/").json()["results"] == [], "nor by count"
        assert caller.get(f"{base}/precedents/?post_id={post.pk}").json()["results"] == []
        for asked in (f"text={ALIKE}", f"post_id={open_post(world, text=ALIKE).pk}", "clause_key=hate"):
            assert caller.get(f"{base}/precedents/alike/?{asked}").json()["precedents"] == []
    assert call_as("policy_editor2").post(f"/api/precedents/{row.pk}/approve/").status_code == 404
    assert (
        call_as("policy_editor").post(f"/api/precedents/{row.pk}/retire/", {"reason": "x"}).status_code == 404
    )
    assert str(row.pk) not in json.dumps(call_as("policy_editor").get(f"{base}/unclear/hate/").json())


def test_the_votes_of_a_dataset_say_what_they_cite(world: World, call_as: Call, release: ReleaseView) -> None:
    from exports.domain.records import VoteRecord
    from exports.selectors.labelled_posts import labelled_posts
    from exports.selectors.releases import ReleaseLabels

    near = precedent_made(world, release, open_post(world, text=ALIKE))
    lease, _, post = _held(world, call_as, release)
    _shown(call_as, lease)
    given = material.document("yes")
    given["verdicts"][0]["precedents"] = [str(near.pk)]
    call_as("annotator").post(
        f"{lease}/annotation/", {"id": str(uuid7()), "document": given, "active_ms": 10}
    )

    def vote() -> VoteRecord:
        found = {row.post.id: row for row in labelled_posts(world.project.pk, ReleaseLabels())}
        return found[str(post.pk)].votes["hate"][0]

    assert vote().precedents == (str(near.pk),)
    gold_item(world, release, post=Post.objects.get(pk=near.post_id))
    assert vote().precedents == ()
