from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concord.errors import ConcordError
from concord.records import Asset, Job

if TYPE_CHECKING:
    from concord.client import Client


def manifest_import(
    client: Client, project_id: str, manifest: Path, *, progress: Callable[[int, int], None] | None = None
) -> Job:
    """Upload the media a posts manifest names by ``file``, then send the manifest; return the import's job.

    A part of the manifest with ``"file": "media/a.jpg"`` (relative to the manifest) is sent with that file's
    asset in its place. Each file is uploaded once, however often it is named.

    Raises
    ------
    ConcordError
        ``manifest_malformed`` naming the line, ``file_missing``, or what the server says.
    """
    names = sorted({part["file"] for post in _lines(manifest) for part in _parts(post) if part.get("file")})
    assets: dict[str, Asset] = {}
    for done, name in enumerate(names):
        path = _beside(manifest, name)
        assets[name] = _uploaded(client, project_id, path)
        if progress:
            progress(done + 1, len(names))
    with tempfile.TemporaryFile("w+b") as rewritten:
        for post in _lines(manifest):
            for part in _parts(post):
                name = part.pop("file", None)
                if name:
                    part["asset"] = assets[name].sha256
            rewritten.write(json.dumps(post, ensure_ascii=False).encode() + b"\n")
        rewritten.seek(0)
        document = client.transport.post(
            f"/api/projects/{project_id}/imports/",
            files={"file": ("manifest.jsonl", rewritten, "application/jsonl")},
        )
    return _job(client, document)


def comparisons_import(client: Client, project_id: str, manifest: Path) -> Job:
    """Send a JSONL file of comparisons; return the import's job."""
    for _ in _lines(manifest):
        pass
    with manifest.open("rb") as stream:
        document = client.transport.post(
            f"/api/projects/{project_id}/comparison-imports/",
            files={"file": ("comparisons.jsonl", stream, "application/jsonl")},
        )
    return _job(client, document)


def _uploaded(client: Client, project_id: str, path: Path) -> Asset:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        # The name on disk stays here: the server gets the hash as a name.
        document = client.transport.post(
            f"/api/projects/{project_id}/assets/", files={"file": (digest, stream)}
        )
    return Asset.from_json(document)


def _job(client: Client, document: dict[str, Any]) -> Job:
    """Return the job in an answer, whether it stands bare, under ``job``, or by its identifier."""
    if isinstance(document.get("job"), dict):
        return Job.from_json(document["job"])
    job_id = document.get("job_id") or document.get("job")
    return client.job(str(job_id)) if job_id else Job.from_json(document)


def _lines(manifest: Path) -> Iterator[dict[str, Any]]:
    for _, document in manifest_lines(manifest):
        yield document


def manifest_lines(manifest: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a JSONL file, each with the number of its line; empty lines are passed over.

    Raises
    ------
    ConcordError
        ``manifest_malformed`` naming the line.
    """
    with manifest.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                document = json.loads(line)
            except ValueError as error:
                raise ConcordError(
                    "manifest_malformed", f"Line {number} of {manifest.name} is not JSON: {error}."
                ) from None
            if not isinstance(document, dict):
                raise ConcordError(
                    "manifest_malformed", f"Line {number} of {manifest.name} is not an object."
                )
            yield number, document


def _parts(post: dict[str, Any]) -> list[dict[str, Any]]:
    parts = post.get("parts")
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _beside(manifest: Path, name: str) -> Path:
    """Return the media file ``name`` of the manifest's folder; refuse one outside it."""
    folder = manifest.parent.resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise ConcordError("path_refused", f"{name!r} is outside the manifest's folder.")
    if not path.is_file():
        raise ConcordError("file_missing", f"The manifest names {name!r}, which is not there.")
    return path
