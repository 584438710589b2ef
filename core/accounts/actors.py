from __future__ import annotations

import uuid
from dataclasses import dataclass

from core.accounts.domain.roles import Capability
from core.accounts.models import User


@dataclass(frozen=True)
class Actor:
    """Who acts: a person in a browser, or a token acting for one.

    Attributes
    ----------
    user
        The person.
    scopes
        The most that the token allows; ``None`` for a browser session, which allows all that the roles do.
    token_id
        The token, where one acts.
    """

    user: User
    scopes: frozenset[Capability] | None = None
    token_id: uuid.UUID | None = None
