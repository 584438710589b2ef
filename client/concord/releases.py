"""Releases of policies by the name people know them by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from concord.errors import ConcordError

if TYPE_CHECKING:
    from concord.client import Client

_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def release_id_of(client: Client, project_id: str, release: str) -> str:
    """Return the identifier of a release named by it, or as ``safety@3``.

    Raises
    ------
    ConcordError
        ``not_found``.
    """
    if _IDENTIFIER.fullmatch(release):
        return release
    for found in _releases(client, project_id):
        if found.get("label") == release:
            return str(found["id"])
    raise ConcordError("not_found", f"The project has no release {release!r}.", status=404)


def _releases(client: Client, project_id: str) -> Iterator[dict[str, Any]]:
    for policy in client.transport.pages(f"/api/projects/{project_id}/policies/"):
        yield from client.transport.get(f"/api/policies/{policy['id']}/").get("releases", [])
