from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from annotation.models import GoldResult
from annotation.selectors import gold_tallies, own_results, verdicts_counted
from annotation.selectors.votes import verdicts_given
from annotation.services import (
    Answer,
    annotation_submit,
    gold_retire,
    onboarding_decide,
    onboarding_go_on,
    onboarding_set,
    onboarding_try_again,
)
from core.accounts.models import AuditEvent
from core.accounts.selectors import pseudonyms
from core.accounts.services import languages_set, member_add
from core.queue.errors import OnboardingStateError, OnboardingWaitsError, OwnOnboardingError
from core.queue.models import Lease, OnboardingRun, Task
from core.queue.selectors import onboarding_due, project_overview, rules_kept
from core.queue.services import PostHarm, harms_state, lease_next, lease_release, leases_expire
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, rules_set
from tests.annotation.onboarding_material import give, held, onboarding_make
from tests.world import Caller, World, person_make

Call = Callable[[str], Caller]


def known(item: Any) -> dict[str, Any]:
    return material.document(item.answers.get(clause_key="hate").answer)


def through(world: World, items: list[Any], *, right: int) -> None:
    """Answer the whole set, so many of it as known."""
    for number, item in enumerate(items):
        lease = held(world)
        assert lease.task.source_id == item.pk
        wrong = material.document("yes" if number % 2 else "no")
        give(world, lease, known(item) if number < right else wrong)
        onboarding_go_on(world.actor("annotator"), world.project.pk)


def run_of(world: World, name: str = "annotator") -> OnboardingRun:
    return OnboardingRun.objects.get(project=world.project, person=world.person(name))


def test_the_set_comes_first_in_order_and_one_at_a_time_then_the_work(world: World) -> None:
    items = onboarding_make(world, 3)
    first = held(world)
    assert first.task.source_id == items[0].pk
    assert first.task.context == {"onboarding": {"step": 1, "of": 3, "try": 1}}
    assert (
        lease_next(world.actor("annotator"), project=world.project, kind="label", holding=[first.pk]) is None
    )
    give(world, first, known(items[0]))
    with pytest.raises(OnboardingWaitsError):
        held(world)
    onboarding_go_on(world.actor("annotator"), world.project.pk)
    assert held(world).task.source_id == items[1].pk
    give(world, held(world), known(items[1]))
    onboarding_go_on(world.actor("annotator"), world.project.pk)
    give(world, held(world), known(items[2]))
    onboarding_go_on(world.actor("annotator"), world.project.pk)
    assert run_of(world).state == "passed"
    assert held(world).task.source == "manual"


def test_after_each_answer_the_known_one_is_shown_beside_it(world: World, call_as: Call) -> None:
    items = onboarding_make(world, 2)
    base = f"/api/projects/{world.project.pk}"
    taken = call_as("annotator").post(f"{base}/label/exchange/", {"take": 3}).json()
    assert [bundle["onboarding"] for bundle in taken["next"]] == [{"step": 1, "of": 2, "try_number": 1}]
    own = call_as("annotator").get(f"{base}/my-onboarding/").json()
    assert (own["state"], own["due"], own["lessons"]) == ("open", 1, [])
    lease = Lease.objects.get(person=world.person("annotator"), state="held")
    answer = {
        "lease_id": str(lease.pk),
        "id": "01900000-0000-7000-8000-000000000001",
        "document": material.document("no"),
        "active_ms": 10,
        "supersedes_id": None,
    }
    told = call_as("annotator").post(f"{base}/label/exchange/", {"answer": answer, "take": 3}).json()
    assert (told["next"], told["idle"]["code"]) == ([], "onboarding_waits")
    own = call_as("annotator").get(f"{base}/my-onboarding/").json()
    (lesson,) = own["lessons"]
    assert own["state"] == "lesson"
    assert lesson["explanation"] == items[0].explanation
    hate = next(clause for clause in lesson["clauses"] if clause["clause_key"] == "hate")
    assert (hate["known"], hate["known_severity"], hate["given"], hate["passed"]) == (
        "Yes",
        "Medium",
        "No",
        False,
    )
    went = call_as("annotator").post(f"{base}/my-onboarding/", {"step": "go_on"}).json()
    assert (went["state"], went["due"]) == ("open", 1)


