"""A version as a commit of a dataset repository on the Hugging Face Hub, with the version's number as its tag."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, cast

from concord.errors import ConcordError
from concord.pulling import Pulled
from concord.pushing import Pushed, tag_of
from concord.records import StoredFile

try:
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
    from huggingface_hub.errors import HfHubHTTPError, RemoteEntryNotFoundError
    from huggingface_hub.hf_api import RepoFile
except ImportError:
    raise ConcordError(
        "hub_missing", "Install the Hub's client: pip install 'concord-client[hub]'."
    ) from None

_MANIFEST = "MANIFEST.json"
# The Hub's client speaks through another library in each of its major versions; this is that library's error.
_LINE_ERROR = cast("type[Exception]", HfHubHTTPError.__bases__[0])


def hub_push(pulled: Pulled, repo: str, *, name: str, public: bool) -> Pushed:
    """Commit the version to ``repo``, made where there is none, and tag it; what is there already is not sent.

    The address and the token are those of ``huggingface_hub``: ``HF_ENDPOINT``, ``HF_TOKEN`` or ``hf auth login``.

    Raises
    ------
    ConcordError
        ``tag_taken`` when the repository has other content under the version's tag; ``push_refused``.
    """
    api = HfApi()
    try:
        return _push(api, pulled, repo, name, public)
    except (_LINE_ERROR, OSError, ValueError) as error:
        raise ConcordError("push_refused", f"The Hub did not take it: {error}") from error


def _push(api: HfApi, pulled: Pulled, repo: str, name: str, public: bool) -> Pushed:
    tag = tag_of(pulled)
    api.create_repo(repo, repo_type="dataset", private=not public, exist_ok=True)
    url = f"{api.endpoint}/datasets/{repo}/tree/{tag}"
    files = {file.path: file.sha256 for file in pulled.version.files}
    if tag in {known.name for known in api.list_repo_refs(repo, repo_type="dataset").tags}:
        held = _manifest(api, repo, tag)
        if held is None or hashlib.sha256(held).hexdigest() != files[_MANIFEST]:
            raise ConcordError("tag_taken", f"{repo} has something else under {tag} already.")
        return Pushed(url, sent=0, kept=len(files), sent_bytes=0)
    # Only what a version brought here goes; what people added beside it stays.
    gone = sorted(_listed(_manifest(api, repo, "main")) - files.keys())
    held_files = [
        row
        for row in api.list_repo_tree(repo, recursive=True, repo_type="dataset")
        if isinstance(row, RepoFile)
    ]
    there = {row.path: row for row in held_files}
    sent = [file for file in pulled.version.files if not _is_there(there.get(file.path), file, pulled.folder)]
    operations: list[Any] = [
        CommitOperationAdd(path_in_repo=file.path, path_or_fileobj=str(pulled.folder / file.path))
        for file in sent
    ]
    operations += [CommitOperationDelete(path_in_repo=path) for path in gone if path in there]
    revision = None
    if operations:
        commit = api.create_commit(repo, operations, repo_type="dataset", commit_message=f"{name} ({tag})")
        revision = commit.oid
    api.create_tag(repo, tag=tag, repo_type="dataset", revision=revision)
    sent_bytes = sum(file.size_bytes for file in sent)
    return Pushed(url, sent=len(sent), kept=len(files) - len(sent), sent_bytes=sent_bytes)


def _is_there(held: RepoFile | None, file: StoredFile, folder: Path) -> bool:
    """Whether the repository has a file with the same bytes."""
    if held is None or held.size != file.size_bytes:
        return False
    if held.lfs is not None:
        return bool(held.lfs.sha256 == file.sha256)
    # What is not stored by its SHA-256 goes by the name that git gives its bytes.
    data = (folder / file.path).read_bytes()
    name = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    return bool(held.blob_id == name)


def _manifest(api: HfApi, repo: str, revision: str) -> bytes | None:
    """Return the manifest that a revision holds, nothing where it holds none."""
    try:
        return Path(api.hf_hub_download(repo, _MANIFEST, repo_type="dataset", revision=revision)).read_bytes()
    except RemoteEntryNotFoundError:
        return None


def _listed(manifest: bytes | None) -> set[str]:
    """Return the paths a manifest of ours lists; nothing of a file that is none."""
    try:
        document = json.loads(manifest or b"{}")
        return {str(file["path"]) for file in document.get("files", [])}
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()
