from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backups import BackupError, backup_take
from config.embedded.at_hand import database_at_hand
from config.embedded.processes import PartFailedError
from core.errors import ConcordError
from core.storage import blob_store


class Command(BaseCommand):
    help = (
        "Writes a backup of the database and of every file it names into a folder of backups; Concord may run "
        "meanwhile. Files are copied once and shared by the backups of the folder. Ends with code 1 when anything "
        "could not be backed up."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="folder of backups; made when it is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            with database_at_hand(alone=False):
                backup, manifest = backup_take(
                    options["folder"].resolve(), store=blob_store(), say=self.stdout.write
                )
        except (BackupError, PartFailedError, ConcordError, OSError) as problem:
            raise CommandError(f"No backup was taken. {problem}") from None
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(
            f"{backup} holds {rows} rows and {manifest.blobs} files ({time.monotonic() - began:.1f} s)."
        )
        if manifest.missing:
            raise CommandError(
                f"{len(manifest.missing)} files that the database names are missing from the storage or damaged in "
                f"it, so the backup lacks them: {', '.join(manifest.missing[:10])}. Restore them from an older backup."
            )
