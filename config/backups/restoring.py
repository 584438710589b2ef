from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
from django.conf import settings

from config.backups.folder import (
    DUMP,
    SECRET_KEY,
    BackupError,
    Manifest,
    blobs_folder,
    blobs_listed,
    manifest_read,
)
from config.backups.programs import program_run
from config.backups.tables import database_is_empty, table_states
from config.postgres import database_connect
from config.settings.environment import ENVIRONMENT
from core.storage import BlobStore, ChecksumMismatchError, MediaMissingError
from core.storage.local import LocalBlobStore


def backup_restore(
    backup: Path, *, store: BlobStore, say: Callable[[str], None], without_damaged: bool = False
) -> Manifest:
    """Put a backup into an empty database and a storage, and check that what stands there is what was backed up.

    Every hash is checked before its bytes are used. Files come first, the database last and in one transaction: a
    restore that breaks off has changed no database, and is simply run again.

    Parameters
    ----------
    without_damaged
        Restore what is sound although some blobs of the backup are damaged or missing.

    Raises
    ------
    BackupError
        When the backup is damaged, the database holds anything, or differs from the backup in the end.
    StorageUnavailableError
        When the storage cannot be used.
    """
    say("Checking the backup.")
    manifest = manifest_read(backup)
    server_version = _empty_database_check()
    store.check()
    say(f"Putting {manifest.blobs} files in their place.")
    damaged = _blobs_copy(backup, store)
    if damaged and not without_damaged:
        raise BackupError(
            f"{len(damaged)} files of the backup are damaged or missing: {', '.join(damaged[:10])}. The database is "
            "untouched. Use another backup, or add --without-damaged to restore everything else."
        )
    say(f"Restoring {len(manifest.tables)} tables.")
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments"]
    program_run("pg_restore", [*words, str(backup / DUMP)], server_version=server_version)
    _tables_check(manifest)
    if SECRET_KEY in manifest.files and ENVIRONMENT.secret_key is None:
        shutil.copy(backup / SECRET_KEY, Path(settings.HOME) / SECRET_KEY)
        (Path(settings.HOME) / SECRET_KEY).chmod(0o600)
    return manifest


def _empty_database_check() -> int:
    """Refuse a database that holds anything; returns its server's version."""
    try:
        with database_connect() as connection:
            if not database_is_empty(connection):
                raise BackupError(
                    f"The database {connection.info.dbname} already holds tables, and nothing was changed. "
                    "Restore into an empty database, or an empty CONCORD_HOME."
                )
            return connection.info.server_version
    except psycopg.Error as problem:
        raise BackupError(f"The database does not let Concord in. It says: {problem}") from None


def _blobs_copy(backup: Path, store: BlobStore) -> list[str]:
    """Store every blob that the store lacks or holds damaged; returns those that are damaged in the backup."""
    copies, damaged = LocalBlobStore(blobs_folder(backup)), []
    for sha256 in blobs_listed(backup):
        if _is_sound(store, sha256):
            continue
        try:
            store.put_stream(copies.open(sha256), expected_sha256=sha256)
        except (MediaMissingError, ChecksumMismatchError):
            damaged.append(sha256)
    return damaged


def _is_sound(store: BlobStore, sha256: str) -> bool:
    """Return whether the store holds the blob as its name says."""
    seen = hashlib.sha256()
    try:
        for chunk in store.open(sha256):
            seen.update(chunk)
    except MediaMissingError:
        return False
    return seen.hexdigest() == sha256


def _tables_check(manifest: Manifest) -> None:
    """Compare every table with what it was when it was dumped."""
    with database_connect() as connection:
        found = table_states(connection)
    names = sorted({*found, *manifest.tables})
    wrong = [name for name in names if found.get(name) != manifest.tables.get(name)]
    if wrong:
        raise BackupError(
            f"The restored database differs from the backup in {', '.join(wrong)}. Do not use it: drop it, and "
            "restore another backup."
        )
