"""Budgets, consent, spacing and breaks (W01, W02, W07, W08): kept by the queue, by the database's clock."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from core.accounts.models import Membership, Project
from core.accounts.selectors import Actor, Capability
from core.accounts.services import token_create
from core.queue.domain.harm import Harm
from core.queue.domain.protection import OrganizationSettings, asked_keys
from core.queue.errors import WorkClosedError
from core.queue.models import Closure, Lease, PersonLimit, Reveal, Slot
from core.queue.selectors import wards
from core.queue.services import TaskSpec, Wish, harms_find, lease_next, leases_take, tasks_create
from core.queue.services.protection import (
    organization_protection_set,
    person_protection_set,
    project_protection_set,
)
from core.queue.services.rules import task_ask_more
from tests.core.queue.harming import agree_to_all, harmful_tasks, reveals_age, severity_handed, tasks_make
from tests.core.queue.queue_rows import label_tasks_make, posts_make
from tests.core.queue.test_leases import _in_threads as in_threads
from tests.world import Caller, World, world_make

As = Callable[[str], Caller]


def next_path(world: World) -> str:
    return f"/api/projects/{world.project.pk}/queue/next/"


def item_budget(limit: int, **changes: Any) -> dict[str, Any]:
    return {"per": "day", "category": "", "severity_from": 2, "unit": "items", "limit": limit, **changes}


@pytest.mark.django_db
def test_what_is_built_into_the_claim_is_what_the_settings_say() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {wards._ASKS}")
        assert sorted(cursor.fetchone()[0]) == asked_keys(OrganizationSettings())


def test_w02_a_severe_post_goes_only_to_those_who_agreed(world: World) -> None:
    severe, mild = harmful_tasks(world, [3, 1])
    first = lease_next(world.actor("annotator"), project=world.project, kind="label")
    assert first is not None
    assert first.task_id == mild.pk
    agree_to_all(world.person("annotator2"))
    second = lease_next(world.actor("annotator2"), project=world.project, kind="label")
    assert second is not None
    assert second.task_id == severe.pk


def test_w02_an_opt_out_holds_from_the_next_post_on_and_asks_no_reason(world: World, call_as: As) -> None:
    harmful_tasks(world, [1, 1, 1], category="hate")
    assert call_as("annotator").post(next_path(world), {"kind": "label"}).status_code == 200
    chosen = {"consents": [{"category": "hate", "up_to": 0}]}
    assert call_as("annotator").put("/api/me/protection/", chosen).status_code == 200
    held = Lease.objects.get(person=world.person("annotator"))
    again = call_as("annotator").post(next_path(world), {"kind": "label", "holding": [str(held.pk)]})
    assert again.status_code == 204


def test_w02_what_one_holds_of_it_is_taken_back_at_once(world: World) -> None:
    harmful_tasks(world, [1], category="hate", priority=9.0)
    harmful_tasks(world, [1], category="sexual")
    actor = world.actor("annotator")
    assert len(leases_take(actor, world.project, Wish("label", [], 2)).tasks) == 2
    person_protection_set(actor, {"consents": [{"category": "hate", "up_to": 0}]})
    states = Lease.objects.order_by("-slot__priority").values_list("state", "slot__state")
    assert list(states) == [("expired", "open"), ("held", "leased")]


def test_w02_an_opted_out_post_is_never_assigned_in_100_000_draws(world: World) -> None:
    """Every ward against every choice, in one set: what the claim may hand out and what the person refused."""
    rng = random.Random(7)
    names = ["violence", "sexual", "hate", "harassment", "self_harm", "child_safety", "extremism", "other"]
    person = world.person("annotator")
    with connection.cursor() as cursor:
        for severity in range(5):
            for one in range(20):
                keys = (
                    sorted({f"{rng.choice(names)}{severity}" for _ in range(1 + one % 3)}) if severity else []
                )
                cursor.execute(
                    "INSERT INTO queue_ward (severity, keys, language) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                    [severity, keys, rng.choice(["", "en", "de"])],
                )
        cursor.execute("SELECT count(*) FROM queue_ward")
        sorts = cursor.fetchone()[0]
    draws = 0
    while draws < 100_000:
        up_to = {name: rng.randint(0, 4) for name in names}
        most = rng.randint(0, 4)
        consents = [{"category": name, "up_to": level} for name, level in up_to.items()]
        person_protection_set(Actor(person), {"consents": consents, "severity_most": most})
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT sort.severity, sort.keys FROM queue_ward AS sort "
                f"CROSS JOIN generate_series(1, 20) WHERE {wards.MAY_BE_HANDED.format(ward='sort.id')}",
                {"person": person.pk, "project": world.project.pk, "is_person": True},
            )
            for severity, keys in cursor.fetchall():
                assert severity <= most
                assert all(severity <= up_to[key[:-1]] for key in keys), (severity, keys, up_to)
        draws += sorts * 20


def test_w02_a_person_who_claims_on_and_on_meets_nothing_they_refused(world: World) -> None:
    rng = random.Random(3)
    harmful_tasks(world, [rng.randint(0, 4) for _ in range(60)], category="sexual")
    harmful_tasks(world, [rng.randint(0, 2) for _ in range(20)], category="hate")
    person_protection_set(
        world.actor("annotator"),
        {"consents": [{"category": "sexual", "up_to": 1}, {"category": "hate", "up_to": 4}]},
    )
    seen = Counter[int]()
    while (severity := severity_handed(world)) is not None:
        seen[severity] += 1
    left = Slot.objects.filter(state="open").count()
    assert sum(seen.values()) + left == 80
    keys = Reveal.objects.filter(person=world.person("annotator"), categories__contains=["sexual"])
    assert not keys.filter(severity__gt=1).exists()


def test_higher_priority_comes_first_whatever_the_harm(world: World) -> None:
    agree_to_all(world.person("annotator"))
    low, high = harmful_tasks(world, [0], priority=1.0)[0], harmful_tasks(world, [2], priority=5.0)[0]
    middle = label_tasks_make(world, 1, priorities=[3.0])[0]
    order = []
    for _ in range(3):
        lease = lease_next(world.actor("annotator"), project=world.project, kind="label")
        assert lease is not None
        order.append(lease.task_id)
        Lease.objects.filter(pk=lease.pk).update(state="submitted")
    assert order == [high.pk, middle.pk, low.pk]


def test_what_was_found_later_moves_what_waits(world: World) -> None:
    (task,) = tasks_make(world, posts_make(world, 1))
    assert task.post_id is not None
    harms_find({task.post_id: Harm(4, ("violence",))})
    assert lease_next(world.actor("annotator"), project=world.project, kind="label") is None


def test_a_post_of_which_nothing_is_known_counts_as_the_project_expects(world: World) -> None:
    label_tasks_make(world, 1)
    project_protection_set(
        world.actor("manager"), world.project, {"expects": {"severity": 3, "categories": ["sexual"]}}
    )
    assert lease_next(world.actor("annotator"), project=world.project, kind="label") is None
    agree_to_all(world.person("annotator2"))
    assert lease_next(world.actor("annotator2"), project=world.project, kind="label") is not None


def test_w01_a_spent_budget_closes_the_queue_with_a_reason_and_a_time(world: World, call_as: As) -> None:
    project_protection_set(world.actor("manager"), world.project, {"budgets": [item_budget(2)]})
    harmful_tasks(world, [2, 2, 2])
    for _ in range(2):
        assert severity_handed(world) == 2
    answer = call_as("annotator").post(next_path(world), {"kind": "label"})
    assert (answer.status_code, answer.json()["code"]) == (409, "work_closed")
    assert answer.json()["fields"]["why"] == "budget"
    assert 86_000 < answer.json()["fields"]["seconds_left"] <= 86_400
    # What does not spend it is still handed out.
    benign = harmful_tasks(world, [0])[0]
    lease = lease_next(world.actor("annotator"), project=world.project, kind="label")
    assert lease is not None
    assert lease.task_id == benign.pk


def test_w01_a_second_tab_a_token_and_a_second_project_do_not_beat_it(world: World, call_as: As) -> None:
    person = world.person("annotator")
    second = Project.objects.create(organization=world.organization, name="Second", slug="second")
    Membership.objects.create(project=second, user=person, roles=["annotator"], pseudonym="Other name")
    Membership.objects.create(
        project=second, user=world.person("manager"), roles=["manager"], pseudonym="Its manager"
    )
    organization_protection_set(world.actor("manager"), world.project, {"budgets": [item_budget(1)]})
    harmful_tasks(world, [2, 2, 2])
    posts = posts_make(world, 1)
    tasks_create(
        second,
        kind="label",
        specs=[TaskSpec(release_id=posts[0].pk, clause_keys=["spam"], slots=1, post_id=posts[0].pk)],
        actor=None,
    )
    project_protection_set(world.actor("manager"), second, {"expects": {"severity": 2, "categories": []}})
    assert severity_handed(world) == 2
    _, secret = token_create(Actor(person), name="t", scopes=[str(Capability.TASKS_WORK)])
    for project in (world.project, second):
        path = f"/api/projects/{project.pk}/queue/next/"
        assert call_as("annotator").post(path, {"kind": "label"}).json()["code"] == "work_closed"
        by_token = Caller().post(path, {"kind": "label"}, Authorization=f"Bearer {secret}")
        assert by_token.json()["code"] == "work_closed", by_token.content


def test_w01_taking_three_at_once_takes_no_more_than_the_budget(world: World) -> None:
    project_protection_set(world.actor("manager"), world.project, {"budgets": [item_budget(1)]})
    harmful_tasks(world, [2, 2, 2])
    taken = leases_take(world.actor("annotator"), world.project, Wish("label", [], 3))
    assert len(taken.tasks) == 1


@pytest.mark.django_db(transaction=True)
def test_w01_eight_tabs_at_once_are_handed_no_more_than_the_budget() -> None:
    world = world_make()
    project_protection_set(world.actor("manager"), world.project, {"budgets": [item_budget(2)]})
    harmful_tasks(world, [2] * 12)

    def work(number: int) -> None:
        with suppress(WorkClosedError):
            while severity_handed(world) is not None:
                pass

    assert not in_threads(8, work)
    assert Lease.objects.count() == 2


def test_w02_one_more_annotator_is_asked_under_the_same_rules(world: World) -> None:
    (task,) = harmful_tasks(world, [3])
    Slot.objects.update(state="filled")
    assert task_ask_more(task.pk, clause_keys=["spam"], answers_most=3)
    assert lease_next(world.actor("annotator"), project=world.project, kind="label") is None
    agree_to_all(world.person("annotator"))
    assert lease_next(world.actor("annotator"), project=world.project, kind="label") is not None


def test_w01_it_opens_again_when_the_window_has_moved_on(world: World) -> None:
    project_protection_set(world.actor("manager"), world.project, {"budgets": [item_budget(1, per="hour")]})
    harmful_tasks(world, [2, 2])
    assert severity_handed(world) == 2
    with pytest.raises(WorkClosedError):
        severity_handed(world)
    reveals_age(minutes=61)
    Closure.objects.update(until=F("until") - timedelta(minutes=61))
    assert severity_handed(world) == 2


def test_w01_a_person_can_be_stricter_and_a_lower_level_never_looser(world: World) -> None:
    project_protection_set(world.actor("manager"), world.project, {"budgets": [item_budget(1)]})
    person_protection_set(world.actor("annotator"), {"budgets": [item_budget(100)]})
    person_protection_set(world.actor("annotator2"), {"budgets": [item_budget(0)]})
    harmful_tasks(world, [2, 2, 2])
    assert severity_handed(world) == 2
    with pytest.raises(WorkClosedError):
        severity_handed(world)
    with pytest.raises(WorkClosedError):
        severity_handed(world, "annotator2")


def test_w07_no_more_severe_posts_on_end_than_allowed_whatever_the_order(world: World) -> None:
    spacing = {"severe_in_a_row": 2, "then_benign": 1, "benign_most": 1, "cool_down_seconds": 0}
    project_protection_set(world.actor("manager"), world.project, {"spacing": spacing})
    agree_to_all(world.person("annotator"))
    rng = random.Random(11)
    harmful_tasks(world, [rng.choice([3, 4]) for _ in range(14)])
    harmful_tasks(world, [rng.choice([0, 1]) for _ in range(9)])
    handed: list[int] = []
    try:
        while (severity := severity_handed(world)) is not None:
            handed.append(severity)
    except WorkClosedError as closed:
        assert closed.fields["why"] == "cool_down"
    run = 0
    for severity in handed:
        run = run + 1 if severity >= 3 else 0
        assert run <= 2, handed
    assert len(handed) >= 20


def test_w07_without_benign_posts_there_is_a_rest_and_then_work_again(world: World) -> None:
    spacing = {"severe_in_a_row": 1, "then_benign": 1, "benign_most": 1, "cool_down_seconds": 600}
    project_protection_set(world.actor("manager"), world.project, {"spacing": spacing})
    agree_to_all(world.person("annotator"))
    harmful_tasks(world, [3, 3])
    assert severity_handed(world) == 3
    with pytest.raises(WorkClosedError) as refused:
        severity_handed(world)
    assert refused.value.fields["why"] == "cool_down"
    assert 500 < refused.value.fields["seconds_left"] <= 600
    PersonLimit.objects.update(severe_next_at=Now() - timedelta(seconds=1))
    assert severity_handed(world) == 3


def test_w08_a_break_is_due_after_so_much_work_and_the_queue_keeps_to_it(world: World, call_as: As) -> None:
    label_tasks_make(world, 3)
    person_protection_set(world.actor("annotator"), {"break_after_minutes": 50, "break_minutes": 10})
    assert severity_handed(world) == -1
    PersonLimit.objects.update(
        work_since=Now() - timedelta(minutes=51), last_work_at=Now() - timedelta(minutes=1)
    )
    answer = call_as("annotator").post(next_path(world), {"kind": "label"}).json()
    closed = answer["fields"]
    assert (answer["code"], closed["why"], closed["may_end"]) == ("work_closed", "break", False)
    assert 530 < closed["seconds_left"] <= 540
    assert call_as("annotator").delete("/api/me/breaks/").status_code == 409
    PersonLimit.objects.update(last_work_at=Now() - timedelta(minutes=11))
    assert call_as("annotator").post(next_path(world), {"kind": "label"}).status_code == 200
    standing = PersonLimit.objects.get(person=world.person("annotator"))
    assert standing.work_since == standing.last_work_at


def test_w08_a_break_one_takes_shuts_everything_until_one_ends_it(world: World, call_as: As) -> None:
    label_tasks_make(world, 2)
    annotator = call_as("annotator")
    taken = annotator.post("/api/me/breaks/", {"minutes": 15})
    assert (taken.status_code, taken.json()["may_end"]) == (201, True)
    assert annotator.post(next_path(world), {"kind": "label"}).json()["fields"]["why"] == "break"
    assert annotator.get("/api/me/meter/").json()["closed"]["why"] == "break"
    assert annotator.delete("/api/me/breaks/").status_code == 204
    assert annotator.post(next_path(world), {"kind": "label"}).status_code == 200


def test_w08_a_held_task_is_not_handed_out_again_during_a_break(world: World, call_as: As) -> None:
    label_tasks_make(world, 1)
    annotator = call_as("annotator")
    assert annotator.post(next_path(world), {"kind": "label"}).status_code == 200
    annotator.post("/api/me/breaks/", {"minutes": 15})
    assert annotator.post(next_path(world), {"kind": "label"}).status_code == 409


def test_nobody_simulated_needs_a_break(world: World) -> None:
    harmful_tasks(world, [4])
    person = world.person("annotator")
    person.is_simulated = True
    person.save(update_fields=["is_simulated"])
    assert severity_handed(world) == 4


def test_a_person_gets_posts_in_the_languages_they_read(world: World) -> None:
    english, german, brazilian, unknown = posts_make(world, 4)
    for post, language in ((german, "de"), (brazilian, "pt-BR"), (unknown, "")):
        post.language = language
        post.save(update_fields=["language"])
    tasks_make(world, [german, brazilian, unknown, english])
    PersonLimit.objects.create(person=world.person("annotator"), languages=["pt"])
    got = set()
    while True:
        lease = lease_next(world.actor("annotator"), project=world.project, kind="label")
        if lease is None:
            break
        got.add(lease.task.post_id)
        Lease.objects.filter(pk=lease.pk).update(state="submitted")
    assert got == {brazilian.pk, unknown.pk}


def test_a_lower_level_must_name_categories_that_the_organization_has(world: World, call_as: As) -> None:
    path = f"/api/projects/{world.project.pk}/protection/"
    wrong = {"expects": {"severity": 2, "categories": ["dragons"]}}
    assert call_as("manager").put(path, wrong).status_code == 400
    assert call_as("manager").put(path, {"expects": {"severity": 9}}).status_code == 400
    assert call_as("manager").put(path, {"surprise": 1}).status_code == 400
    assert call_as("manager").put(path, {"expects": {"severity": 2}}).status_code == 200


def test_the_organization_s_settings_are_for_those_who_manage_all_of_it(world: World, call_as: As) -> None:
    path = f"/api/projects/{world.project.pk}/protection/organization/"
    assert call_as("manager").put(path, {"break_minutes": 10}).json()["organization"]["break_minutes"] == 10
    Project.objects.create(organization=world.organization, name="Not theirs", slug="not-theirs")
    refused = call_as("manager").put(path, {"break_minutes": 1})
    assert (refused.status_code, refused.json()["code"]) == (403, "organization_not_yours")
