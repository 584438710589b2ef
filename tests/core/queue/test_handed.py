"""Whom a post and its media are shown to: those who browse, and those whom the queue handed it to (S66, P02)."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client

from core.accounts.models import Membership
from core.accounts.selectors import Actor, Capability
from core.accounts.services import token_create
from core.content.models import Asset, Part, Post, ProjectAsset
from core.queue.models import Lease, Submission
from core.queue.services import lease_release
from tests.core.content.endpoints import post_make
from tests.core.queue.handing import post_hand
from tests.world import Caller, World

As = Callable[[str], Caller]


def handed(world: World, who: str = "annotator") -> tuple[Post, Lease]:
    """A post with a picture, and the person's hold on its task."""
    post = post_make(world)
    return post, post_hand(world, post, who)


def asset_of(post: Post) -> Asset:
    part = Part.objects.select_related("asset").get(post=post, kind="image")
    assert part.asset is not None
    return part.asset


def addresses(world: World, post_id: uuid.UUID, asset_id: uuid.UUID) -> list[str]:
    """Every address under which a post or its media answer to somebody who may not browse."""
    project = world.project.pk
    return [
        f"/media/{project}/{asset_id}/display",
        f"/media/{project}/{asset_id}/cover",
        f"/media/{project}/{asset_id}/nothing",
        f"/api/projects/{project}/assets/{asset_id}/",
        f"/api/projects/{project}/assets/{asset_id}/frames/",
        f"/api/posts/{post_id}/",
    ]


def open_to(caller: Caller, world: World, post: Post) -> bool:
    """Whether the picture and the post are shown; both or neither."""
    project, asset = world.project.pk, asset_of(post)
    paths = [
        f"/media/{project}/{asset.pk}/display",
        f"/api/projects/{project}/assets/{asset.pk}/",
        f"/api/posts/{post.pk}/",
    ]
    found = {caller.get(path).status_code for path in paths}
    assert found in ({200}, {404}), found
    return found == {200}


def said(answer: Any) -> tuple[int, Any]:
    """An answer without the identifiers of the request and of what was asked for."""
    return answer.status_code, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", answer.content.decode())


def test_an_annotator_sees_what_they_hold_without_the_original(world: World, call_as: As) -> None:
    post, _ = handed(world)
    assert open_to(call_as("annotator"), world, post)
    shown = call_as("annotator").get(f"/api/projects/{world.project.pk}/assets/{asset_of(post).pk}/").json()
    assert shown["urls"]["original"] is None
    original = call_as("annotator").get(f"/media/{world.project.pk}/{asset_of(post).pk}/original")
    assert original.status_code == 403


def test_what_an_annotator_never_held_looks_like_what_is_not_there(world: World, call_as: As) -> None:
    handed(world)
    other = post_make(world)
    picture = asset_of(other)
    # Its own picture, so that the held post does not open it.
    own = Asset.objects.create(sha256="a" * 64, kind="image", mime="image/jpeg", size_bytes=1, state="ready")
    ProjectAsset.objects.create(project=world.project, asset=own, name="own")
    Part.objects.filter(post=other, asset=picture).update(asset=own)
    annotator = call_as("annotator")
    there = addresses(world, other.pk, own.pk)
    missing = addresses(world, uuid.uuid4(), uuid.uuid4())
    for path, nowhere in zip(there, missing, strict=True):
        answer = annotator.get(path)
        assert answer.status_code == 404, path
        assert said(answer) == said(annotator.get(nowhere)), path
        assert answer.headers.keys() == annotator.get(nowhere).headers.keys()
    hide = said(annotator.post(f"/api/posts/{other.pk}/hide/", {"reason": "x"}))
    assert hide == said(annotator.post(f"/api/posts/{uuid.uuid4()}/hide/", {"reason": "x"}))
    assert hide[0] == 404


def test_knowing_a_hash_tells_nobody_that_the_project_has_it(world: World, call_as: As) -> None:
    post = post_make(world)
    path = f"/media/{world.project.pk}/{asset_of(post).pk}/display"
    etag = call_as("reviewer").get(path).headers["ETag"]
    for headers in ({"If-None-Match": etag}, {"Range": "bytes=0-1"}, {"Range": "bytes=99999999-"}):
        assert call_as("annotator").get(path, **headers).status_code == 404, headers


@pytest.mark.parametrize("who", ["reviewer", "policy_editor", "engineer", "manager"])
def test_those_who_browse_see_it_without_holding_anything(world: World, call_as: As, who: str) -> None:
    assert open_to(call_as(who), world, post_make(world))


def test_another_annotators_hold_opens_nothing(world: World, call_as: As) -> None:
    post, _ = handed(world, "annotator2")
    assert not open_to(call_as("annotator"), world, post)


