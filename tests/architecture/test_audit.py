"""Every write leaves an audit event in its own transaction."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.accounts.domain.roles import CAPABILITIES_OF, Role
from core.accounts.models import AuditEvent
from tests.architecture.role_matrix import Endpoint
from tests.architecture.test_role_matrix import ENDPOINTS
from tests.world import Caller, World

# Not facts about anything shared: a draft is its writer's own until it is submitted, views, reveals and precedents
# shown are themselves a record (the database keeps them from being rewritten), renewing changes only the time at
# which a hold runs out, who has a draft open is forgotten within a minute, and the others read although they are POSTs.
# What agents' tools write is tried in tests/agents; trying a model endpoint needs one, in tests/core/endpoints.
_LEAVE_NONE = {
    "agents:mcp",
    "queue:draft",
    "queue:views",
    "queue:lease-renew",
    "queue:reveals",
    "queue:reveal-beat",
    "exports:version-rows",
    "exports:preview",
    "policies:import-preview",
    "preferences:comparison-import-preview",
    "preferences:judge-run-estimate",
    "preferences:sampling-run-estimate",
    "policies:presence",
    "annotation:quality-cost",
    "annotation:lease-precedents",
    "active_learning:judging-estimate",
    "endpoints:try",
}
_WRITES = [
    endpoint
    for endpoint in ENDPOINTS
    if endpoint.method != "GET" and endpoint.route not in _LEAVE_NONE and not endpoint.is_public
]


@pytest.mark.parametrize("endpoint", _WRITES, ids=lambda endpoint: endpoint.label)
def test_a_write_that_succeeds_leaves_an_audit_event(endpoint: Endpoint, world: World) -> None:
    role = next(role for role in Role if endpoint.needs is None or endpoint.needs in CAPABILITIES_OF[role])
    person = world.person(str(role))
    path = reverse(endpoint.route, kwargs=endpoint.kwargs(world, person)) + endpoint.query
    body = endpoint.body(world) if endpoint.body else None
    before = set(AuditEvent.objects.values_list("pk", flat=True))
    response = Caller(person).call(endpoint.method, path, body)
    if response.status_code >= 300:
        pytest.fail(f"give the matrix a body that works: {response.status_code} {response.content[:300]!r}")
    added = AuditEvent.objects.exclude(pk__in=before)
    assert added.exists(), "the service wrote without audit_record"
