"""Who may see a post and its media without browsing the project: the people an upper app handed it to.

``content`` knows no tasks. An app that shows posts to people who may not browse registers a rule here when it
starts; without any rule, only those who may browse see anything.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db import Error, transaction
from django.db.models import QuerySet

from core.accounts.selectors import Actor, Capability, capabilities_in
from core.content.errors import MediaUnloggedError

ShownRule = Callable[[Actor, uuid.UUID, "QuerySet[Any, uuid.UUID]"], bool]
"""Takes who asks, the project, and a query of identifiers of its posts; tells whether one was shown to them."""

CountRule = Callable[[Actor, uuid.UUID, uuid.UUID, str, int], None]
"""Takes who asks, the project, the asset, the name of the rendition and how many bytes go out; writes it down."""

_rules: list[ShownRule] = []
_counts: list[CountRule] = []


def posts_are_shown_by(rule: ShownRule) -> None:
    """Ask ``rule`` too from now on; twice is the same as once."""
    if rule not in _rules:
        _rules.append(rule)


def one_is_open_to(actor: Actor, project_id: uuid.UUID, post_ids: QuerySet[Any, uuid.UUID]) -> bool:
    """Return whether the actor, a member of the project, may see at least one of its posts."""
    if Capability.CONTENT_VIEW in capabilities_in(actor, project_id):
        return True
    return any(rule(actor, project_id, post_ids) for rule in _rules)


def bytes_are_counted_by(rule: CountRule) -> None:
    """Have ``rule`` write down every byte of uncovered media before it goes out; twice is the same as once."""
    if rule not in _counts:
        _counts.append(rule)


def bytes_count(
    actor: Actor, project_id: uuid.UUID, asset_id: uuid.UUID, *, rendition: str, size_bytes: int
) -> None:
    """Write down that uncovered media goes out to the actor; nothing may go out when this raises.

    Raises
    ------
    MediaUnloggedError
        When it could not be written down, for whatever reason.
    ConcordError
        When a rule refuses it.
    """
    if not _counts:
        raise MediaUnloggedError()
    try:
        with transaction.atomic():
            for rule in _counts:
                rule(actor, project_id, asset_id, rendition, size_bytes)
    except Error as error:
        raise MediaUnloggedError() from error
