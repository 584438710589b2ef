from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from config.backups.tables import TableState

DUMP = "database.dump"
BLOB_LIST = "blobs.sha256"
SECRET_KEY = "secret_key"  # noqa: S105 - a file's name
_MANIFEST = "manifest.json"
_FORMAT = 1
_LINE = re.compile(r"([0-9a-f]{64})  \S+\n")


class BackupError(Exception):
    """A backup cannot be taken or used; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes
    ----------
    files
        SHA-256 of each file beside the manifest.
    tables
        Rows and digest of every table, in the very state that was dumped.
    blobs
        How many blobs ``blobs.sha256`` names.
    missing
        Blobs that the database names and the storage did not hold, or held damaged.
    """

    taken_at: str
    server_version: int
    files: dict[str, str]
    tables: dict[str, TableState]
    blobs: int
    missing: list[str]


def blobs_folder(backup: Path) -> Path:
    """Return the folder of blobs that this backup shares with those beside it."""
    return backup.parent / "blobs"


def blob_line(sha256: str) -> str:
    """Return a blob's line in the list; its path is seen from the backup's folder."""
    return f"{sha256}  ../blobs/{sha256[:2]}/{sha256[2:4]}/{sha256}\n"


def blobs_listed(backup: Path) -> Iterator[str]:
    """Yield the SHA-256 of each blob of the backup.

    Raises
    ------
    BackupError
        At a line that is none.
    """
    with (backup / BLOB_LIST).open(encoding="ascii") as lines:
        for line in lines:
            found = _LINE.fullmatch(line)
            if found is None:
                raise BackupError(f"{backup / BLOB_LIST} is damaged. Use another backup.")
            yield found[1]


def manifest_write(backup: Path, manifest: Manifest) -> None:
    """Write the manifest, and the whole folder through to the disk."""
    text = json.dumps({"format": _FORMAT, **asdict(manifest)}, indent=1, sort_keys=True)
    (backup / _MANIFEST).write_text(text + "\n", encoding="utf-8")
    for path in (*backup.iterdir(), backup):
        path_sync(path)


def manifest_read(backup: Path) -> Manifest:
    """Read the manifest and check the files beside it against it.

    Raises
    ------
    BackupError
        When it is no finished backup, or a byte of it changed.
    """
    try:
        found = json.loads((backup / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackupError(f"{backup} is no finished backup: it has no {_MANIFEST}.") from None
    except ValueError:
        raise BackupError(f"{backup / _MANIFEST} is damaged. Use another backup.") from None
    if found.pop("format", None) != _FORMAT:
        raise BackupError(f"{backup} was taken by another version of Concord. Restore it with that one.")
    tables = {name: TableState(**state) for name, state in found.pop("tables").items()}
    manifest = Manifest(tables=tables, **found)
    for name, sha256 in manifest.files.items():
        if not (backup / name).is_file() or file_sha256(backup / name) != sha256:
            raise BackupError(f"{backup / name} is damaged or missing. Use another backup.")
    return manifest


def file_sha256(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def path_sync(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
