from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concord.errors import ConcordError
from concord.importing import manifest_lines
from concord.releases import release_id_of

if TYPE_CHECKING:
    from concord.client import Client

LINES_AT_ONCE = 500
_PLACE = re.compile(r"\bsuggestions\.(\d+)")


@dataclass(frozen=True)
class Suggested:
    """How many lines were sent, and how many said something that was not stored before."""

    lines: int
    stored: int


def suggestions_send(
    client: Client,
    project_id: str,
    file: Path,
    *,
    release: str,
    model: str,
    version: str = "",
    progress: Callable[[int], None] | None = None,
) -> Suggested:
    """Send a model's suggestions, a JSON object a line, in lots that are stored whole or not at all.

    Sending the file again stores nothing twice, so one that failed half way is sent again as it is.

    Raises
    ------
    ConcordError
        ``manifest_malformed`` or what the server says, naming lines of the file.
    """
    release_id = release_id_of(client, project_id, release)
    lines = manifest_lines(file)
    sent = stored = 0
    while lot := list(islice(lines, LINES_AT_ONCE)):
        body = {
            "release_id": release_id,
            "model": model,
            "version": version,
            "suggestions": [line for _, line in lot],
        }
        numbers = [number for number, _ in lot]
        done = _posted(client, f"/api/projects/{project_id}/suggestions/", body, numbers)
        sent, stored = sent + done["lines"], stored + done["stored"]
        if progress:
            progress(sent)
    return Suggested(sent, stored)


def _posted(client: Client, path: str, body: dict[str, Any], numbers: list[int]) -> dict[str, Any]:
    try:
        document: dict[str, Any] = client.transport.post(path, json=body)
    except ConcordError as error:
        told = _PLACE.sub(lambda found: f"line {numbers[int(found[1])]}", error.message)
        raise ConcordError(
            error.code, told, request_id=error.request_id, status=error.status, fields=error.fields
        ) from None
    return document
