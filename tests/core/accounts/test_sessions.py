"""A request reads its session and the person along with it; whom it foresees decides nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from core.accounts import sessions
from tests.world import World


def _signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _name(client: Client) -> Any:
    answer = client.get("/api/me/")
    return answer.json()["id"] if answer.status_code == 200 else answer.status_code


def _key(client: Client) -> str:
    return client.cookies["sessionid"].value


def test_the_second_request_reads_session_and_person_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _signed_in(world, "annotator")
    own = str(world.person("annotator").pk)
    assert _name(client) == own

    def never(user_id: object) -> None:
        raise AssertionError("the person was asked for by a statement of their own")

    monkeypatch.setattr(sessions, "user_by_id", never)
    assert _name(client) == own


def test_somebody_who_is_no_longer_active_is_refused_by_their_next_request(world: World) -> None:
    client = _signed_in(world, "annotator")
    _name(client)
    person = world.person("annotator")
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert _name(client) == 401


def test_a_changed_password_ends_a_session_that_was_read_before(world: World) -> None:
    client = _signed_in(world, "annotator")
    _name(client)
    person = world.person("annotator")
    person.set_password("another long password")
    person.save(update_fields=["password"])
    assert _name(client) == 401


def test_a_session_whose_person_was_foreseen_wrongly_is_its_own_persons(world: World) -> None:
    client = _signed_in(world, "annotator")
    sessions._foreseen[_key(client)] = world.person("manager").pk
    assert client.session[SESSION_KEY] == str(world.person("annotator").pk)
    assert _name(client) == str(world.person("annotator").pk)
    assert sessions._foreseen[_key(client)] == world.person("annotator").pk


def test_a_session_that_ended_is_nobodys_although_it_was_foreseen(world: World) -> None:
    client = _signed_in(world, "annotator")
    _name(client)
    sessions.SessionStore(_key(client)).delete()
    assert _name(client) == 401


def test_text_signed_under_another_secret_opens_to_nothing(world: World) -> None:
    text = sessions.SessionStore().encode({"a": 1})
    assert sessions._opened(text, "one secret") == '{"a": 1}'
    tampered = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert sessions._opened(tampered, "one secret") == "{}"
