"""No row, no byte (P02), and every exposure is the sum of such rows (W01, W11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, OperationalError, transaction
from django.db.models import F, Sum
from django.db.models.functions import Now
from django.urls import reverse

from core.accounts.models import AuditEvent, Membership
from core.content import access
from core.content.models import Post, Rendition
from core.queue.domain.harm import Harm
from core.queue.domain.reveals import seconds_counted
from core.queue.models import CheckIn, Closure, Lease, Reveal, ViewEvent
from core.queue.services import harms_state, lease_release
from core.queue.services.protection import project_protection_set
from core.storage import blob_store
from tests.architecture.role_matrix import project_id
from tests.architecture.test_role_matrix import ENDPOINTS
from tests.core.content.endpoints import post_make
from tests.core.queue.handing import post_hand
from tests.core.queue.harming import reveals_age
from tests.core.queue.test_handed import asset_of
from tests.world import Caller, World, person_make

As = Callable[[str], Caller]


@pytest.fixture
def shown(world: World) -> Iterator[tuple[Post, Lease, str]]:
    post = post_make(world)
    lease = post_hand(world, post)
    Reveal.objects.all().delete()
    yield post, lease, f"/media/{world.project.pk}/{asset_of(post).pk}/"


def reveal(caller: Caller, world: World, post: Post, **more: Any) -> Any:
    body = {"post_id": str(post.pk), "mode": "full", "purpose": "label", **more}
    return caller.post(f"/api/projects/{world.project.pk}/reveals/", body)


def fetched(answer: Any) -> int:
    return len(b"".join(answer.streaming_content)) if answer.streaming else 0


def test_p02_what_was_revealed_is_served_under_that_row(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    post, lease, media = shown
    opened = reveal(call_as("annotator"), world, post, lease_id=str(lease.pk), mode="hold")
    assert opened.status_code == 201, opened.content
    sent = fetched(call_as("annotator").get(media + "display"))
    (row,) = Reveal.objects.all()
    assert (row.mode, row.purpose, row.lease_id, row.serves, row.bytes_sent) == (
        "hold",
        "label",
        lease.pk,
        1,
        sent,
    )
    assert row.person == world.person("annotator")
    assert opened.json()["meter"]["seconds_day"] == 30.0


def test_p02_a_byte_nobody_announced_has_its_row_all_the_same(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    post, _, media = shown
    sent = fetched(call_as("annotator").get(media + "display"))
    sent += fetched(call_as("annotator").get(media + "display", Range="bytes=0-9"))
    (row,) = Reveal.objects.all()
    assert (row.mode, row.post_id, row.bytes_sent, row.serves) == ("unsaid", post.pk, sent, 2)
    assert row.seconds == 30.0


def test_p02_bytes_sent_are_the_sum_of_the_log(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    post, _, media = shown
    callers = [call_as("annotator"), call_as("reviewer"), call_as("manager")]
    counted = 0
    real = blob_store().open

    def opened(sha256: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        nonlocal counted
        for chunk in real(sha256, start=start, end=end):
            counted += len(chunk)
            yield chunk

    with patch.object(type(blob_store()), "open", lambda self, sha256, **part: opened(sha256, **part)):
        for turn in range(120):
            caller = callers[turn % 3]
            if turn % 5 == 0:
                reveal(caller, world, post)
            headers = {"Range": f"bytes={turn}-{turn * 2}"} if turn % 4 else {}
            fetched(caller.get(media + "display", **headers))
            if turn % 7 == 0:
                Reveal.objects.update(beat_at=F("beat_at") - timedelta(minutes=2))
    assert counted > 0
    assert Reveal.objects.aggregate(Sum("bytes_sent"))["bytes_sent__sum"] == counted


def test_p02_when_the_row_cannot_be_written_no_byte_goes_out(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    _, _, media = shown
    with (
        patch("core.queue.services.reveals._written", side_effect=OperationalError("gone")),
        patch("core.content.api.media._body") as body,
    ):
        answer = call_as("annotator").get(media + "display")
    assert (answer.status_code, answer.json()["code"]) == (503, "media_unlogged")
    assert not body.called
    with patch.object(access, "_counts", []), patch("core.content.api.media._body") as body:
        assert call_as("annotator").get(media + "display").status_code == 503
    assert not body.called


def test_w04_a_covered_picture_needs_no_row(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    post, _, media = shown
    stored = blob_store().put_stream([b"blurred"])
    Rendition.objects.create(
        asset=asset_of(post),
        kind="cover",
        sha256=stored.sha256,
        mime="image/webp",
        size_bytes=stored.size_bytes,
    )
    assert call_as("annotator").get(media + "cover").status_code == 200
    assert not Reveal.objects.exists()


def test_w01_while_one_is_on_a_break_nothing_is_uncovered(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    post, _, media = shown
    annotator = call_as("annotator")
    assert reveal(annotator, world, post).status_code == 201
    annotator.post("/api/me/breaks/", {"minutes": 5})
    refused = reveal(annotator, world, post)
    assert (refused.status_code, refused.json()["code"]) == (409, "work_closed")
    assert annotator.get(media + "display").status_code == 409, "an open reveal is shut too"


def test_w01_seconds_spend_a_budget_whatever_the_page_says(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    """A page that never reports pays 30 seconds in advance each time."""
    post, _, media = shown
    harms_state({post.pk: Harm(2, ("violence",))})
    budget = {"per": "hour", "category": "violence", "severity_from": 2, "unit": "seconds", "limit": 80}
    project_protection_set(world.actor("manager"), world.project, {"budgets": [budget]})
    annotator = call_as("annotator")
    for _ in range(3):
        assert annotator.get(media + "display").status_code == 200
        Reveal.objects.update(beat_at=F("beat_at") - timedelta(minutes=2))
    assert annotator.get(media + "display").status_code == 409
    assert Closure.objects.get().keys == ["violence2", "violence3", "violence4"]
    meter = annotator.get("/api/me/meter/").json()
    assert [one["spent"] for one in meter["budgets"] if one["from"] == "project"] == [90.0]


def test_a_beat_counts_what_the_page_says_and_never_more_than_the_clock(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    post, _, media = shown
    annotator = call_as("annotator")
    path = f"/api/reveals/{reveal(annotator, world, post).json()['id']}/beat/"
    reveals_age(seconds=12)
    first = annotator.post(path, {"seconds": 5_000, "is_over": False}).json()
    assert 12 <= first["seconds"] < 14
    last = annotator.post(path, {"seconds": 3, "is_over": True}).json()
    assert (last["seconds"], last["is_over"]) == (first["seconds"], True), "it never goes back"
    assert annotator.post(path, {"seconds": 9, "is_over": True}).json()["code"] == "reveal_over"
    annotator.get(media + "display")
    assert Reveal.objects.count() == 2, "after the last beat the bytes need a row of their own"


@pytest.mark.parametrize(
    "change",
    [
        {"person_id": None},
        {"severity": 0},
        {"mode": "glance"},
        {"bytes_sent": -1},
        {"serves": -1},
        {"created_at": Now() - timedelta(days=1)},
    ],
)
def test_p02_the_database_refuses_to_rewrite_who_looked_at_what(
    world: World, call_as: As, shown: tuple[Post, Lease, str], change: dict[str, Any]
) -> None:
    post, _, _ = shown
    reveal(call_as("annotator"), world, post)
    if "person_id" in change:
        change = {"person_id": world.person("annotator2").pk}
    with pytest.raises(DatabaseError), transaction.atomic():
        Reveal.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reveal.objects.all().delete()


def test_a_reveal_without_beats_is_over(world: World, call_as: As, shown: tuple[Post, Lease, str]) -> None:
    post, _, _ = shown
    annotator = call_as("annotator")
    path = f"/api/reveals/{reveal(annotator, world, post).json()['id']}/beat/"
    Reveal.objects.update(beat_at=Now() - timedelta(seconds=46))
    assert annotator.post(path, {"seconds": 9, "is_over": False}).status_code == 409
    assert call_as("annotator2").post(path, {"seconds": 9, "is_over": False}).status_code == 404


@pytest.mark.parametrize(
    ("said", "since", "before", "had", "counted"),
    [(5, 12, 30, False, 5), (50, 12, 30, False, 12), (3, 20, 5, True, 5), (-4, 9, 0, False, 0)],
)
def test_seconds_are_capped_by_the_clock(
    said: float, since: float, before: float, had: bool, counted: float
) -> None:
    assert seconds_counted(said, since_opened=since, before=before, had_a_beat=had) == counted


def test_only_what_one_was_handed_can_be_revealed_or_said_to_be_seen(world: World, call_as: As) -> None:
    post = post_make(world)
    annotator = call_as("annotator")
    assert reveal(annotator, world, post).status_code == 404
    views = {"views": [{"post_id": str(post.pk), "is_revealed": True, "seconds": 2.5}]}
    path = f"/api/projects/{world.project.pk}/views/"
    assert annotator.post(path, views).status_code == 404
    lease = post_hand(world, post)
    assert annotator.post(path, views).status_code == 204
    assert reveal(annotator, world, post).status_code == 201
    assert reveal(annotator, world, post, part_id=str(lease.pk)).status_code == 404
    assert reveal(annotator, world, post, lease_id=str(post.pk)).status_code == 404


def test_what_was_seen_of_a_post_is_kept_when_it_is_hidden_in_the_meantime(world: World, call_as: As) -> None:
    post = post_make(world)
    post_hand(world, post)
    annotator = call_as("annotator")
    assert annotator.post(f"/api/posts/{post.pk}/hide/", {"reason": ""}).status_code == 204
    views = {"views": [{"post_id": str(post.pk), "is_revealed": True, "seconds": 2.5}]}
    assert annotator.post(f"/api/projects/{world.project.pk}/views/", views).status_code == 204
    assert ViewEvent.objects.get(post_id=post.pk).seconds == 2.5


def test_w03_a_decline_and_a_stop_leave_no_trace(world: World, call_as: As) -> None:
    project_protection_set(
        world.actor("manager"),
        world.project,
        {"budgets": [{"per": "day", "category": "", "severity_from": 0, "unit": "items", "limit": 50}]},
    )
    first, second = post_make(world), post_make(world)
    one = post_hand(world, first)
    assert Reveal.objects.filter(post=first).exists(), "it was counted while it was held"
    lease_release(world.actor("annotator"), one.pk, outcome="declined")
    other = post_hand(world, second)
    before = AuditEvent.objects.count()
    stopped = call_as("annotator").post("/api/me/stop/", {"minutes": 30})
    assert (stopped.status_code, stopped.json()["released"]) == (200, 1)
    assert stopped.json()["closed"]["why"] == "stopped"
    assert not Reveal.objects.filter(post__in=[first, second]).exists()
    assert Lease.objects.get(pk=other.pk).reason == ""
    events = list(AuditEvent.objects.order_by("id")[before:].values("actor_id", "target_id", "data"))
    assert events
    assert all(event["actor_id"] is None and not event["target_id"] and not event["data"] for event in events)
    told_of = {str(one.pk), str(other.pk), str(one.task_id), str(other.task_id)}
    for endpoint in ENDPOINTS:
        # The audit knows that a task was taken; one that was given back looks there like one that ran out.
        if (
            endpoint.method != "GET"
            or endpoint.kwargs is not project_id
            or endpoint.route == "accounts:audit"
        ):
            continue
        path = reverse(endpoint.route, kwargs={"project_id": world.project.pk}) + endpoint.query
        for who in ("manager", "engineer", "reviewer"):
            said = call_as(who).get(path).content.decode()
            assert not any(word in said for word in told_of), path
            assert "declined" not in said, path
    known = AuditEvent.objects.filter(target_id__in=told_of).values_list("action", flat=True)
    assert set(known) == {"lease.take"}
    own = call_as("annotator").get("/api/me/exposure/export/").json()
    assert own == []
    assert call_as("annotator").get("/api/me/exposure/").json()["total"]["items"] == 0


def test_w11_one_s_own_exposure_goes_out_whole_and_is_forgotten_on_leaving(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    post, _, _ = shown
    annotator = call_as("annotator")
    reveal(annotator, world, post)
    ViewEvent.objects.create(
        project=world.project, person=world.person("annotator"), post=post, is_revealed=False, seconds=9
    )
    report = annotator.get("/api/me/exposure/?days=7").json()
    assert (report["total"]["items"], report["total"]["seconds"]) == (1, 30.0)
    (row,) = annotator.get("/api/me/exposure/export/?as=json").json()
    assert (row["post"], row["mode"], row["seconds"]) == (post.external_id, "full", 30.0)
    table = annotator.get("/api/me/exposure/export/?as=csv").content.decode().splitlines()
    assert table[0].startswith("at,project,post") and len(table) == 2
    assert call_as("annotator2").get("/api/me/exposure/").json()["total"]["items"] == 0
    refused = annotator.call("DELETE", "/api/me/exposure/", {"confirm": "delete"})
    assert (refused.status_code, refused.json()["code"]) == (409, "still_working")
    Membership.objects.filter(user=world.person("annotator")).update(is_active=False)
    assert annotator.call("DELETE", "/api/me/exposure/", {"confirm": "delete"}).status_code == 204
    assert not Reveal.objects.filter(person=world.person("annotator")).exists()
    assert not ViewEvent.objects.filter(person=world.person("annotator")).exists()


def test_a_project_is_told_only_what_ten_people_stand_behind(
    world: World, call_as: As, shown: tuple[Post, Lease, str]
) -> None:
    post, _, _ = shown
    path = f"/api/projects/{world.project.pk}/exposure/"
    people = [person for name, person in world.people.items() if name != "outsider"]
    for person in people[:9]:
        Reveal.objects.create(
            project=world.project,
            person=person,
            post=post,
            mode="full",
            purpose="label",
            severity=3,
            seconds=10,
        )
    assert call_as("manager").get(path).json() == {
        "people": None,
        "seconds_day": None,
        "seconds_week": None,
        "severe_items_week": None,
        "too_few": True,
    }
    assert call_as("annotator").get(path).status_code == 403


def test_w09_check_ins_are_off_until_asked_for_and_nobody_else_s(world: World, call_as: As) -> None:
    annotator = call_as("annotator")
    assert annotator.post("/api/me/check-ins/", {"mood": 2}).status_code == 404
    settings = {"check_ins": {"is_on": True, "every_days": 7, "question": "How are you?"}}
    path = f"/api/projects/{world.project.pk}/protection/organization/"
    assert call_as("manager").put(path, settings).status_code == 200
    written = annotator.post("/api/me/check-ins/", {"mood": 2, "words": "Tired of it."})
    assert written.status_code == 201
    assert len(annotator.get("/api/me/check-ins/").json()["results"]) == 1
    assert call_as("manager").get("/api/me/check-ins/").json()["results"] == []
    own = f"/api/me/check-ins/{written.json()['id']}/"
    assert call_as("manager").delete(own).status_code == 404
    assert AuditEvent.objects.filter(action="check_in.write", actor__isnull=True, data={}).count() == 1
    assert annotator.delete(own).status_code == 204


def test_w09_sums_go_to_named_readers_from_ten_people_on(world: World, call_as: As) -> None:
    path = f"/api/projects/{world.project.pk}/wellness/"
    settings = f"/api/projects/{world.project.pk}/protection/organization/"
    assert call_as("manager").get(path).status_code == 404
    reader = world.person("reviewer").email
    asked = {"check_ins": {"is_on": True, "readers": [reader]}}
    assert call_as("manager").put(settings, asked).status_code == 200
    assert call_as("manager").get(path).status_code == 404
    assert call_as("reviewer").get(path).json()["too_few"] is True
    people = [person for name, person in world.people.items() if name != "outsider"]
    for person in people:
        CheckIn.objects.create(person=person, mood=2)
    assert len(people) == 9
    assert call_as("reviewer").get(path).json()["people"] is None
    tenth = person_make("tenth")
    Membership.objects.create(project=world.project, user=tenth, roles=["annotator"], pseudonym="Tenth")
    CheckIn.objects.create(person=tenth, mood=4)
    told = call_as("reviewer").get(path).json()
    assert told == {"people": 10, "answers": 10, "mood_mean": 2.2, "too_few": False}


def test_w10_support_cards_reach_everybody(world: World, call_as: As) -> None:
    card = {
        "locale": "de",
        "title": "Hilfe",
        "text": "Wir sind da.",
        "contact": "team@example.org",
        "links": [{"title": "Telefonseelsorge", "url": "tel:08001110111"}],
    }
    path = f"/api/projects/{world.project.pk}/protection/organization/"
    assert call_as("manager").put(path, {"support": [card]}).status_code == 200
    assert call_as("annotator").get("/api/me/protection/").json()["support"] == [card]
    bad = {"support": [{**card, "links": [{"title": "x", "url": "javascript:alert(1)"}]}]}
    assert call_as("manager").put(path, bad).status_code == 400
