"""A changed rule asked again: exactly its answers, the worst and the least sure first, and what came of it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from annotation.models import Decision, Verdict
from annotation.services import Answer, annotation_submit
from annotation.services.settling import answers_settle
from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Lease, Task
from core.queue.services import lease_next
from policies.models import Campaign, CampaignItem
from policies.selectors import ReleaseView
from policies.services import campaign_start
from policies.services import campaign_tasks as making
from policies.services.campaign_tasks import campaign_make_tasks
from tests.annotation import material
from tests.world import Caller, World

CallAs = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]


def _answered(world: World, given: list[dict[str, Any]], **post: Any) -> tuple[ReleaseView, list[Post]]:
    """So many posts, each answered by two people as told."""
    release = material.release_make(world)
    posts = [material.post_make(world, **post) for _ in given]
    for one, document in zip(posts, given, strict=True):
        material.tasks_make(world, release, [one], overlap=2)
        for name in ("annotator", "annotator2"):
            material.answer(world, name, document)
    return release, posts


def _changed(world: World, release: ReleaseView) -> ReleaseView:
    return material.release_changed(world, release, clause_key="hate", question="Does it threaten somebody?")


def _campaign(world: World, first: ReleaseView, second: ReleaseView, run_jobs: RunJobs) -> Campaign:
    campaign = campaign_start(
        world.actor("policy_editor"),
        project_id=world.project.pk,
        release_id=second.id,
        against_id=first.id,
    )
    run_jobs()
    return Campaign.objects.get(pk=campaign.pk)


def _stale(world: World) -> set[tuple[uuid.UUID, str]]:
    """What was answered under the first meaning, and by nobody under the second: counted from the answers alone."""
    given = set(Verdict.objects.filter(clause_key="hate").values_list("post_id", "meaning_revision"))
    return {(post_id, "hate") for post_id, revision in given if revision == 1 and (post_id, 2) not in given}


def _asked(campaign: Campaign) -> list[tuple[uuid.UUID, str]]:
    tasks = Task.objects.filter(source="campaign", source_id=campaign.pk)
    return sorted((task.post_id, key) for task in tasks if task.post_id for key in task.clause_keys)


def _again(world: World, name: str, answer: str, **more: Any) -> uuid.UUID:
    """The person's next task, asked again for the changed clause alone; returns its post."""
    verdict: dict[str, Any] = {"clause_key": "hate", "answer": answer, **more}
    if answer == "yes":
        verdict = {"severity": 2, "evidence": [{"kind": "whole_post"}], **verdict}
    given = material.answer(world, name, {"verdicts": [verdict]})
    assert given.task.post_id is not None
    return given.task.post_id


def test_findings_tell_what_campaign_answers_have_decided_anew(
    world: World, call_as: CallAs, run_jobs: RunJobs
) -> None:
    first, posts = _answered(world, [material.document("yes")] * 3 + [material.document("no")], language="de")
    second = _changed(world, first)
    campaign = _campaign(world, first, second, run_jobs)
    caller = call_as("manager")

    def found() -> dict[str, Any]:
        body: dict[str, Any] = caller.get(f"/api/campaigns/{campaign.pk}/findings/").json()
        return body

    before = found()
    assert (before["items"]["asked"], before["items"]["renewed"], before["bound"]) == (4, 0, None)
    decisions = Decision.objects.count()
    # The three that somebody found harmful come first; two of them turn.
    turned = [_again(world, "annotator", "no") for _ in range(2)]
    same = _again(world, "annotator", "yes")
    assert {*turned, same} == {post.pk for post in posts[:3]}
    assert Decision.objects.count() == decisions + 3
    (clause,) = found()["clauses"]
    assert {
        name: clause[name] for name in ("clause_key", "language", "asked", "renewed", "compared", "changed")
    } == {
        "clause_key": "hate",
        "language": "de",
        "asked": 4,
        "renewed": 3,
        "compared": 3,
        "changed": 2,
    }
    assert found()["bound"] is None, "what comes first of all does not stand for the rest"
    assert _again(world, "annotator", "no") == posts[3].pk
    told = found()
    assert (told["items"]["renewed"], told["items"]["changed"]) == (4, 2)
    assert (told["bound"]["share"], told["bound"]["left"]) == (0.5, 0)
    assert Verdict.objects.filter(meaning_revision=1, clause_key="hate").count() == 8, "old answers stay"


