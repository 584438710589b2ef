from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db.models import Aggregate, QuerySet, Sum
from django.db.models.functions import Coalesce

from core.accounts.selectors import Actor, Capability, Project, project_get, projects_visible_to
from core.endpoints.chat import Target
from core.endpoints.domain.addresses import AddressNotAllowedError, base_address
from core.endpoints.domain.limits import Prices
from core.endpoints.errors import (
    EndpointAddressError,
    EndpointKeyUnreadableError,
    EndpointNotFoundError,
    EndpointRetiredError,
)
from core.endpoints.models import Endpoint
from core.endpoints.sealing import SealBrokenError, unsealed


def endpoints_in(project: Project) -> QuerySet[Endpoint]:
    """Return the project's endpoints that are in use."""
    return Endpoint.objects.filter(project=project, retired_at__isnull=True).select_related("created_by")


def endpoint_get(actor: Actor, endpoint_id: uuid.UUID) -> Endpoint:
    """Return an endpoint the actor may keep.

    Raises
    ------
    EndpointNotFoundError
        When there is none, or it is in a project the actor is no member of.
    CapabilityMissingError
    """
    found = (
        Endpoint.objects.filter(pk=endpoint_id, project__in=projects_visible_to(actor))
        .select_related("project", "created_by")
        .first()
    )
    if found is None:
        raise EndpointNotFoundError()
    project_get(actor, found.project_id, needs=Capability.ENDPOINTS_KEEP)
    return found


def endpoint_in_project(project: Project, endpoint_id: uuid.UUID) -> Endpoint:
    """Return one of the project's endpoints for work that starts now; callers have passed the project's door.

    Raises
    ------
    EndpointNotFoundError, EndpointRetiredError
    """
    found = Endpoint.objects.filter(pk=endpoint_id, project=project).first()
    if found is None:
        raise EndpointNotFoundError()
    if found.retired_at is not None:
        raise EndpointRetiredError(name=found.name)
    return found


def endpoint_target(endpoint: Endpoint) -> Target:
    """Return what a `core.endpoints.chat.ChatClient` needs to ask the endpoint, its key among it.

    The address is checked anew: what the operator allows may have changed since it was entered.

    Raises
    ------
    EndpointAddressError, EndpointKeyUnreadableError
    """
    try:
        base = base_address(endpoint.base_url, named_hosts=settings.ENDPOINT_HOSTS)
    except AddressNotAllowedError as problem:
        raise EndpointAddressError(problem=str(problem)) from None
    try:
        key = unsealed(bytes(endpoint.sealed_key), for_row=endpoint.pk) if endpoint.sealed_key else ""
    except SealBrokenError:
        raise EndpointKeyUnreadableError(name=endpoint.name) from None
    return Target(
        base=base,
        model=endpoint.model,
        api_key=key,
        concurrency=endpoint.concurrency,
        per_minute=endpoint.per_minute,
        timeout_s=float(endpoint.timeout_s),
    )


def endpoint_prices(endpoint: Endpoint) -> Prices:
    """Return what the endpoint's tokens cost."""
    return Prices(endpoint.price_in, endpoint.price_out)


def calls_cost(calls: QuerySet[Any], endpoint: Endpoint | None, **also: Aggregate) -> dict[str, Any]:
    """Return what ``calls`` used up: ``tokens_in``, ``tokens_out``, ``duration_ms``, ``money`` and ``also``.

    ``calls`` are rows with columns of the first three names; ``money`` is null where no prices are told.
    """
    sums = calls.aggregate(
        tokens_in=Coalesce(Sum("tokens_in"), 0),
        tokens_out=Coalesce(Sum("tokens_out"), 0),
        duration_ms=Coalesce(Sum("duration_ms"), 0),
        **also,
    )
    prices = Prices(None, None) if endpoint is None else endpoint_prices(endpoint)
    money = prices.cost(sums["tokens_in"], sums["tokens_out"])
    return {**sums, "money": None if money is None else float(money)}
