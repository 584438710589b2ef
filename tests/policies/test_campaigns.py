"""Campaigns that ask a sample, ask more, pause, go on and end; and what they find."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from core.jobs.models import Job
from core.queue.models import HeldSource, Lease, Slot, Submission, Task
from core.queue.services import lease_next, lease_release, leases_expire, submission_record
from policies import uncertainty_registry
from policies.models import Campaign, CampaignItem
from policies.selectors import campaigns_standing
from policies.services import Renewed, campaign_steps
from tests.policies.recorded_answers import RecordedAnswers
from tests.policies.test_changes import _answered, _releases, _start
from tests.world import Caller, World

CallAs = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]


def _running(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs, posts: int = 4, **more: Any
) -> str:
    first, second = _releases(world)
    _answered(world, recorded, posts)
    campaign_id: str = _start(call_as, world, first, second, **more).json()["id"]
    run_jobs()
    return campaign_id


def _step(call_as: CallAs, campaign_id: str, step: str, body: Any = None) -> Any:
    return call_as("policy_editor").post(f"/api/campaigns/{campaign_id}/{step}/", body or {})


def _handed(world: World, role: str = "annotator") -> Lease | None:
    return lease_next(world.actor(role), project=world.project, kind="label")


def _answer(world: World, lease: Lease, role: str = "annotator") -> None:
    with transaction.atomic():
        submission_record(
            world.actor(role),
            submission_id=lease.pk,
            lease_id=lease.pk,
            document={"verdicts": []},
            active_ms=10,
        )


def test_the_plan_says_how_many_to_ask_for_how_much_doubt(
    world: World, call_as: CallAs, recorded: RecordedAnswers
) -> None:
    first, second = _releases(world)
    _answered(world, recorded, 30)
    caller = call_as("manager")
    plan = caller.get(f"/api/releases/{second.pk}/campaign-plan/?against={first.pk}&clauses=weapons").json()
    assert plan["population"] == 30
    assert {sample["margin"]: sample["size"] for sample in plan["samples"]}[0.1] == 24
    refused = caller.get(f"/api/releases/{second.pk}/campaign-plan/?against={first.pk}&clauses=spam")
    assert refused.json()["code"] == "campaign_clause"


def test_a_sample_asks_as_many_as_its_margin_needs_and_widening_adds_the_rest(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs, posts=30, margin=0.2)
    campaign = Campaign.objects.get(pk=campaign_id)
    assert (campaign.state, campaign.population, campaign.sample_size) == ("running", 30, 14)
    first_drawn = set(CampaignItem.objects.values_list("item_id", flat=True))
    assert len(first_drawn) == 14
    assert _step(call_as, campaign_id, "widen", {"margin": 0.2}).json()["code"] == "campaign_widen"

    assert _step(call_as, campaign_id, "widen", {"margin": 0.1}).status_code == 202
    run_jobs()
    wider = set(CampaignItem.objects.values_list("item_id", flat=True))
    assert len(wider) == 24
    assert first_drawn < wider

    _step(call_as, campaign_id, "widen")
    run_jobs()
    campaign.refresh_from_db()
    assert CampaignItem.objects.count() == Task.objects.filter(source="campaign").count() == 30
    assert (campaign.margin, campaign.sample_size, campaign.population) == (None, None, 30)
    assert _step(call_as, campaign_id, "widen", {"margin": 0.1}).json()["code"] == "campaign_widen"


def test_a_sample_is_asked_in_the_order_of_the_draw_and_all_of_it_the_worst_first(
    world: World,
    call_as: CallAs,
    recorded: RecordedAnswers,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unsure(
        *, project_id: UUID, clause_keys: Sequence[str], post_ids: Sequence[UUID]
    ) -> Mapping[UUID, float]:
        return {max(post_ids): 0.8}

    monkeypatch.setattr(uncertainty_registry, "_sources", [unsure])
    campaign_id = _running(world, call_as, recorded, run_jobs)
    severities = {post.pk: severity for post, key, _, severity, _ in recorded.answers if key == "weapons"}
    tasks = list(Task.objects.filter(source_id=campaign_id).order_by("-priority", "pk"))
    assert [severities[task.post_id] for task in tasks if task.post_id] == [2, 2, 1, 1]
    assert tasks[0].post_id == max(severities)
    assert tasks[0].priority == pytest.approx(2 + 0.99 * 0.8)


def test_a_paused_campaign_hands_out_nothing_until_it_is_resumed(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs)
    held = _handed(world)
    assert held is not None
    paused = _step(call_as, campaign_id, "pause").json()
    assert (paused["progress"]["state"], paused["progress"]["answers_wanted"]) == ("paused", 4)
    assert _handed(world, "annotator2") is None
    _answer(world, held)
    assert call_as("manager").get(f"/api/campaigns/{campaign_id}/").json()["progress"]["answers_given"] == 1
    assert _step(call_as, campaign_id, "pause").json()["code"] == "campaign_state"
    assert _step(call_as, campaign_id, "resume").json()["progress"]["state"] == "running"
    assert _handed(world, "annotator2") is not None


def test_what_is_given_back_while_it_is_paused_waits_too(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs)
    skipped, lost = _handed(world), _handed(world, "annotator2")
    assert skipped is not None
    assert lost is not None
    _step(call_as, campaign_id, "pause")
    lease_release(world.actor("annotator"), skipped.pk, outcome="skipped", reason="Not for me.")
    Lease.objects.filter(pk=lost.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    leases_expire()
    assert set(Slot.objects.values_list("state", flat=True)) == {"paused"}
    _step(call_as, campaign_id, "resume")
    assert set(Slot.objects.values_list("state", flat=True)) == {"open"}


def test_a_cancelled_campaign_asks_no_more_and_another_may_ask_what_it_left(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs)
    held = _handed(world)
    assert held is not None
    _answer(world, held)
    ended = _step(call_as, campaign_id, "cancel").json()["progress"]
    assert (ended["state"], ended["answers_given"]) == ("cancelled", 1)
    assert _handed(world, "annotator2") is None
    assert _step(call_as, campaign_id, "resume").json()["code"] == "campaign_state"
    assert _step(call_as, campaign_id, "cancel").json()["code"] == "campaign_state"
    campaign = Campaign.objects.get(pk=campaign_id)
    again = call_as("policy_editor").post(
        f"/api/projects/{world.project.pk}/campaigns/",
        {"release_id": str(campaign.release_id), "against_id": str(campaign.against_id)},
    )
    run_jobs()
    assert Task.objects.filter(source_id=again.json()["id"], state="open").count() == 4


@pytest.fixture
def one_task_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign_steps, "BATCH", 1)


def _state(call_as: CallAs, campaign_id: str) -> str:
    state: str = call_as("manager").get(f"/api/campaigns/{campaign_id}/").json()["progress"]["state"]
    return state


def _slots() -> list[str]:
    return sorted(Slot.objects.values_list("state", flat=True))


@pytest.mark.usefixtures("one_task_at_a_time")
def test_a_large_campaign_is_held_back_by_a_job_and_what_is_given_back_meanwhile_at_once(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs)
    held = _handed(world)
    assert held is not None
    paused = _step(call_as, campaign_id, "pause").json()
    assert paused["progress"]["state"] == "pausing"
    assert _step(call_as, campaign_id, "pause").json()["detail"] == (
        "This campaign is being paused; only one that is under way can be paused."
    )
    lease_release(world.actor("annotator"), held.pk, outcome="skipped", reason="Not for me.")
    assert _slots() == ["open", "open", "open", "paused"]
    (job,) = run_jobs()
    assert (str(job.pk), job.state, job.done) == (paused["job_id"], "succeeded", 4)
    assert (_state(call_as, campaign_id), _slots()) == ("paused", ["paused"] * 4)
    assert _step(call_as, campaign_id, "resume").json()["progress"]["state"] == "resuming"
    run_jobs()
    assert (_state(call_as, campaign_id), _slots()) == ("running", ["open"] * 4)


@pytest.mark.usefixtures("one_task_at_a_time")
def test_one_step_takes_the_place_of_another_on_the_way(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs)
    _step(call_as, campaign_id, "pause")
    told: list[int] = []

    def progress(done: int, total: int) -> None:
        told.append(done)
        if done == 2:
            assert total == 4
            assert _slots() == ["open", "open", "paused", "paused"]
            _step(call_as, campaign_id, "resume")

    campaign_steps.campaign_carry(campaign_id=UUID(campaign_id), progress=progress)
    assert told == [1, 2]
    assert _state(call_as, campaign_id) == "resuming"
    run_jobs()
    assert (_state(call_as, campaign_id), _slots()) == ("running", ["open"] * 4)


@pytest.mark.usefixtures("one_task_at_a_time")
def test_a_large_campaign_ends_by_a_job_that_goes_on_where_it_was_lost(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs)
    held = _handed(world)
    assert held is not None
    assert _step(call_as, campaign_id, "cancel").json()["progress"]["state"] == "cancelling"

    def lost(done: int, _: int) -> None:
        if done == 2:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        campaign_steps.campaign_carry(campaign_id=UUID(campaign_id), progress=lost)
    assert Task.objects.filter(state="withdrawn").count() == 2
    run_jobs()
    assert (_state(call_as, campaign_id), _slots()) == ("cancelled", ["withdrawn"] * 4)
    assert not HeldSource.objects.exists()
    _answer(world, held)
    assert Submission.objects.get().is_late, "what somebody was writing is kept"
    assert _step(call_as, campaign_id, "cancel").json()["code"] == "campaign_state"


def test_findings_bound_what_was_not_asked(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs, posts=30, margin=0.2)
    path = f"/api/campaigns/{campaign_id}/findings/"
    before = call_as("manager").get(path).json()
    assert (before["bound"], before["forecast"]) == (None, None)
    recorded.found = [
        Renewed("", "", asked=14, renewed=14, compared=14, changed=4),
        Renewed("weapons", "en", asked=14, renewed=14, compared=14, changed=4),
    ]
    found = call_as("manager").get(path).json()
    assert found["items"]["changed"] == 4
    assert [row["clause_key"] for row in found["clauses"]] == ["weapons"]
    bound = found["bound"]
    assert bound["share"] == pytest.approx(4 / 14)
    assert bound["low"] < bound["share"] < bound["high"]
    assert (bound["left"], found["population"]) == (16, 30)
    assert 0 < bound["left_most"] < 16


def test_findings_of_half_a_full_campaign_tell_nothing_of_the_rest(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs)
    recorded.found = [Renewed("", "", asked=4, renewed=2, compared=2, changed=2)]
    path = f"/api/campaigns/{campaign_id}/findings/"
    assert call_as("manager").get(path).json()["bound"] is None
    recorded.found = [Renewed("", "", asked=4, renewed=4, compared=4, changed=2)]
    assert call_as("manager").get(path).json()["bound"]["high"] == 0.5


def test_where_a_campaign_stands_is_told_to_who_builds_datasets(
    world: World, call_as: CallAs, recorded: RecordedAnswers, run_jobs: RunJobs
) -> None:
    campaign_id = _running(world, call_as, recorded, run_jobs)
    release_id = Campaign.objects.get(pk=campaign_id).release_id
    held = _handed(world)
    assert held is not None
    _answer(world, held)
    (standing,) = campaigns_standing(release_id)
    assert (standing.share, standing.clause_keys, standing.is_sample) == (0.25, ("weapons",), False)
    _step(call_as, campaign_id, "cancel")
    assert campaigns_standing(release_id) == []
