"""A backup: one consistent state of the database and every file it names, each provable by its hash.

A folder of backups holds one folder a backup and ``blobs``, which all of them share: blobs never change, so each
backup copies only what is new. A backup is a folder with ``database.dump`` (``pg_dump``'s custom format),
``blobs.sha256`` (a line for each blob, as ``sha256sum -c`` reads them) and ``manifest.json``, written last.
"""

from __future__ import annotations

from config.backups.folder import BackupError
from config.backups.restoring import backup_restore
from config.backups.taking import backup_take

__all__ = ["BackupError", "backup_restore", "backup_take"]
