"""Browser sessions in the database, read by a prepared statement together with their person, as every request is."""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from typing import Any, LiteralString

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from pydantic_core import from_json

from core.accounts.models import User
from core.accounts.selectors import user_by_id
from core.db.prepared import row
from core.db.reading import columns_of, loaded

_READ = """
SELECT session.session_data, {columns} FROM django_session AS session
LEFT JOIN accounts_user AS person ON person.id = %(user)s AND person.is_active
WHERE session.session_key = %(key)s AND session.expire_date > now()
"""
_FORESEEN_MOST = 10_000

# Whose session it was when this process last read it. It only says whom to read along: what the session itself says
# counts, and nobody is taken for somebody by this.
_foreseen: dict[str, uuid.UUID] = {}


class SessionStore(DatabaseSessionStore):
    """Django's database sessions, with a cheaper read."""

    _along: tuple[uuid.UUID, User | None] | None = None

    def load(self) -> dict[str, Any]:
        foreseen = _foreseen.get(self.session_key or "")
        found = row(_read(), {"key": self.session_key, "user": foreseen})
        if found is None:
            self._session_key = None
            return {}
        text, *columns = found
        decoded: dict[str, Any] = from_json(_opened(text, settings.SECRET_KEY))
        if foreseen is not None:
            self._along = foreseen, None if columns[0] is None else loaded(User, columns)
        return decoded

    def person(self) -> User | None:
        """Return the active person whose session this is."""
        user_id = uuid.UUID(self[SESSION_KEY])
        along, self._along = self._along, None
        if along is not None and along[0] == user_id:
            return along[1]
        if self.session_key:
            if len(_foreseen) >= _FORESEEN_MOST:
                _foreseen.clear()
            _foreseen[self.session_key] = user_id
        return user_by_id(user_id)


@lru_cache
def _read() -> LiteralString:
    return _READ.format(columns=columns_of(User, "person"))


@lru_cache(maxsize=4_000)
def _opened(text: str, secret: str) -> str:
    """Return the JSON in a session's signed text; nothing of one whose signature does not hold under ``secret``."""
    return json.dumps(DatabaseSessionStore().decode(text))