def test_a_lesson_is_told_in_the_language_its_reader_reads(world: World, call_as: Call) -> None:
    words = {"title": "Haine", "answers/yes": "Oui", "answers/no": "Non", "severities/2": "Moyen"}
    passages = [{"at": at, "text": text, "source": "as it was"} for at, text in words.items()]
    french = {"language": "en", "translations": [{"language": "fr", "passages": passages}]}
    material.release_make(world, {"hate": {**material.HATE, **french}, "spam": material.SPAM})
    onboarding_make(world, 1)
    languages_set(world.actor("annotator"), languages=["fr", "en"])
    give(world, held(world), material.document("no"))
    own = call_as("annotator").get(f"/api/projects/{world.project.pk}/my-onboarding/").json()
    hate = next(clause for clause in own["lessons"][0]["clauses"] if clause["clause_key"] == "hate")
    told = (hate["title"], hate["known"], hate["known_severity"], hate["given"])
    assert told == ("Haine", "Oui", "Moyen", "Non")


def test_who_does_not_pass_tries_again_while_tries_are_left_and_then_waits_for_a_word(world: World) -> None:
    items = onboarding_make(world, 2, tries=2)
    through(world, items, right=1)
    with pytest.raises(OnboardingWaitsError):
        held(world)
    onboarding_try_again(world.actor("annotator"), world.project.pk)
    through(world, items, right=0)
    with pytest.raises(OnboardingStateError):
        onboarding_try_again(world.actor("annotator"), world.project.pk)
    name = pseudonyms(world.project.pk)[world.person("annotator").pk].pseudonym
    decide = {"pseudonym": name, "sentence": "We looked at both together."}
    onboarding_decide(world.actor("reviewer"), world.project.pk, lets_through=False, **decide)
    through(world, items, right=0)
    onboarding_decide(world.actor("reviewer"), world.project.pk, lets_through=True, **decide)
    assert held(world).task.source == "manual"
    actions = AuditEvent.objects.filter(project=world.project, action__startswith="onboarding.")
    assert {"onboarding.allow_try", "onboarding.let_through", "onboarding.miss"} <= set(
        actions.values_list("action", flat=True)
    )
    assert run_of(world).sentence == "We looked at both together."


def test_nobody_decides_on_their_own_onboarding(world: World) -> None:
    onboarding_make(world)
    held(world, "reviewer")
    name = pseudonyms(world.project.pk)[world.person("reviewer").pk].pseudonym
    with pytest.raises(OwnOnboardingError):
        onboarding_decide(
            world.actor("reviewer"), world.project.pk, pseudonym=name, lets_through=True, sentence="Fine."
        )


def test_its_answers_enter_nothing_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    items = onboarding_make(world, 2)
    through(world, items, right=2)
    assert GoldResult.objects.filter(onboarding_try=1).count() == 4
    assert not gold_tallies(world.project.pk)
    assert not verdicts_counted(world.project.pk).exists()
    assert not verdicts_given(world.project.pk).exists()
    assert own_results(world.project.pk, [material.release_once(world)], world.person("annotator").pk) is None
    assert project_overview(world.project)["submissions"]["total"] == 0
    # What they learnt by is never mixed in as gold for them, also not where gold comes again.
    rules_set(world, gold_share=0.5, gold_again_days=1)
    Lease.objects.update(created_at=F("created_at") - timedelta(days=5))
    draws_fix(monkeypatch, 0.0)
    assert held(world).task.source == "manual"


