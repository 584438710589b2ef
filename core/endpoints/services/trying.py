from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from django.db import transaction

from core.accounts.selectors import Actor
from core.accounts.services import audit_record
from core.endpoints.chat import ChatClient
from core.endpoints.errors import EndpointRetiredError
from core.endpoints.selectors import endpoint_get, endpoint_target

LONGEST_S = 20.0
"""A person waits in front of the page, and a process of the web with them."""
_QUESTION = "Answer with the one word: ready"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of asking once; what the endpoint said is not shown, whatever stands behind the address.

    ``said_ready``: whether it answered with the word it was asked for.
    """

    said_ready: bool
    duration_ms: int
    tokens_in: int
    tokens_out: int


def endpoint_try(actor: Actor, endpoint_id: uuid.UUID) -> Trial:
    """Ask the endpoint one small question, once, and tell how long it took; written down like every other call.

    Raises
    ------
    EndpointNotFoundError, CapabilityMissingError, EndpointRetiredError, EndpointAddressError,
    EndpointKeyUnreadableError, EndpointRefusedError, EndpointUnreachableError, EndpointAnswerError
    """
    endpoint = endpoint_get(actor, endpoint_id)
    if endpoint.retired_at is not None:
        raise EndpointRetiredError(name=endpoint.name)
    target = endpoint_target(endpoint)
    with transaction.atomic():
        audit_record(actor, action="endpoint.try", project=endpoint.project, target=endpoint, data={})
    once = replace(target, attempts=1, concurrency=1, timeout_s=min(target.timeout_s, LONGEST_S))
    with ChatClient(once) as client:
        found = client.completion(
            [{"role": "user", "content": _QUESTION}], max_tokens=min(16, endpoint.max_tokens)
        )
    return Trial("ready" in found.text.lower(), found.duration_ms, found.tokens_in, found.tokens_out)
