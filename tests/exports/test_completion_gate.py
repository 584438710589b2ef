"""A dataset that waits for the re-labelling of its release, and who may say that it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.jobs.models import Job
from exports.models import Version
from policies.models import Campaign
from tests.annotation import material
from tests.exports.answers import Answers
from tests.world import Caller

CallAs = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]


def _dataset(answers: Answers, call_as: CallAs, **definition: Any) -> str:
    made = call_as("engineer").post(
        f"/api/projects/{answers.world.project.pk}/datasets/",
        {"name": "gated", "title": "Gated", "kinds": ["labels"], "definition": definition},
    )
    assert made.status_code == 201, made.content
    return str(made.json()["id"])


@pytest.fixture
def dataset_path(answers: Answers, call_as: CallAs, run_jobs: RunJobs) -> str:
    """A dataset that wants all of a campaign, which nobody has answered to yet."""
    world = answers.world
    material.tasks_make(world, answers.release, [material.post_make(world)], overlap=1)
    material.answer(world, "annotator", material.document("yes"))
    later = material.release_changed(world, answers.release, clause_key="hate", question="Is it an attack?")
    started = call_as("policy_editor").post(
        f"/api/projects/{world.project.pk}/campaigns/",
        {"release_id": str(later.id), "against_id": str(answers.release.id)},
    )
    assert started.status_code == 202, started.content
    run_jobs()
    dataset_id = _dataset(answers, call_as, campaigns_share=1.0, release_id=str(later.id))
    return f"/api/datasets/{dataset_id}/versions/"


def test_no_version_is_built_before_the_campaign_is_done(dataset_path: str, call_as: CallAs) -> None:
    refused = call_as("engineer").post(dataset_path, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "campaigns_unfinished")
    assert "hate has 0%" in refused.json()["detail"]
    assert not Version.objects.exists()


def test_an_expert_builds_it_with_a_reason_that_stands_on_the_card(
    dataset_path: str, call_as: CallAs, run_jobs: RunJobs
) -> None:
    reason = "The trainer needs the other clauses today."
    assert call_as("engineer").post(dataset_path, {"override_reason": reason}).status_code == 403
    started = call_as("policy_editor").post(dataset_path, {"override_reason": reason})
    assert started.status_code == 202, started.content
    run_jobs()
    version = Version.objects.get()
    assert version.state == "ready"
    assert reason in version.card
    assert "against" in version.card
    (campaign,) = version.gate["campaigns"]
    assert (campaign["clause_keys"], campaign["share"]) == (["hate"], 0.0)


def test_a_cancelled_campaign_is_waited_for_no_more(
    answers: Answers, dataset_path: str, call_as: CallAs
) -> None:
    campaign = Campaign.objects.get()
    call_as("policy_editor").post(f"/api/campaigns/{campaign.pk}/cancel/", {})
    no_need = call_as("policy_editor").post(dataset_path, {"override_reason": "For nothing."})
    assert no_need.status_code == 403
    assert call_as("engineer").post(dataset_path, {}).status_code == 202


def test_an_answered_campaign_lets_the_version_through(
    answers: Answers, dataset_path: str, call_as: CallAs, run_jobs: RunJobs
) -> None:
    again = {"verdicts": [{"clause_key": "hate", "answer": "no"}]}
    material.answer(answers.world, "annotator2", again)
    assert call_as("engineer").post(dataset_path, {}).status_code == 202
    run_jobs()
    version = Version.objects.get()
    assert (version.state, version.gate) == ("ready", {})
