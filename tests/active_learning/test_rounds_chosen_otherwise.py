"""Rounds by modAL's strategies, and by a clause's words while nobody has answered."""

from __future__ import annotations

import pytest

from active_learning.models import ModelVersion, Pick
from annotation.models import Suggestion
from tests.active_learning import material
from tests.active_learning.test_rounds import Call, RunJobs, finished, start
from tests.annotation.material import SPAM, release_make
from tests.world import World


def test_modals_own_strategies_are_offered_where_modal_is(
    world: World, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from active_learning.domain import strategy_names

    def offered() -> set[str]:
        return {row["name"] for row in call_as("engineer").get("/api/strategies/").json()["results"]}

    assert {"modal_learner", "modal_consensus", "modal_divergence"} <= offered()
    release, _ = material.decided_world(world, decided=2, open_posts=1)
    body = material.round_body(release, strategy="modal_learner")
    assert start(world, call_as("engineer"), body).status_code == 202
    monkeypatch.setattr(strategy_names, "find_spec", lambda name: None)
    assert not [name for name in offered() if name.startswith("modal")]
    refused = start(world, call_as("engineer"), body)
    assert (refused.status_code, refused.json()["code"]) == (409, "strategy_missing")


@pytest.mark.usefixtures("words")
def test_a_round_chooses_by_modals_committee(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, _ = material.decided_world(world)
    ended = finished(world, call_as, run_jobs, material.round_body(release, strategy="modal_divergence"))
    assert (ended["picked"], ended["used_strategy"]) == (8, "modal_divergence")


@pytest.mark.usefixtures("words")
def test_before_anybody_answered_the_clauses_words_look_for_harm_and_a_person_may_promote_them(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    wording = {"type": "use_when", "text": "buy cheap pills now\nwin money with this offer"}
    release = release_make(world, {"spam": SPAM | {"blocks": [*SPAM["blocks"], wording]}})
    posts = material.spam_posts(world, 40)
    body = material.round_body(release, strategy="expected_harm", budget=10)
    ended = finished(world, call_as, run_jobs, body)
    assert (ended["used_strategy"], ended["metrics"]["zero_shot"]) == ("expected_harm", True)
    picks = Pick.objects.filter(round_id=ended["id"], is_random=False)
    assert all(pick.probability is not None for pick in picks)
    spam = {post.pk for number, post in enumerate(posts) if material.is_spam(number)}
    assert sum(pick.post_id in spam for pick in picks) / len(picks) > len(spam) / len(posts)
    model = ModelVersion.objects.get()
    assert model.trained_on["posts"] == 0
    assert model.trained_on["zero_shot"] == {"covered": 4, "others": 0}
    assert call_as("engineer").get(f"/api/models/{model.pk}/").json()["state"] == "never"
    assert not Suggestion.objects.exists()
    asked = {"after": 0, "reason": "Nothing else is there yet."}
    promoted = call_as("engineer").post(f"/api/models/{model.pk}/promotion/", asked)
    assert promoted.status_code in {200, 201, 202}, promoted.content
    run_jobs()
    assert Suggestion.objects.count() == 10
