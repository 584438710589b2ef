"""S25–S28: bodies that mean two things, or that the database cannot hold, are refused on every route."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.http.parsing import DEEPEST, BodyTooLargeError, JsonMalformedError, StrictJSONParser, json_read
from tests.architecture.role_matrix import Endpoint
from tests.architecture.test_role_matrix import ENDPOINTS
from tests.world import Caller, World

BAD_BODIES = {
    "nul": rb'{"name": "a\u0000b"}',
    "nul_key": rb'{"na\u0000me": "b"}',
    "lone_surrogate": rb'{"name": "\ud800"}',
    "duplicate_keys": b'{"name": "a", "name": "b"}',
    "nan": b'{"name": NaN}',
    "infinity": b'{"name": 1e400}',
    "long_number": b'{"name": ' + b"9" * 5000 + b"}",
    "bad_utf8": b'{"name": "\xff"}',
    "deep": b'{"name": ' + b"[" * 2000 + b"]" * 2000 + b"}",
    "cut_short": b'{"name": "a',
}
_WRITES = [e for e in ENDPOINTS if e.method in {"POST", "PUT", "PATCH"} and not e.is_public]


@pytest.mark.computes
@pytest.mark.parametrize("endpoint", _WRITES, ids=lambda endpoint: endpoint.label)
def test_no_route_answers_a_malformed_body_with_anything_but_a_refusal(
    endpoint: Endpoint, world: World
) -> None:
    from core.accounts.domain.roles import CAPABILITIES_OF, Role

    role = next(role for role in Role if endpoint.needs is None or endpoint.needs in CAPABILITIES_OF[role])
    person = world.person(str(role))
    path = reverse(endpoint.route, kwargs=endpoint.kwargs(world, person))
    caller = Caller(person)
    for name, body in BAD_BODIES.items():
        response: Any = getattr(caller.client, endpoint.method.lower())(
            path, body, content_type="application/json"
        )
        allowed = {400, 413, 415} if endpoint.body else {400, 409, 413, 415} | endpoint.allowed
        # A door that takes tokens alone says so before it reads anything.
        allowed |= endpoint.allowed & {401}
        assert response.status_code in allowed, f"{name}: {response.status_code} {response.content[:300]!r}"
        assert response.status_code < 400 or len(response.content) < 2000


def test_a_body_past_the_limit_is_refused_before_it_is_parsed(world: World, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = Caller(world.person("manager")).post("/api/projects/", {"name": "n" * 2000, "slug": "s"})
    assert response.status_code == 413
    assert response.json()["code"] == "body_too_large"


def test_the_refusal_names_the_path_of_the_unstorable_text() -> None:
    with pytest.raises(JsonMalformedError, match=r"\$\.verdicts\[1\]\.reason"):
        json_read(rb'{"verdicts": [{"reason": "ok"}, {"reason": "a\u0000"}]}')


def test_nesting_inside_strings_does_not_count() -> None:
    text = "[" * 5000
    assert json_read(json.dumps({"text": text}).encode()) == {"text": text}


def test_a_chunked_body_without_a_length_is_still_limited(settings: Any) -> None:
    import io

    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    with pytest.raises(BodyTooLargeError):
        StrictJSONParser().parse(io.BytesIO(b'{"a": "' + b"x" * 100 + b'"}'))


_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**30), 10**30)
        | st.floats(allow_nan=False, allow_infinity=False)
        | _TEXT,
        lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
        max_leaves=20,
    )
)
def test_every_well_formed_value_comes_through_unchanged(value: Any) -> None:
    assert json_read(json.dumps(value).encode()) == value
    assert DEEPEST >= 32
