"""The role matrix: who may call which endpoint. Each area lists its endpoints in ``tests/<area>/endpoints.py``.

``tests/architecture/test_role_matrix.py`` collects the lists, calls every endpoint as nobody, as a stranger
from another organization and as every role, and fails when a route has no entry.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.accounts.domain.roles import Capability
from core.accounts.models import User
from tests.world import World

Kwargs = Callable[[World, User], dict[str, Any]]


def project_id(world: World, person: User) -> dict[str, Any]:
    """URL arguments of an endpoint under a project."""
    return {"project_id": world.project.pk}


def nothing(world: World, person: User) -> dict[str, Any]:
    """URL arguments of an endpoint that has none."""
    return {}


@dataclass(frozen=True)
class Endpoint:
    """One method of one route, and what it needs.

    Attributes
    ----------
    route
        The URL's name with its namespace, such as ``queue:next``.
    needs
        The capability in the project; ``None`` when any signed-in person may call it (about themselves).
    kwargs
        Makes the URL arguments, with the rows they need, for a person of project A; rows that belong to one
        person (a lease) are made for ``person``.
    body
        Makes the request body; multipart when a value has ``read``.
    allowed
        Statuses that a permitted caller may get. Choose a body that works where that is cheap.
    low_role
        What a member gets whose roles do not suffice: 403, or 404 where the object itself must stay unknown.
    is_public
        Whether nobody in particular may call it.
    query
        What follows the address, with its question mark.
    """

    route: str
    method: str
    needs: Capability | None
    kwargs: Kwargs = nothing
    body: Callable[[World], Any] | None = None
    allowed: frozenset[int] = frozenset({200, 201, 202, 204})
    low_role: int = 403
    is_public: bool = False
    query: str = ""

    @property
    def label(self) -> str:
        """The name in test output."""
        return f"{self.method} {self.route}"


def strange_kwargs(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return the same arguments with every identifier replaced by one that does not exist."""
    return {key: uuid.uuid4() if isinstance(value, uuid.UUID) else value for key, value in kwargs.items()}