@pytest.mark.parametrize(
    ("outcome", "reason", "is_open"), [("skipped", "It does not play.", False), ("declined", "", False)]
)
def test_what_was_given_back_is_shut_again(
    world: World, call_as: As, outcome: str, reason: str, is_open: bool
) -> None:
    post, lease = handed(world)
    lease_release(world.actor("annotator"), lease.pk, outcome=outcome, reason=reason)
    assert open_to(call_as("annotator"), world, post) is is_open


@pytest.mark.parametrize(("hours_ago", "is_open"), [(1, True), (23, True), (25, False)])
def test_a_hold_that_ran_out_shows_its_post_for_another_day(
    world: World, call_as: As, hours_ago: int, is_open: bool
) -> None:
    post, lease = handed(world)
    over = Now() - timedelta(hours=hours_ago)
    Lease.objects.filter(pk=lease.pk).update(state="expired", expires_at=over)
    assert open_to(call_as("annotator"), world, post) is is_open


def test_what_one_answered_stays_open_to_be_corrected(world: World, call_as: As) -> None:
    post, lease = handed(world)
    Lease.objects.filter(pk=lease.pk).update(state="submitted", expires_at=Now() - timedelta(days=90))
    assert open_to(call_as("annotator"), world, post)
    # A late answer leaves the lease as it is.
    Lease.objects.filter(pk=lease.pk).update(state="expired")
    assert not open_to(call_as("annotator"), world, post)
    Submission.objects.create(
        task=lease.task,
        lease=lease,
        person=world.person("annotator"),
        lease_epoch=lease.epoch,
        document={},
        document_sha256="0" * 64,
        active_ms=1,
        is_late=True,
        late_reason="lease_expired",
    )
    assert open_to(call_as("annotator"), world, post)


def test_a_hidden_post_opens_nothing_to_its_holder(world: World, call_as: As) -> None:
    post, _ = handed(world)
    elsewhere = post_make(world)  # shows the same picture, and is nobody's task
    annotator = call_as("annotator")
    assert asset_of(elsewhere) == asset_of(post)
    assert annotator.post(f"/api/posts/{post.pk}/hide/", {"reason": "may be illegal"}).status_code == 204
    assert not open_to(annotator, world, post)
    assert open_to(call_as("reviewer"), world, elsewhere)


def test_a_hold_in_one_project_opens_nothing_in_another(world: World, call_as: As) -> None:
    post, _ = handed(world, "annotator")
    picture = asset_of(post)
    ProjectAsset.objects.create(project=world.other_project, asset=picture, name="theirs")
    other = Post.objects.create(project=world.other_project, external_id="theirs", content_sha256="0" * 64)
    Part.objects.create(post=other, position=0, kind="image", asset=picture)
    person = world.person("annotator")
    Membership.objects.create(
        project=world.other_project, user=person, roles=["annotator"], pseudonym="Visitor 1"
    )
    path = f"/media/{world.other_project.pk}/{picture.pk}/display"
    assert call_as("annotator").get(path).status_code == 404
    assert open_to(call_as("annotator"), world, post)


def test_who_leaves_the_project_sees_nothing_of_it_from_then_on(world: World, call_as: As) -> None:
    post, _ = handed(world)
    annotator = call_as("annotator")
    assert open_to(annotator, world, post)
    Membership.objects.filter(project=world.project, user=world.person("annotator")).update(is_active=False)
    assert not open_to(annotator, world, post)


def test_a_token_that_may_not_browse_shows_only_what_its_person_was_handed(world: World) -> None:
    manager, annotator = world.person("manager"), world.person("annotator")
    post, _ = handed(world)

    def status_of(person: Any, *scopes: Capability) -> int:
        _, secret = token_create(Actor(person), name="t", scopes=[str(one) for one in scopes])
        client = Client(headers={"Authorization": f"Bearer {secret}"})
        return client.get(f"/media/{world.project.pk}/{asset_of(post).pk}/display").status_code

    assert status_of(manager, Capability.PROJECT_VIEW) == 404
    assert status_of(manager, Capability.PROJECT_VIEW, Capability.CONTENT_VIEW) == 200
    assert status_of(annotator, Capability.PROJECT_VIEW, Capability.TASKS_WORK) == 200


def test_the_addresses_of_a_bundle_are_those_its_person_may_open(world: World, call_as: As) -> None:
    post, _ = handed(world)
    shown = call_as("annotator").get(f"/api/posts/{post.pk}/").json()
    urls = re.findall(r"/media/[^\"]+", json.dumps(shown))
    assert urls
    for url in urls:
        assert call_as("annotator").get(url).status_code == 200, url
