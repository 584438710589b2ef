"""A token's calls are counted in Redis, for all web processes together."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from agents.domain.pace import WINDOW_S, wait_of
from agents.errors import CallsTooManyError
from core.accounts.selectors import Actor

_log = logging.getLogger("concord.agents")
_MESSAGES_A_CALL = 5
"""The protocol's other messages (greeting, listing tools) are many a call with some clients; the door counts all."""


def call_spend(actor: Actor) -> None:
    """Count one call of a tool by the actor's token.

    Raises
    ------
    CallsTooManyError
        When the token has made as many as it may; that call is not counted.
    """
    _spend(f"calls:{actor.token_id or actor.user.pk}", settings.MCP_CALLS_PER_MINUTE)


def message_spend(actor: Actor) -> None:
    """Count one message of any kind, of which a token may send five times as many as calls.

    Raises
    ------
    CallsTooManyError
    """
    _spend(f"messages:{actor.token_id or actor.user.pk}", settings.MCP_CALLS_PER_MINUTE * _MESSAGES_A_CALL)


def _spend(name: str, most: int) -> None:
    minute, into_s = divmod(time.time(), WINDOW_S)
    current, last = (f"mcp:{name}:{int(minute) - back}" for back in (0, 1))
    try:
        cache.add(current, 0, timeout=3 * WINDOW_S)
        now = cache.incr(current) - 1
        wait_s = wait_of(before=int(cache.get(last) or 0), now=now, most=most, into_s=into_s)
        if wait_s:
            cache.decr(current)
    except (RedisError, OSError, ValueError) as problem:
        # Without the count agents go on: what they may do does not hang on it.
        _log.warning("calls of agents are not counted: %s", type(problem).__name__)
        return
    if wait_s:
        raise CallsTooManyError(per_minute=most, retry_after_s=wait_s)
