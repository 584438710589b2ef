from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.endpoints.domain.addresses import AddressNotAllowedError, base_address
from core.endpoints.errors import EndpointAddressError, EndpointNameTakenError, EndpointRetiredError
from core.endpoints.models import Endpoint
from core.endpoints.sealing import sealed
from core.endpoints.selectors import endpoint_get

CHANGEABLE = (
    "name",
    "base_url",
    "model",
    "takes_images",
    "concurrency",
    "per_minute",
    "max_tokens",
    "timeout_s",
    "price_in",
    "price_out",
)


def endpoint_add(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    name: str,
    base_url: str,
    model: str,
    api_key: str = "",
    **limits: Any,
) -> Endpoint:
    """Let the project ask a model; ``limits`` are further fields of `CHANGEABLE`.

    Raises
    ------
    NotFoundError, CapabilityMissingError, EndpointAddressError, EndpointNameTakenError
    """
    project = project_get(actor, project_id, needs=Capability.ENDPOINTS_KEEP)
    made = Endpoint(
        project=project, name=name, base_url=_checked(base_url), model=model, created_by=actor.user, **limits
    )
    _seal(made, api_key)
    with _name_free(name), transaction.atomic():
        made.save(force_insert=True)
        audit_record(actor, action="endpoint.add", project=project, target=made, data=_facts(made))
    return made


def endpoint_change(
    actor: Actor, endpoint_id: uuid.UUID, *, api_key: str | None = None, **changes: Any
) -> Endpoint:
    """Change an endpoint; a key that is not given stays, an empty one is taken away.

    A key belongs to the host it was entered for: with another host it must be entered again, or else whoever may
    change the address could have the key sent to themselves.

    Raises
    ------
    EndpointNotFoundError, CapabilityMissingError, EndpointAddressError, EndpointNameTakenError, EndpointRetiredError
    """
    found = endpoint_get(actor, endpoint_id)
    if "base_url" in changes:
        changes["base_url"] = _checked(changes["base_url"])
    with _name_free(str(changes.get("name", found.name))), transaction.atomic():
        locked = Endpoint.objects.select_for_update(of=("self",)).select_related("project").get(pk=found.pk)
        if locked.retired_at is not None:
            raise EndpointRetiredError(name=locked.name)
        moved = "base_url" in changes and changes["base_url"] != locked.base_url
        for field in CHANGEABLE:
            if field in changes:
                setattr(locked, field, changes[field])
        if api_key is not None or moved:
            _seal(locked, api_key or "")
        locked.save()
        data = _facts(locked) | {"changed": sorted(changes), "key_changed": api_key is not None or moved}
        audit_record(actor, action="endpoint.change", project=locked.project, target=locked, data=data)
    return locked


def endpoint_retire(actor: Actor, endpoint_id: uuid.UUID) -> None:
    """Take an endpoint out of use and forget its key; runs that used it keep its name.

    Raises
    ------
    EndpointNotFoundError, CapabilityMissingError
    """
    found = endpoint_get(actor, endpoint_id)
    with transaction.atomic():
        changed = Endpoint.objects.filter(pk=found.pk, retired_at__isnull=True).update(
            retired_at=Now(), sealed_key=None, key_hint=""
        )
        if changed:
            audit_record(
                actor,
                action="endpoint.retire",
                project=found.project,
                target=found,
                data={"name": found.name},
            )


@contextmanager
def _name_free(name: str) -> Iterator[None]:
    """Turn the database's refusal of a second endpoint of the same name into a sentence."""
    try:
        yield
    except IntegrityError as problem:
        if "endpoints_endpoint_name_once" not in str(problem):
            raise
        raise EndpointNameTakenError(name=name) from None


def _checked(url: str) -> str:
    try:
        return base_address(url.strip(), named_hosts=settings.ENDPOINT_HOSTS).text
    except AddressNotAllowedError as problem:
        raise EndpointAddressError(problem=str(problem)) from None


def _seal(endpoint: Endpoint, key: str) -> None:
    endpoint.sealed_key = sealed(key, for_row=endpoint.pk) if key else None
    endpoint.key_hint = key[-4:] if len(key) >= 12 else ""


def _facts(endpoint: Endpoint) -> dict[str, Any]:
    return {"name": endpoint.name, "base_url": endpoint.base_url, "model": endpoint.model}
