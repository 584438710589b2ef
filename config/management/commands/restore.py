from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backups import BackupError, backup_restore
from config.embedded.at_hand import database_at_hand
from config.embedded.processes import PartFailedError
from config.storage_bucket import bucket_make
from core.errors import ConcordError
from core.storage import blob_store


class Command(BaseCommand):
    help = (
        "Restores a backup into an empty database and checks every row and file of it against the backup's hashes. "
        "Then start Concord as always."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="one backup: a folder that `backup` wrote")
        parser.add_argument(
            "--make-bucket", action="store_true", help="make the bucket of CONCORD_STORAGE if it is not there"
        )
        parser.add_argument(
            "--without-damaged",
            action="store_true",
            help="restore the rest when files of the backup are damaged",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        if options["make_bucket"] and settings.BLOB_STORE == "s3":
            bucket_make()
        try:
            with database_at_hand(alone=True):
                manifest = backup_restore(
                    options["backup"].resolve(),
                    store=blob_store(),
                    say=self.stdout.write,
                    without_damaged=options["without_damaged"],
                )
        except (BackupError, PartFailedError, ConcordError, OSError) as problem:
            raise CommandError(str(problem)) from None
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(
            f"Restored what was backed up at {manifest.taken_at}: {rows} rows and {manifest.blobs} files, every hash "
            f"as it was ({time.monotonic() - began:.1f} s)."
        )
