from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.accounts.domain.roles import CAPABILITIES_OF, Role
from core.accounts.models import AuditEvent
from tests.architecture.role_matrix import Endpoint, strange_kwargs
from tests.world import Caller, World

_TESTS = Path(__file__).resolve().parent.parent
_OUTSIDE_THE_MATRIX = {"schema", "docs", "login-link", "healthz", "spa", "spa-index", "spa-asset"}


def _endpoints() -> list[Endpoint]:
    found: list[Endpoint] = []
    for path in sorted(_TESTS.rglob("endpoints.py")):
        module = "tests." + ".".join(path.relative_to(_TESTS).with_suffix("").parts)
        found += importlib.import_module(module).ENDPOINTS
    return found


ENDPOINTS = _endpoints()


def _routes(patterns: list[Any], namespace: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace or "") if part)
            yield from _routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield (f"{namespace}:{pattern.name}" if namespace else str(pattern.name)), pattern.callback


def test_every_route_and_method_has_an_entry() -> None:
    listed = {(endpoint.route, endpoint.method) for endpoint in ENDPOINTS}
    missing = []
    for name, callback in _routes(get_resolver().url_patterns):
        if name in _OUTSIDE_THE_MATRIX or name.startswith(
            ("headless", "account", "socialaccount", "mfa", "None")
        ):
            continue
        view = getattr(callback, "view_class", None) or getattr(callback, "cls", None)
        methods = [m.upper() for m in ("get", "post", "put", "patch", "delete") if hasattr(view, m)] or [
            "GET"
        ]
        missing += [f"{method} {name}" for method in methods if (name, method) not in listed]
    assert not missing, f"add these to the endpoints.py of their area: {missing}"


_MAKE = object()


def _call(caller: Caller, endpoint: Endpoint, kwargs: dict[str, Any], world: World, body: Any = _MAKE) -> Any:
    if body is _MAKE:
        body = endpoint.body(world) if endpoint.body else None
    return caller.call(endpoint.method, reverse(endpoint.route, kwargs=kwargs) + endpoint.query, body)


def _comparable(response: Any) -> tuple[int, Any]:
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", response.content.decode())
    return response.status_code, json.loads(text) if text.startswith("{") else text


def _suits(endpoint: Endpoint, role: Role) -> bool:
    return endpoint.needs is None or endpoint.needs in CAPABILITIES_OF[role]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.label)
def test_only_the_roles_that_may_call_it_can(endpoint: Endpoint, world: World) -> None:
    for role in Role:
        person = world.person(str(role))
        response = _call(Caller(person), endpoint, endpoint.kwargs(world, person), world)
        if _suits(endpoint, role):
            assert response.status_code in endpoint.allowed, (
                f"{role}: {response.status_code} {response.content[:500]!r}"
            )
        else:
            assert response.status_code == endpoint.low_role, (
                f"{role}: {response.status_code} {response.content[:500]!r}"
            )


@pytest.mark.computes
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.label)
def test_nobody_and_strangers_learn_nothing(endpoint: Endpoint, world: World) -> None:
    role = next(role for role in Role if _suits(endpoint, role))
    kwargs = endpoint.kwargs(world, world.person(str(role)))
    if endpoint.is_public:
        return
    assert _call(Caller(), endpoint, kwargs, world).status_code == 401
    if not any(key.endswith("_id") for key in kwargs):
        return
    body = endpoint.body(world) if endpoint.body else None
    before = AuditEvent.objects.count()
    stranger = Caller(world.person("outsider"))
    theirs = _call(stranger, endpoint, kwargs, world, body)
    missing = _call(stranger, endpoint, strange_kwargs(kwargs), world, body)
    assert theirs.status_code == 404, theirs.content[:500]
    assert _comparable(theirs) == _comparable(missing), "a hidden object must look like a missing one"
    assert AuditEvent.objects.count() == before, "a refused stranger must change nothing"
