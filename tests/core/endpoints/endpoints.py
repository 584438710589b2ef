from __future__ import annotations

import uuid
from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Capability
from core.endpoints.models import Endpoint as ModelEndpoint
from tests.architecture.role_matrix import Endpoint, project_id
from tests.world import World

_C = Capability
BODY = {"base_url": "https://models.example.org/v1", "model": "judge"}


def endpoint_row(world: World, **fields: Any) -> ModelEndpoint:
    """A model endpoint of project A."""
    return ModelEndpoint.objects.create(
        project=world.project,
        name=f"Judge {uuid.uuid4().hex[:6]}",
        created_by=world.person("engineer"),
        **{**BODY, **fields},
    )


def _endpoint(world: World, person: User) -> dict[str, Any]:
    # A host that no operator named: trying it ends before anything is sent.
    return {"endpoint_id": endpoint_row(world, base_url="http://127.0.0.1:9/v1").pk}


ENDPOINTS = [
    Endpoint("endpoints:list", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "endpoints:list",
        "POST",
        _C.ENDPOINTS_KEEP,
        project_id,
        lambda world: {"name": uuid.uuid4().hex, **BODY},
    ),
    Endpoint("endpoints:one", "PATCH", _C.ENDPOINTS_KEEP, _endpoint, lambda world: {"model": "other"}),
    Endpoint("endpoints:one", "DELETE", _C.ENDPOINTS_KEEP, _endpoint),
    Endpoint("endpoints:try", "POST", _C.ENDPOINTS_KEEP, _endpoint, allowed=frozenset({400})),
]