def test_people_receive_the_worst_first_and_of_equals_what_a_model_is_least_sure_of(
    world: World, run_jobs: RunJobs
) -> None:
    given = [
        material.document("no"),
        material.document("yes", severity=1),
        material.document("yes", severity=3),
        material.document("no"),
        material.document("yes", severity=3),
        material.document("no"),
    ]
    first, posts = _answered(world, given)
    for post, sure in ((posts[3], 0.55), (posts[0], 0.97), (posts[4], 0.6), (posts[2], 0.9)):
        material.suggest(world, first, post, clause_key="hate", answer="no", confidence=sure)
    # What a model says of another clause is no reason.
    material.suggest(world, first, posts[5], clause_key="spam", answer="no", confidence=0.5)
    second = _changed(world, first)
    _campaign(world, first, second, run_jobs)
    received = [_again(world, "annotator", "no") for _ in posts]
    assert received == [posts[place].pk for place in (4, 2, 1, 3, 0, 5)]


def test_an_answer_that_was_on_its_way_when_the_rule_changed_is_asked_again_too(
    world: World, run_jobs: RunJobs
) -> None:
    first, _ = _answered(world, [material.document("yes")] * 2)
    late = material.post_make(world)
    untouched = material.post_make(world)
    material.tasks_make(world, first, [late], overlap=1)
    held = lease_next(world.actor("annotator"), project=world.project, kind="label")
    assert held is not None
    material.tasks_make(world, first, [untouched], overlap=1, clause_keys=["spam"])
    material.answer(world, "annotator2", {"verdicts": [{"clause_key": "spam", "answer": "no"}]})
    second = _changed(world, first)
    campaign = _campaign(world, first, second, run_jobs)
    assert late.pk not in {post_id for post_id, _ in _asked(campaign)}
    annotation_submit(world.actor("annotator"), Answer(held.pk, uuid.uuid4(), material.document("no"), 900))
    assert set(_asked(campaign)) == _stale(world)
    assert len(_asked(campaign)) == 3
    assert (late.pk, "hate") in _asked(campaign)
    for _ in range(3):
        _again(world, "annotator2", "no")
    assert _stale(world) == set()
    assert lease_next(world.actor("annotator2"), project=world.project, kind="label") is None


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_answers_that_come_while_the_tasks_are_made_are_asked_once_each_whatever_was_passed_by_then(
    world: World, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Two people finish what they had, one on a post that was passed already, one on a post that was not."""
    monkeypatch.setattr(making, "BATCH", batch)
    first = material.release_make(world)
    posts = sorted((material.post_make(world) for _ in range(6)), key=lambda post: post.pk)
    held: dict[str, Lease] = {}
    for name, post in (("annotator", posts[0]), ("annotator2", posts[4])):
        material.tasks_make(world, first, [post], overlap=1)
        lease = lease_next(world.actor(name), project=world.project, kind="label")
        assert lease is not None
        held[name] = lease
    rest = [post for post in posts if post not in (posts[0], posts[4])]
    material.tasks_make(world, first, rest, overlap=1)
    for _ in rest:
        lease = lease_next(
            world.actor("annotator"),
            project=world.project,
            kind="label",
            holding=[held["annotator"].pk],
        )
        assert lease is not None
        annotation_submit(world.actor("annotator"), Answer(lease.pk, uuid.uuid4(), material.document(), 900))
    second = _changed(world, first)
    campaign = campaign_start(
        world.actor("policy_editor"), project_id=world.project.pk, release_id=second.id, against_id=first.id
    )

    def progress(made: int) -> None:
        for name in list(held):
            answer = Answer(held.pop(name).pk, uuid.uuid4(), material.document("no"), 900)
            annotation_submit(world.actor(name), answer)

    campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=progress)
    assert _asked(campaign) == sorted((post.pk, "hate") for post in posts)
    assert set(_asked(campaign)) == _stale(world)


@pytest.mark.settles_later
@pytest.mark.django_db(transaction=True)
def test_who_looks_at_an_answer_and_who_makes_the_tasks_ask_it_once_between_them(world: World) -> None:
    """An answer is settled on one connection while another makes the task of the same post."""
    first = material.release_make(world)
    post = material.post_make(world)
    material.tasks_make(world, first, [post], overlap=1)
    held = lease_next(world.actor("annotator"), project=world.project, kind="label")
    assert held is not None
    second = _changed(world, first)
    campaign = campaign_start(
        world.actor("policy_editor"), project_id=world.project.pk, release_id=second.id, against_id=first.id
    )
    annotation_submit(world.actor("annotator"), Answer(held.pk, uuid.uuid4(), material.document("no"), 900))
    known = threading.Event()
    pids: list[int] = []

    def settle() -> None:
        try:
            connection.ensure_connection()
            pids.append(connection.connection.info.backend_pid)
            known.set()
            answers_settle()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=lambda _: None)
            other = pool.submit(settle)
            assert known.wait(20)
            while not other.done() and not _waits(pids[0]):
                pass
            assert not other.done(), "it waits for the campaign's row"
        other.result(20)
    assert _asked(campaign) == [(post.pk, "hate")]


def _waits(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s", [pid])
        return bool(cursor.fetchone()[0])


def test_a_sample_asks_nothing_that_was_not_drawn(world: World) -> None:
    first, _ = _answered(world, [material.document("no")])
    late = material.post_make(world)
    material.tasks_make(world, first, [late], overlap=1)
    held = lease_next(world.actor("annotator"), project=world.project, kind="label")
    assert held is not None
    second = _changed(world, first)
    campaign = campaign_start(
        world.actor("policy_editor"),
        project_id=world.project.pk,
        release_id=second.id,
        against_id=first.id,
        margin=0.2,
    )
    campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=lambda _: None)
    annotation_submit(world.actor("annotator"), Answer(held.pk, uuid.uuid4(), material.document("no"), 900))
    assert len(_asked(campaign)) == 1


@pytest.mark.parametrize("killed_after", [1, 2, 3])
def test_making_the_tasks_goes_on_where_it_was_broken_off_and_makes_none_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, killed_after: int
) -> None:
    monkeypatch.setattr(making, "BATCH", 2)
    first, posts = _answered(world, [material.document("no")] * 7)
    second = _changed(world, first)
    campaign = campaign_start(
        world.actor("policy_editor"), project_id=world.project.pk, release_id=second.id, against_id=first.id
    )
    told: list[int] = []

    def progress(made: int) -> None:
        told.append(made)
        if len(told) == killed_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=progress)
    assert CampaignItem.objects.count() == Task.objects.filter(source="campaign").count() == 2 * killed_after
    result = campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=progress)
    assert (result["tasks"], told[-1]) == (7, 7)
    assert _asked(campaign) == sorted((post.pk, "hate") for post in posts)
    assert Campaign.objects.get().state == "running"
    assert campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=progress)["tasks"] == 7


def test_a_campaign_cancelled_on_the_way_makes_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "BATCH", 2)
    first, _ = _answered(world, [material.document("no")] * 7)
    second = _changed(world, first)
    campaign = campaign_start(
        world.actor("policy_editor"), project_id=world.project.pk, release_id=second.id, against_id=first.id
    )
    told: list[int] = []

    def progress(made: int) -> None:
        told.append(made)
        if made == 4:
            Campaign.objects.update(state="cancelled")

    result = campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=progress)
    assert (result["tasks"], told) == (4, [2, 4])
    assert Campaign.objects.get().state == "cancelled"
