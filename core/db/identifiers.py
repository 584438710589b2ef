from __future__ import annotations

import uuid

import uuid_utils
from uuid_utils import compat


def uuid7() -> uuid.UUID:
    """Make an identifier that sorts by the time it was made (RFC 9562, version 7)."""
    return compat.uuid7()


def uuid7_text() -> str:
    """Make the same identifier as text, three times faster: for rows that are copied by the thousand."""
    return str(uuid_utils.uuid7())
