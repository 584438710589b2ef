from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from core.accounts.models import AuditEvent
from core.endpoints.models import Endpoint
from core.endpoints.selectors import endpoint_target
from tests.core.endpoints.endpoints import BODY, endpoint_row
from tests.core.endpoints.stub import Said, stub_serving
from tests.world import Caller, World

Call = Callable[[str], Caller]
KEY = "sk-CANARY-0123456789"


def added(world: World, call_as: Call, **fields: Any) -> dict[str, Any]:
    body = {"name": "Judge", **BODY, "api_key": KEY, **fields}
    made = call_as("engineer").post(f"/api/projects/{world.project.pk}/endpoints/", body)
    assert made.status_code == 201, made.content
    document: dict[str, Any] = made.json()
    return document


def test_a_key_is_stored_encrypted_and_never_shown_again(world: World, call_as: Call) -> None:
    made = added(world, call_as)
    assert (made["has_key"], made["key_hint"]) == (True, "6789")
    row = Endpoint.objects.get(pk=made["id"])
    assert KEY.encode() not in bytes(row.sealed_key or b"")
    assert endpoint_target(row).api_key == KEY
    listed = call_as("manager").get(f"/api/projects/{world.project.pk}/endpoints/")
    assert KEY not in listed.content.decode()
    event = AuditEvent.objects.get(action="endpoint.add")
    assert KEY not in str(event.data)


def test_a_key_opens_for_its_own_row_and_under_the_same_secret_alone(
    world: World, call_as: Call, settings: Settings
) -> None:
    row = Endpoint.objects.get(pk=added(world, call_as)["id"])
    other = endpoint_row(world, sealed_key=row.sealed_key)
    for changed in (other, row):
        if changed is row:
            settings.SECRET_KEY = "another secret of more than thirty-two characters"
        with pytest.raises(Exception, match="cannot be read any more"):
            endpoint_target(changed)


def test_a_key_does_not_move_to_another_host(world: World, call_as: Call) -> None:
    made = added(world, call_as)
    path = f"/api/endpoints/{made['id']}/"
    renamed = call_as("manager").patch(path, {"name": "Second judge"}).json()
    assert (renamed["name"], renamed["has_key"]) == ("Second judge", True)
    moved = call_as("manager").patch(path, {"base_url": "https://elsewhere.example.org/v1"}).json()
    assert (moved["has_key"], moved["key_hint"]) == (False, "")


def test_two_endpoints_of_one_name_are_refused_until_one_is_retired(world: World, call_as: Call) -> None:
    first = added(world, call_as)
    path = f"/api/projects/{world.project.pk}/endpoints/"
    again = call_as("engineer").post(path, {"name": "Judge", **BODY})
    assert (again.status_code, again.json()["code"]) == (409, "endpoint_name_taken")
    assert call_as("engineer").delete(f"/api/endpoints/{first['id']}/").status_code == 204
    assert Endpoint.objects.get(pk=first["id"]).sealed_key is None
    assert call_as("engineer").post(path, {"name": "Judge", **BODY}).status_code == 201


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/v1", "https://169.254.169.254/v1", "ftp://example.org"]
)
def test_an_address_inside_is_refused_with_a_way_out(world: World, call_as: Call, url: str) -> None:
    refused = call_as("engineer").post(
        f"/api/projects/{world.project.pk}/endpoints/", {"name": "Judge", **BODY, "base_url": url}
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "endpoint_address")


def test_trying_an_endpoint_tells_how_long_it_took_and_not_what_it_said(
    world: World, call_as: Call, settings: Settings
) -> None:
    with stub_serving(lambda heard, number: Said("Ready! CANARY", tokens_in=9, tokens_out=3)) as stub:
        settings.ENDPOINT_HOSTS = frozenset({stub.base_url[7:-3]})
        made = added(world, call_as, base_url=stub.base_url)
        tried = call_as("manager").post(f"/api/endpoints/{made['id']}/try/")
    assert tried.status_code == 200, tried.content
    assert {k: v for k, v in tried.json().items() if k != "duration_ms"} == {
        "said_ready": True,
        "tokens_in": 9,
        "tokens_out": 3,
    }
    assert "CANARY" not in tried.content.decode()
    assert len(stub.heard) == 1
    assert AuditEvent.objects.filter(action="endpoint.try").count() == 1