def test_members_from_before_are_asked_only_when_it_is_said(world: World) -> None:
    items = onboarding_make(world, 1, asks_everyone=False)
    assert held(world).task.source == "manual"
    newcomer = person_make("newcomer")
    member_add(world.actor("manager"), project=world.project, email=newcomer.email, roles=["annotator"])
    world.people["newcomer"] = newcomer
    assert held(world, "newcomer").task.source_id == items[0].pk


def test_who_is_past_it_is_asked_again_only_when_it_is_said(world: World) -> None:
    items = onboarding_make(world, 2)
    through(world, items, right=2)
    ids = [item.pk for item in reversed(items)]
    keep: dict[str, Any] = {"item_ids": ids, "pass_share": 1.0, "tries": None}
    onboarding_set(world.actor("reviewer"), world.project.pk, **keep)
    assert run_of(world).state == "passed"
    onboarding_set(world.actor("reviewer"), world.project.pk, asks_everyone=True, **keep)
    assert held(world).task.source_id == items[1].pk


def test_a_declined_post_counts_neither_way_and_one_whose_hold_ran_out_comes_again(world: World) -> None:
    items = onboarding_make(world, 3)
    lease_release(world.actor("annotator"), held(world).pk, outcome="declined")
    second = held(world)
    assert second.task.source_id == items[1].pk
    Lease.objects.filter(pk=second.pk).update(expires_at=F("created_at"))
    leases_expire()
    again = held(world)
    assert (again.task.source_id, again.pk != second.pk) == (items[1].pk, True)
    give(world, again, known(items[1]))
    onboarding_go_on(world.actor("annotator"), world.project.pk)
    give(world, held(world), known(items[2]))
    onboarding_go_on(world.actor("annotator"), world.project.pk)
    assert run_of(world).state == "passed"


def test_a_correction_after_the_lesson_changes_no_result(world: World) -> None:
    items = onboarding_make(world, 1)
    lease = held(world)
    sent = give(world, lease, material.document("no"))
    annotation_submit(
        world.actor("annotator"), Answer(lease.pk, uuid.uuid4(), known(items[0]), 10, supersedes_id=sent.pk)
    )
    onboarding_go_on(world.actor("annotator"), world.project.pk)
    assert run_of(world).state == "failed"


def test_without_a_set_nothing_is_asked_about_it(world: World, django_assert_num_queries: Any) -> None:
    rules_kept(world.project.pk)
    with django_assert_num_queries(0):
        assert not onboarding_due(world.actor("annotator"), world.project)


def test_a_set_holds_gold_of_the_project_that_is_in_use_each_once(world: World, call_as: Call) -> None:
    (item,) = onboarding_make(world, 1)
    address = f"/api/projects/{world.project.pk}/onboarding/"
    body = {"item_ids": [str(item.pk)] * 2, "pass_share": 0.8, "tries": None}
    refused = call_as("reviewer").put(address, body)
    assert (refused.status_code, refused.json()["code"]) == (400, "onboarding_set_invalid")
    kept = call_as("reviewer").put(address, {**body, "item_ids": []})
    assert (kept.status_code, kept.json()["is_on"]) == (200, False)
    assert held(world).task.source == "manual"
    assert Task.objects.filter(project=world.project, context__has_key="onboarding").count() == 0


def test_gold_that_is_retired_leaves_the_set_and_an_empty_set_stops_nobody(world: World) -> None:
    (item,) = onboarding_make(world, 1)
    gold_retire(world.actor("reviewer"), world.project.pk, item.pk, because="")
    with pytest.raises(OnboardingWaitsError):
        held(world)
    onboarding_go_on(world.actor("annotator"), world.project.pk)
    assert held(world).task.source == "manual"


def test_nobody_learns_by_what_they_do_not_take(world: World) -> None:
    items = onboarding_make(world, 2)
    harms_state({items[0].post_id: PostHarm(4, ("violence",))})
    lease = held(world)
    assert lease.task.source_id == items[1].pk
    give(world, lease, known(items[1]))
    onboarding_go_on(world.actor("annotator"), world.project.pk)
    assert run_of(world).state == "passed"
