from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings

from config.backups.folder import (
    BLOB_LIST,
    DUMP,
    SECRET_KEY,
    BackupError,
    Manifest,
    blob_line,
    blobs_folder,
    file_sha256,
    manifest_write,
    path_sync,
)
from config.backups.programs import program_run
from config.backups.tables import TableState, blob_names, table_states
from config.postgres import database_connect
from config.settings.environment import ENVIRONMENT
from core.storage import BlobStore, ChecksumMismatchError, MediaMissingError
from core.storage.local import LocalBlobStore


def backup_take(folder: Path, *, store: BlobStore, say: Callable[[str], None]) -> tuple[Path, Manifest]:
    """Write a backup below ``folder`` while Concord runs; returns where it is and what it holds.

    The database is dumped, counted and asked for its blobs in one snapshot. Blobs come after it: none that the
    snapshot names can appear later, and none is ever changed. The backup gets its name last, when it is on the disk.

    Raises
    ------
    BackupError
        When the database cannot be dumped. What was written by then is no backup and is removed.
    StorageUnavailableError
        When the storage, or the folder, cannot be used.
    """
    taken_at = datetime.now(UTC)
    backup = folder / f"{taken_at:%Y%m%dT%H%M%SZ}"
    draft = folder / f".{backup.name}.draft"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copies = LocalBlobStore(blobs_folder(backup))
    for one in (store, copies):
        one.check()
    try:
        draft.mkdir(mode=0o700)
    except FileExistsError:
        raise BackupError(f"Another backup into {folder} began in this very second.") from None
    try:
        manifest = _backup_write(draft, taken_at, source=store, target=copies, say=say)
        draft.rename(backup)
        path_sync(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return backup, manifest


def _backup_write(
    draft: Path,
    taken_at: datetime,
    *,
    source: BlobStore,
    target: BlobStore,
    say: Callable[[str], None],
) -> Manifest:
    say("Dumping the database.")
    named = draft / "named"
    server_version, tables = _database_write(draft / DUMP, named)
    say(f"{len(tables)} tables, {sum(table.rows for table in tables.values())} rows. Copying new files.")
    blobs, missing = _blobs_copy(named, draft / BLOB_LIST, source, target)
    named.unlink()
    files = [DUMP, BLOB_LIST]
    if ENVIRONMENT.secret_key is None:
        shutil.copy(Path(settings.HOME) / SECRET_KEY, draft / SECRET_KEY)
        (draft / SECRET_KEY).chmod(0o600)
        files.append(SECRET_KEY)
    manifest = Manifest(
        taken_at=taken_at.isoformat(timespec="seconds"),
        server_version=server_version,
        files={name: file_sha256(draft / name) for name in files},
        tables=tables,
        blobs=blobs,
        missing=missing,
    )
    manifest_write(draft, manifest)
    return manifest


def _database_write(dump: Path, named: Path) -> tuple[int, dict[str, TableState]]:
    """Dump the database, and write down which blobs it names, in one snapshot."""
    try:
        with database_connect() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            found = connection.execute("SELECT pg_export_snapshot()").fetchone()
            assert found is not None
            words = ["--format=custom", f"--snapshot={found[0]}", f"--file={dump}"]
            server_version = connection.info.server_version
            program_run("pg_dump", words, server_version=server_version)
            with named.open("w", encoding="ascii") as lines:
                lines.writelines(f"{sha256}\n" for sha256 in blob_names(connection))
            return server_version, table_states(connection)
    except psycopg.Error as problem:
        raise BackupError(f"The database could not be read. It says: {problem}") from None


def _blobs_copy(named: Path, listed: Path, source: BlobStore, target: BlobStore) -> tuple[int, list[str]]:
    """Copy the blobs that the backups lack, each checked on its way; returns how many there are, and which failed."""
    count, missing = 0, []
    with named.open(encoding="ascii") as names, listed.open("w", encoding="ascii") as lines:
        for sha256 in map(str.strip, names):
            if not target.exists(sha256):
                try:
                    target.put_stream(source.open(sha256), expected_sha256=sha256)
                except (MediaMissingError, ChecksumMismatchError):
                    missing.append(sha256)
                    continue
            lines.write(blob_line(sha256))
            count += 1
    return count, missing
