from __future__ import annotations

import uuid

from uuid_utils import compat


def uuid7() -> uuid.UUID:
    """Make an identifier that sorts by the time it was made (RFC 9562, version 7)."""
    return compat.uuid7()
