from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concord.errors import ConcordError
from concord.importing import manifest_lines
from concord.records import Job

if TYPE_CHECKING:
    from concord.client import Client


def responses_sample(
    client: Client, project_id: str, endpoint: str, prompts: Path | None, choice: Mapping[str, Any]
) -> tuple[str, Job]:
    """Have a model asked for responses; return the run's identifier and its job.

    Raises
    ------
    ConcordError
        ``manifest_malformed``, ``not_found``, or what the server says.
    """
    document = _posted(
        client, f"/api/projects/{project_id}/sampling-runs/", project_id, endpoint, prompts, choice
    )
    return str(document["id"]), Job.from_json(document["job"])


def sampling_estimate(
    client: Client, project_id: str, endpoint: str, prompts: Path | None, choice: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what asking would take at most; nobody is asked."""
    path = f"/api/projects/{project_id}/sampling-runs/estimate/"
    return _posted(client, path, project_id, endpoint, prompts, choice)


def _posted(
    client: Client,
    path: str,
    project_id: str,
    endpoint: str,
    prompts: Path | None,
    choice: Mapping[str, Any],
) -> dict[str, Any]:
    given = {name: value for name, value in choice.items() if value is not None}
    given["endpoint_id"] = _endpoint_id(client, project_id, endpoint)
    if prompts is None:
        return _document(client.transport.post(path, json=given))
    for _ in manifest_lines(prompts):
        pass
    fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    with prompts.open("rb") as stream:
        files = {"file": ("prompts.jsonl", stream, "application/jsonl")}
        return _document(client.transport.post(path, data=fields, files=files))


def _document(answer: Any) -> dict[str, Any]:
    return answer if isinstance(answer, dict) else {}


def _endpoint_id(client: Client, project_id: str, endpoint: str) -> str:
    """Return the identifier of an endpoint named by it, or by its name."""
    for found in client.transport.pages(f"/api/projects/{project_id}/endpoints/"):
        if endpoint in (found["id"], found["name"]):
            return str(found["id"])
    raise ConcordError("not_found", f"The project has no endpoint {endpoint!r}.", status=404)
