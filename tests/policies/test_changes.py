"""From a change of meaning to its cost and to asking again exactly what stopped holding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Task
from core.queue.services import lease_next, submission_record
from policies.domain.impact import ImpactCount
from policies.impact_registry import impact_source_register
from policies.models import Campaign, CampaignItem, Policy, Release
from policies.selectors.impact import impact_get
from policies.services import campaign_tasks
from policies.services.campaigns import JOB_KIND
from tests.core.queue.queue_rows import posts_make
from tests.policies.clause_texts import DEFINITION, verdict_json, with_block
from tests.policies.recorded_answers import RecordedAnswers
from tests.policies.releases import draft_made, edited, published, release_made
from tests.world import Caller, World

CallAs = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]

NARROWER = with_block(verdict_json(), "definition", DEFINITION + " Knives are not weapons here.")
REWORDED = verdict_json(title="Unwanted mail", question="Is it spam?", requires={})


def _releases(world: World) -> tuple[Release, Release]:
    """Return a release and its successor: ``weapons`` means something else, ``spam`` is only reworded."""
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, "weapons", NARROWER, "semantic")
    edited(world, draft, "spam", REWORDED, "editorial")
    return first, published(world, draft)


def _answered(world: World, recorded: RecordedAnswers, count: int = 4) -> list[Post]:
    posts = posts_make(world, count)
    for number, post in enumerate(posts):
        recorded.answers.append((post, "weapons", 1, number % 2 + 1, 90_000))
        recorded.answers.append((post, "spam", 1, None, 30_000))
    return posts


def test_impact_counts_the_answers_to_the_changed_clause_and_no_others(
    world: World, call_as: CallAs, recorded: RecordedAnswers
) -> None:
    first, second = _releases(world)
    _answered(world, recorded)
    impact = call_as("reviewer").get(f"/api/releases/{second.pk}/impact/?against={first.pk}").json()
    (clause,) = impact["clauses"]
    assert (clause["clause_key"], clause["before"], clause["after"]) == ("weapons", 1, 2)
    (tally,) = clause["tallies"]
    assert (tally["count"], tally["by_language"], tally["by_severity"]) == (4, {"en": 4}, {"1": 2, "2": 2})
    assert impact["totals"] == {"answers": 4}
    assert impact["hours"] == pytest.approx(4 * 90 / 3600)


def test_impact_of_a_draft_goes_by_the_rule_until_the_author_decides(
    world: World, call_as: CallAs, recorded: RecordedAnswers
) -> None:
    first = release_made(world)
    _answered(world, recorded)
    draft = draft_made(world, first.policy, based_on=first)
    author = call_as("policy_editor")
    path = f"/api/releases/{draft.pk}/clauses/weapons/"
    author.put(path, {"version": 1, "document": NARROWER})
    impact = author.get(f"/api/releases/{draft.pk}/impact/").json()
    assert [(c["clause_key"], c["is_assumed"]) for c in impact["clauses"]] == [("weapons", True)]
    author.put(
        path, {"version": 2, "document": NARROWER, "change": "editorial", "change_reason": "Same rule."}
    )
    impact = author.get(f"/api/releases/{draft.pk}/impact/").json()
    assert impact["clauses"] == []
    assert impact["hours"] == 0


def test_a_clause_that_goes_stops_its_answers_but_costs_no_time(
    world: World, call_as: CallAs, recorded: RecordedAnswers
) -> None:
    first = release_made(world)
    _answered(world, recorded)
    draft = draft_made(world, first.policy, based_on=first)
    author = call_as("policy_editor")
    author.delete(f"/api/releases/{draft.pk}/clauses/spam/?version=1")
    impact = author.get(f"/api/releases/{draft.pk}/impact/").json()
    assert [(c["clause_key"], c["after"], c["hours"]) for c in impact["clauses"]] == [("spam", None, 0)]
    assert impact["totals"] == {"answers": 4}


def test_impact_asks_each_source_once_and_in_few_queries(
    world: World, recorded: RecordedAnswers, django_assert_max_num_queries: Any
) -> None:
    first, second = _releases(world)
    _answered(world, recorded)
    with django_assert_max_num_queries(16):
        impact_get(world.actor("policy_editor"), second.pk, against_id=first.pk)
    assert recorded.asked == 1


def test_looking_at_impact_can_write_nothing(world: World, recorded: RecordedAnswers) -> None:
    class Scribbling(RecordedAnswers):
        def count(self, **_: Any) -> list[ImpactCount]:
            Policy.objects.update(title="scribbled")
            return []

    first, second = _releases(world)
    impact_source_register(Scribbling())
    with pytest.raises(DatabaseError, match="read-only"), transaction.atomic():
        impact_get(world.actor("policy_editor"), second.pk, against_id=first.pk)
    assert not Policy.objects.filter(title="scribbled").exists()
    Policy.objects.filter(pk=first.policy_id).update(summary="writing goes on afterwards")


def _start(call_as: CallAs, world: World, first: Release, second: Release, **more: Any) -> Any:
    return call_as("policy_editor").post(
        f"/api/projects/{world.project.pk}/campaigns/",
        {"release_id": str(second.pk), "against_id": str(first.pk), **more},
    )


def test_a_campaign_asks_exactly_the_changed_clause_of_the_affected_posts(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    first, second = _releases(world)
    posts = _answered(world, recorded)
    untouched = posts_make(world, 1)
    recorded.answers.append((untouched[0], "spam", 1, None, 1))
    started = _start(call_as, world, first, second, overlap=2)
    assert started.status_code == 202, started.content
    (job,) = [job for job in run_jobs() if job.kind == JOB_KIND]
    assert (job.state, (job.result or {})["tasks"]) == ("succeeded", 4)
    tasks = Task.objects.filter(source="campaign", source_id=started.json()["id"])
    assert {task.post_id for task in tasks} == {post.pk for post in posts}
    assert {tuple(task.clause_keys) for task in tasks} == {("weapons",)}
    assert {task.slots for task in tasks} == {2}
    context = tasks[0].context
    assert context["clauses"] == [{"clause_key": "weapons", "before": 1, "after": 2}]
    assert context["old_answers"] == [{"clause_key": "weapons", "answer": "yes"}]


def test_a_campaign_run_twice_makes_each_task_once(
    world: World,
    call_as: CallAs,
    recorded: RecordedAnswers,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = _releases(world)
    _answered(world, recorded, 7)
    monkeypatch.setattr(campaign_tasks, "BATCH", 3)
    campaign_id = _start(call_as, world, first, second).json()["id"]

    class StoppedError(Exception):
        pass

    def stop_after_first_batch(made: int) -> None:
        raise StoppedError

    person = world.person("policy_editor").pk
    with pytest.raises(StoppedError):
        campaign_tasks.campaign_make_tasks(
            campaign_id=campaign_id, requested_by_id=person, progress=stop_after_first_batch
        )
    assert Task.objects.filter(source_id=campaign_id).count() == 3
    run_jobs()
    result = campaign_tasks.campaign_make_tasks(
        campaign_id=campaign_id, requested_by_id=person, progress=lambda made: None
    )
    assert result["tasks"] == 7
    assert Task.objects.filter(source_id=campaign_id).count() == 7


def test_a_second_campaign_does_not_ask_again_what_the_first_asks(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    first, second = _releases(world)
    _answered(world, recorded)
    _start(call_as, world, first, second)
    run_jobs()
    _start(call_as, world, first, second)
    run_jobs()
    assert CampaignItem.objects.count() == 4
    assert Campaign.objects.count() == 2


def test_progress_counts_answers_and_ends_with_the_last(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    first, second = _releases(world)
    _answered(world, recorded, 1)
    campaign_id = _start(call_as, world, first, second).json()["id"]
    path = f"/api/campaigns/{campaign_id}/"
    assert call_as("manager").get(path).json()["progress"]["state"] == "starting"
    run_jobs()
    progress = call_as("manager").get(path).json()["progress"]
    assert (progress["state"], progress["answers_wanted"], progress["answers_given"]) == ("running", 1, 0)
    annotator = world.actor("annotator")
    lease = lease_next(annotator, project=world.project, kind="label")
    assert lease is not None
    with transaction.atomic():
        submission_record(
            annotator, submission_id=lease.pk, lease_id=lease.pk, document={"verdicts": []}, active_ms=10
        )
    progress = call_as("manager").get(path).json()["progress"]
    assert (progress["state"], progress["tasks_closed"], progress["answers_given"]) == ("finished", 1, 1)


def test_there_is_no_campaign_where_no_meaning_changed(world: World, call_as: CallAs) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, "spam", REWORDED, "editorial")
    second = published(world, draft)
    answer = _start(call_as, world, first, second)
    assert (answer.status_code, answer.json()["code"]) == (409, "campaign_empty")


def test_a_campaign_asks_only_clauses_that_changed(world: World, call_as: CallAs) -> None:
    first, second = _releases(world)
    answer = _start(call_as, world, first, second, clause_keys=["spam"])
    assert (answer.status_code, answer.json()["code"]) == (400, "campaign_clause")


def test_a_list_of_campaigns_takes_as_many_queries_for_many_as_for_one(
    world: World, call_as: CallAs, recorded: RecordedAnswers, django_assert_max_num_queries: Any
) -> None:
    first, second = _releases(world)
    for _ in range(5):
        _start(call_as, world, first, second)
    caller = call_as("manager")
    with django_assert_max_num_queries(8):
        page = caller.get(f"/api/projects/{world.project.pk}/campaigns/").json()
    assert len(page["results"]) == 5


def test_every_decision_is_told_what_becomes_of_it(
    world: World, call_as: CallAs, recorded: RecordedAnswers
) -> None:
    first = release_made(world)
    _answered(world, recorded)
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, "weapons", NARROWER, "semantic")
    author = call_as("policy_editor")
    author.delete(f"/api/releases/{draft.pk}/clauses/spam/?version=1")
    told = author.get(f"/api/releases/{draft.pk}/outcomes/").json()
    assert [(c["clause_key"], c["decisions"], c["becomes"]) for c in told["clauses"]] == [
        ("helpful", 0, "holds"),
        ("spam", 4, "no_longer_asked"),
        ("weapons", 4, "asked_again"),
    ]
    assert told["totals"] == {"holds": 0, "asked_again": 4, "no_longer_asked": 4}
    gone = author.get(f"/api/releases/{draft.pk}/difference/").json()["gone"]
    assert [(one["key"], one["kind"]) for one in gone] in ([], [("spam", "retired")])
